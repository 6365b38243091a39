"""What the libraries were seen to do, as tables.

``outcomes.json`` holds it, with the versions and the date. ``nox -s peers``
tries it all again and fails if anything has changed; if the file has been
deleted, the session writes it anew.
"""

import json
from pathlib import Path

from examples.libraries.spellings import LOSSES, SPELLINGS

RECORD = Path(__file__).with_name("outcomes.json")
UNKNOWN, NEEDS = "not executed", "not executed: it needs a GPU"
SUMMARY = {
    "range": "grad[range(m), y] -= 1",
    "in-place": "grad itself changes",
    "twice": "a cell named twice",
    "label K": "label K, written",
    "label -1": "label -1, written",
    "a row": "a row",
}


def read_record():
    """Return the record: its date, the versions, and all outcomes.

    Returns
    -------
    dict
        `date`, `system` and `python` are strings. `libraries` and
        `losses` have a dict for each name, with its `version` and its
        `outcomes` by question; a library that was not executed has no
        version and no outcomes.
    """
    return json.loads(RECORD.read_text("utf-8"))


def tabulate(*questions, of="libraries"):
    """Return the outcomes of some questions, one line for each library.

    Parameters
    ----------
    *questions : str
        Keys of the outcomes: the columns.
    of : {"libraries", "losses"}, optional
        Whose outcomes.

    Returns
    -------
    str
        Text in columns.
    """
    return align_columns([["", *questions], *list_outcomes(questions, of)])


def summarize():
    """Return what each library does with the line, a word for each.

    Returns
    -------
    str
        Text in columns, those of `SUMMARY`; "raises" is any error.
    """
    rows = list_outcomes(SUMMARY.values())
    words = [[shorten_outcome(word) for word in row] for row in rows]
    return align_columns([["", *SUMMARY], *words])


def shorten_outcome(outcome):
    """Return an outcome without its details."""
    if "Error" in outcome:
        return "raises"
    return {"works": "yes", "no: a new one": "no"}.get(outcome, outcome)


def list_outcomes(questions, of="libraries"):
    """Yield the name of each library and its outcomes."""
    for name, entry in read_record()[of].items():
        found = [str(entry["outcomes"].get(key, "")) for key in questions]
        yield [name, *found] if entry["version"] else [name, UNKNOWN]


def list_versions():
    """Return which versions were executed, one line for each library."""
    rows = []
    for names, kind in ((SPELLINGS, "libraries"), (LOSSES, "losses")):
        for name, entry in read_record()[kind].items():
            package = names[name].package or "python"
            version = f"{package} {entry['version']}"
            rows.append([name, version if entry["version"] else NEEDS])
    return align_columns(
        [row for n, row in enumerate(rows) if row not in rows[:n]]
    )


def list_spellings(spelling="write"):
    """Return how each library writes the line, as text in columns.

    Parameters
    ----------
    spelling : str, optional
        A field of `Spelling`.
    """
    rows = []
    for name, library in SPELLINGS.items():
        statement = library.fill_rows(getattr(library, spelling))
        first, *more = statement.split("\n")
        rows += [[name, first], *(["", line] for line in more)]
    return align_columns(rows)


def align_columns(rows):
    """Return rows of text in columns, two blanks apart."""
    widths = [
        max(len(row[column]) for row in rows if len(row) > column)
        for column in range(max(map(len, rows)))
    ]
    lines = (
        "  ".join(map(str.ljust, row, widths[: len(row)])) for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)
