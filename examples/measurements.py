"""Times and memory of the line and its equivalents, as they were measured.

``nox -s bench`` measures and prints them; ``nox -s bench -- --write``
also replaces measurements.json beside this module, the record that the
pages draw: do so on an idle Linux or macOS. The statements stand in the
record, and so do the date, the class of the machine and the versions.

A ratio compares a way with the first way of its study: in each round both
run for some milliseconds of processor time, in random order, and the
ratio is the median of the rounds. Half of the rounds lie between low and
high. ns is the time for one of the m, bytes the most memory that was held
at once beyond the variables of the statement.
"""

import json
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".json")


@cache
def read_record():
    """Return all that was recorded, as a dict; "rows" are dicts, too."""
    found = json.loads(FILE.read_text("utf-8"))
    columns = found.pop("columns")
    rows = [dict(zip(columns, row, strict=True)) for row in found["rows"]]
    return {**found, "rows": rows}


def describe_conditions():
    """Say in one line when, on what and with what it was measured."""
    found = read_record()
    machine = found["machine"]
    parts = [
        found["date"],
        machine["processor"],
        f"{machine['cores']} cores",
        machine["vectors"],
        machine["system"],
        *(" ".join(pair) for pair in found["versions"].items()),
    ]
    return ", ".join(parts)


def select_rows(study, **where):
    """Return the rows of a study in which columns have given values.

    Parameters
    ----------
    study : str
    **where : str, int, or tuple of these
        For example ``way="range"``, ``K=10``, ``m=(1, 1000)``.

    Returns
    -------
    list of dict

    Raises
    ------
    ValueError
        If there is no such row.
    """
    where = {"study": study, **where}
    wanted = {
        column: value if isinstance(value, tuple) else (value,)
        for column, value in where.items()
    }
    rows = [
        row
        for row in read_record()["rows"]
        if all(row[column] in wanted[column] for column in wanted)
    ]
    if not rows:
        raise ValueError(f"nothing was measured with {where}")
    return rows


def read_ratio(study, way, **where):
    """Return one ratio; the first way of the study is 1."""
    (row,) = select_rows(study, way=way, **where)
    return row["ratio"]


def tabulate_study(study, columns, over="m", **where):
    """Write a study as text, a line for each way.

    Parameters
    ----------
    study : str
    columns : list of str
        Columns of the record, such as "ratio"; one of them alone is
        written once for each value of `over`.
    over : {"m", "K"}, optional
    **where
        As in `select_rows`.

    Returns
    -------
    str
        Numbers first: what they belong to may be cut off on a narrow
        screen. Each way is written as its statement, if that is one line.
    """
    rows = select_rows(study, **where)
    sizes = sorted({row[over] for row in rows})
    if len(sizes) > 1:
        heads = [f"{over}={size:,}" for size in sizes]
    else:
        heads = columns
    lines = [[*heads, ""]]
    for way in dict.fromkeys(row["way"] for row in rows):
        mine = sorted(
            (row for row in rows if row["way"] == way),
            key=lambda row: row[over],
        )
        cells = [row[column] for row in mine for column in columns]
        lines.append([*map(format_number, cells), name_way(study, way)])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join([*map(str.rjust, line, widths[:-1]), line[-1]]).rstrip()
        for line in lines
    )


def name_way(study, way):
    """Return the statement of a way if it is one line, else its name."""
    statement = read_record()["statements"][study][way]
    return way if "\n" in statement else statement


def format_number(value):
    """Write a number in few digits, or as a whole number."""
    if isinstance(value, int) or value >= 100:
        return f"{value:,.0f}"
    if value < 0.01:
        return f"{value:.5f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
