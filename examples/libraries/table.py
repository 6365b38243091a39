"""What the libraries were seen to do, as tables.

``outcomes.json`` holds it, with the versions and the date. ``nox -s peers``
tries it all again and fails if anything has changed.
"""

import json
from pathlib import Path

from examples.libraries.spellings import SPELLINGS

RECORD = Path(__file__).with_name("outcomes.json")


def recorded():
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


def table(*questions, of="libraries"):
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
    rows = [["", *questions]]
    for name, entry in recorded()[of].items():
        found = [str(entry["outcomes"].get(key, "")) for key in questions]
        rows.append([name, *found] if entry["version"] else [name, UNKNOWN])
    return aligned(rows)


UNKNOWN = "not executed"


def spelled(*names):
    """Return how libraries write the line, one for each line of text."""
    rows = []
    for name in names or SPELLINGS:
        library = SPELLINGS[name]
        rows.append([name, library.spelled(library.write)])
    return aligned(rows)


def aligned(rows):
    """Return rows of text in columns, two blanks apart."""
    widths = [
        max(len(row[column]) for row in rows if len(row) > column)
        for column in range(max(map(len, rows)))
    ]
    lines = (
        "  ".join(map(str.ljust, row, widths[: len(row)])) for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)
