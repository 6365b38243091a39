"""Tables of what each library does, from a record.

The record ``outcomes.json`` has the answers, the versions and the date.
``nox -s peers`` asks every library again, and fails if an answer has
changed. If you delete the file, the session writes a new one.
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
        The strings `date` and `system`. For each name, `libraries` and
        `losses` have a dict with its `version` and its `outcomes` by
        question. Both are empty if the library was not executed.
    """
    return json.loads(RECORD.read_text("utf-8"))


def tabulate(*questions, of="libraries"):
    """Return the answers to some questions, with a line per library.

    Parameters
    ----------
    *questions : str
        The questions, which become the columns.
    of : {"libraries", "losses"}, optional
        The part of the record.

    Returns
    -------
    str
        Text in columns.
    """
    return align_columns([["", *questions], *list_outcomes(questions, of)])


def summarize():
    """Return a summary of what each library does with the line.

    Returns
    -------
    str
        Text with the columns of `SUMMARY`. The word "raises" means any
        error.
    """
    rows = list_outcomes(SUMMARY.values())
    words = [[shorten_outcome(word) for word in row] for row in rows]
    return align_columns([["", *SUMMARY], *words])


def shorten_outcome(outcome):
    """Return an answer without its details."""
    if "Error" in outcome:
        return "raises"
    return {"works": "yes", "no: a new one": "no"}.get(outcome, outcome)


def list_outcomes(questions, of="libraries"):
    """Yield the name of each library and its answers."""
    for name, entry in read_record()[of].items():
        found = [str(entry["outcomes"].get(key, "")) for key in questions]
        yield [name, *found] if entry["version"] else [name, UNKNOWN]


def list_versions():
    """Return the version of each library that was executed."""
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
        A field of `Spelling`, such as "write" or "compare".
    """
    rows = []
    for name, library in SPELLINGS.items():
        statement = library.fill_rows(getattr(library, spelling))
        first, *more = statement.split("\n")
        rows += [[name, first], *(["", line] for line in more)]
    return align_columns(rows)


def align_columns(rows):
    """Return rows as text in columns, with two spaces between them."""
    widths = [
        max(len(row[column]) for row in rows if len(row) > column)
        for column in range(max(map(len, rows)))
    ]
    lines = (
        "  ".join(map(str.ljust, row, widths[: len(row)])) for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)
