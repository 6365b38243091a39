"""Tables of what each library does, from two records.

The record ``outcomes.json`` has the answers, the versions and the date.
``nox -s peers`` asks every library again, and fails if an answer has
changed. If you delete the file, the session writes a new one.
``on_gpu.json`` has the answers on a GPU, which
``python -m tests.peers.ask_gpu`` writes.
"""

import json
from pathlib import Path

from examples.libraries.spellings import GPU_SPELLINGS, LOSSES, SPELLINGS

RECORD = Path(__file__).with_name("outcomes.json")
GPU_RECORD = Path(__file__).with_name("on_gpu.json")
UNKNOWN = "not executed"
SUMMARY = {
    "range": "grad[range(m), y] -= 1",
    "in-place": "grad itself changes",
    "repeated": "a repeated cell",
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


def read_gpu_record():
    """Return the record of the libraries on a GPU.

    Returns
    -------
    dict
        The strings `date` and `system`, and `libraries`: for each name a
        dict with its `version`, its `device` and its `outcomes` by
        question. All are empty if it was not executed.
    """
    return json.loads(GPU_RECORD.read_text("utf-8"))


def tabulate(*questions, of="libraries"):
    """Return the answers to some questions, with a line per library.

    Parameters
    ----------
    *questions : str
        The questions, which become the columns.
    of : {"libraries", "losses", "gpu"}, optional
        The part of the record, or the record on a GPU.

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
    on_gpu = of == "gpu"
    part = read_gpu_record()["libraries"] if on_gpu else read_record()[of]
    for name, entry in part.items():
        found = [str(entry["outcomes"].get(key, "")) for key in questions]
        yield [name, *found] if entry["version"] else [name, UNKNOWN]


def list_versions():
    """Return the version of each library that was executed."""
    rows = []
    for names, kind in ((SPELLINGS, "libraries"), (LOSSES, "losses")):
        for name, entry in read_record()[kind].items():
            package = names[name].package or "python"
            rows.append([name, f"{package} {entry['version']}"])
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
    cupy = {"CuPy": GPU_SPELLINGS["CuPy"]}
    for name, library in (SPELLINGS | cupy).items():
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
