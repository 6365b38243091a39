"""Read the record of measured times and memory.

``nox -s bench`` measures and prints them. ``nox -s bench -- --write``
also replaces the record, measurements.json, which the pages show. Run
it on an idle machine with Linux or macOS. The record contains the
statements, the date, the kind of machine and the versions.

Each study compares several ways to the same result. A ratio divides the
time of a way by the time of the first way. Each round runs both for some
milliseconds of processor time, in random order, and the ratio is the
median of all rounds. Half of the rounds are between low and high. The
column ns has the time for one of the m examples. The column bytes has the
most memory that the statement allocates at one time.
"""

import json
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".json")


@cache
def read_record():
    """Return the record as a dict, with a dict for each row."""
    found = json.loads(FILE.read_text("utf-8"))
    columns = found.pop("columns")
    for part in (found, found["peers"]):
        part["rows"] = [
            dict(zip(columns, row, strict=True)) for row in part["rows"]
        ]
    return found


def read_part(study):
    """Return the part of the record that has a study."""
    found = read_record()
    return found["peers"] if study == "peers" else found


def describe_conditions(study=None):
    """Return the date, the machine and the versions in one line."""
    found = read_part(study)
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
    """Return the rows of a study whose columns have the given values.

    Parameters
    ----------
    study : str
    **where : str, int, or tuple of these
        Values of columns, such as ``way="range"``, ``K=10`` or
        ``m=(1, 1000)``.

    Returns
    -------
    list of dict

    Raises
    ------
    ValueError
        If the record has no such row.
    """
    where = {"study": study, **where}
    wanted = {
        column: value if isinstance(value, tuple) else (value,)
        for column, value in where.items()
    }
    rows = [
        row
        for row in read_part(study)["rows"]
        if all(row[column] in wanted[column] for column in wanted)
    ]
    if not rows:
        raise ValueError(
            f"where is {where}; expected values that measurements.json has"
        )
    return rows


def read_ratio(study, way, **where):
    """Return the ratio of one way; the first way of the study has 1."""
    (row,) = select_rows(study, way=way, **where)
    return row["ratio"]


def tabulate_study(study, columns, over="m", **where):
    """Return a study as a table, with a line for each way.

    Parameters
    ----------
    study : str
    columns : list of str
        Columns of the record, such as "ratio". If the rows have several
        values of `over`, give one column.
    over : {"m", "K"}, optional
        The size that varies from column to column of the table.
    **where
        As in `select_rows`.

    Returns
    -------
    str
        The numbers come first, because a narrow screen may cut off the
        end of a line. The statement of the way comes last, or its name if
        the statement has several lines.
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
    """Return the statement of a way, or its name if it has many lines."""
    statement = read_part(study)["statements"][study][way]
    return way if "\n" in statement else statement


def format_number(value):
    """Return a number as text with few digits."""
    if isinstance(value, int) or value >= 100:
        return f"{value:,.0f}"
    if value < 0.01:
        return f"{value:.5f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
