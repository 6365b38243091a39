"""Which release of NumPy changed what, as the site needs it.

`version_facts.toml` has the facts, and this module reads and runs them.
A page takes each release that it names from here, so no two pages can
disagree.
"""

import ast
import re
import tomllib
import warnings
from pathlib import Path
from typing import NamedTuple

import numpy as np

FILE = Path(__file__).with_suffix(".toml")
DATA = tomllib.loads(FILE.read_text("utf-8"))
NOTES = "https://numpy.org/doc/stable/release/{}-notes.html"
OLDEST = (
    "1.26.0"  # the oldest release that runs on the Pythons of this site
)


class Fact(NamedTuple):
    """A change of NumPy's behavior.

    Attributes
    ----------
    name : str
        What pages call the fact.
    since : str
        The first release with the new behavior, such as "2.3.0".
    before, after : str
        The old and the new behavior, in one sentence each.
    source : str
        The address at which NumPy describes the change.
    code : str
        Python statements that show the difference, or "" if no code can.
    result_before, result_after : str
        What `run_code` returns for the code; names in braces stand for
        words that may differ. "" stands for any other result.
    reworded : bool
        Whether both results are messages of the same failure.
    before_since : str
        The first release with the old behavior, or "" for the oldest.
    until : str
        The first release that no longer has the new behavior, or "".
    """

    name: str
    since: str
    before: str
    after: str
    source: str
    code: str = ""
    result_before: str = ""
    result_after: str = ""
    reworded: bool = False
    before_since: str = ""
    until: str = ""

    @property
    def release(self):
        """Return the release as people write it: 2.3, but 2.5.5."""
        return self.since.removesuffix(".0")


def read_facts(tables):
    """Return every fact by its name.

    Parameters
    ----------
    tables : dict of str to dict
        The facts as the file has them. A fact that follows another one
        has only what is new.

    Returns
    -------
    dict of str to Fact
        In the order of the file.
    """
    facts = {}
    for name, table in tables.items():
        own = {"source": NOTES.format(table["since"]), **table}
        if "follows" in own:
            older = facts[own.pop("follows")]
            facts[older.name] = older._replace(until=own["since"])
            own |= {
                "before": older.after,
                "code": older.code,
                "result_before": older.result_after,
                "before_since": older.since,
            }
        facts[name] = Fact(name, **own)
    return facts


FACTS = read_facts(DATA["facts"])


def run_code(code):
    """Run code and say what it gives.

    Parameters
    ----------
    code : str
        Python statements, which know NumPy as `np`.

    Returns
    -------
    str
        The error that the code raised, or the first warning that it gave,
        as "IndexError: its message"; otherwise the repr of the value of
        the last statement.
    """
    *statements, last = ast.parse(code).body
    names = {"np": np}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            module = ast.Module(statements, [])
            exec(compile(module, "fact", "exec"), names)
            if isinstance(last, ast.Expr):
                value = eval(
                    compile(ast.Expression(last.value), "fact", "eval"),
                    names,
                )
            else:
                module = ast.Module([last], [])
                value = exec(compile(module, "fact", "exec"), names)
        except Exception as error:
            return f"{type(error).__name__}: {error}"
    if caught:
        return f"{caught[0].category.__name__}: {caught[0].message}"
    return repr(value)


def find_side(fact, release=np.__version__):
    """Say on which side of a change a release is.

    Parameters
    ----------
    fact : Fact
        The change.
    release : str, default: the running NumPy
        A release, such as "2.3.5".

    Returns
    -------
    {"earlier", "before", "after", "later"}
        "earlier" if the behavior had changed before, "later" if it has
        changed again.
    """
    version = np.lib.NumpyVersion(release)
    if fact.before_since and version < fact.before_since:
        return "earlier"
    if version < fact.since:
        return "before"
    return "later" if fact.until and version >= fact.until else "after"


def agrees(result, fact, side):
    """Tell whether a result is the one of a side of a change.

    Parameters
    ----------
    result : str
        What `run_code` returned for the code of `fact`.
    fact : Fact
        The change.
    side : {"before", "after"}
        The side.

    Returns
    -------
    bool
        Whether `result` has the words of the fact.
    """
    wanted = {"before": fact.result_before, "after": fact.result_after}[
        side
    ]
    if not wanted:  # any result but the other one
        other = "after" if side == "before" else "before"
        return not agrees(result, fact, other)
    return match_template(result, wanted.strip()) is not None


def match_template(text, template):
    """Read the words that stand for the names in a template.

    Parameters
    ----------
    text : str
        A text, such as the message of an error.
    template : str
        A text with names in braces, such as "axis {axis} has size {size}".

    Returns
    -------
    dict of str to str, or None
        The words for each name, or None if `text` does not have the
        other words of `template`.
    """
    pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(template))
    match = re.fullmatch(pattern, text, re.DOTALL)
    return match.groupdict() if match else None
