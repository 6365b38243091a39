"""What is measured is right; what is recorded is what the session writes."""

import json
import sys

import numpy as np
import pytest

from examples.measurements import (
    FILE,
    describe_conditions,
    read_ratio,
    read_record,
    select_rows,
    tabulate_study,
)
from tests.bench import __main__ as session
from tests.bench import fast, layer, line, peers, questions
from tests.bench.case import COLUMNS, Case, check_ways, measure_case
from tests.bench.process import measure_peak

RECORD = json.loads(FILE.read_text("utf-8"))
CASES = [*line.cases(), *questions.cases(), *layer.cases(), *fast.cases()]
SMALL = [case for case in CASES if case.m * case.K <= 1_000_000]


@pytest.mark.parametrize("case", SMALL, ids=lambda c: f"{c.study}-{c.m}-{c.K}")
def test_every_way_leaves_the_same_result(case):
    check_ways(case)


def test_a_wrong_way_is_not_timed():
    wrong = {"right": "x[[0, 1]] -= 1", "wrong": "x[[0, 0]] -= 1"}
    case = Case("s", 1, 1, "float64", lambda: {"x": np.zeros(2)}, wrong, "x")
    with pytest.raises(AssertionError, match="s, wrong: x"):
        measure_case(case, rounds=2)
    (one, other) = measure_case(case._replace(apart=("wrong",)), rounds=2)
    assert (one[1], other[1]) == ("right", "wrong")


def test_a_row_is_a_ratio_with_its_band_a_time_and_bytes():
    case = next(case for case in line.cases() if case.study == "labels")
    measured = measure_case(case, rounds=3)
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in measured]
    assert [row["way"] for row in rows] == list(case.ways)
    assert rows[0]["ratio"] == 1
    for row in rows:
        assert 0 < row["low"] <= row["ratio"] <= row["high"]
        assert row["ns"] > 0
        assert row["bytes"] >= 1000 * 8  # the cells that were read


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no resource module")
def test_a_process_grows_by_what_its_statement_needs():
    setup = "import numpy as np"
    grown = measure_peak(setup, "x = np.ones(4_000_000)")
    assert 30_000_000 < grown < 36_000_000
    assert measure_peak(setup, "x = np.ones(4000)") < 2_000_000


def test_the_record_is_what_the_session_measures():
    assert RECORD["columns"] == list(COLUMNS)
    wanted = [(c.study, way, *c[1:4]) for c in CASES for way in c.ways]
    found = [tuple(row[:5]) for row in RECORD["rows"] if row[0] != "process"]
    assert found == wanted
    assert len(RECORD["rows"]) == len(wanted) + 2  # whole processes
    assert RECORD["statements"] == {case.study: case.ways for case in CASES}


def test_the_record_of_the_libraries_is_what_the_session_measures():
    kept = RECORD["peers"]
    sizes = [(*size, dtype) for size in fast.SIZES for dtype in fast.DTYPES]
    wanted = [("peers", way, *size) for size in sizes for way in peers.WAYS]
    assert [tuple(row[:5]) for row in kept["rows"]] == wanted
    assert kept["statements"] == {"peers": peers.WAYS}
    assert kept["command"] == "nox -s bench -- --write --peers"
    assert set(kept["versions"]) == {"Python", "numpy", *peers.LIBRARIES}
    assert set(kept["machine"]) == set(RECORD["machine"])
    assert kept["rounds"] >= session.ROUNDS
    for part in (kept["date"], kept["versions"]["torch"]):
        assert part in describe_conditions("peers")
    for row in select_rows("peers"):
        assert 0 < row["low"] <= row["ratio"] <= row["high"], row
        assert row["way"] != "PyTorch" or row["ratio"] == 1


def test_the_record_says_when_on_what_and_with_what():
    assert RECORD["command"] == "nox -s bench -- --write"
    assert set(RECORD["machine"]) == {"processor", "cores", "vectors", "system"}
    assert set(RECORD["versions"]) == {"NumPy", "Python"}
    for part in (RECORD["date"], RECORD["versions"]["NumPy"]):
        assert part in describe_conditions()
    assert RECORD["rounds"] >= session.ROUNDS


def test_the_record_is_small_and_written_by_the_session():
    text = FILE.read_text("utf-8")
    assert len(text) < 60_000
    assert session.format_record(json.loads(text)) == text


def test_every_ratio_lies_in_its_band_and_the_first_way_is_one():
    first = {case.study: next(iter(case.ways)) for case in CASES}
    for row in read_record()["rows"]:
        assert row["bytes"] > 0
        if row["study"] != "process":
            assert 0 < row["low"] <= row["ratio"] <= row["high"], row
            assert row["ns"] > 0
            assert row["way"] != first[row["study"]] or row["ratio"] == 1


def test_a_ratio_that_left_the_record_is_counted():
    rows = [tuple(row) for row in RECORD["rows"]]
    assert session.count_moved(rows) == 0
    row = rows[1]
    assert session.count_moved([(*row[:5], 3 * row[5], *row[6:]), *rows[2:]]) == 1
    assert session.count_moved([("new", *row[1:])]) == 0


def test_one_study_can_be_renewed_alone():
    (row,) = [row for row in RECORD["rows"] if row[:2] == ["take", "take"]]
    other = [*row[:5], 2.0, *row[6:]]
    new = {**RECORD, "date": "later", "rows": [other]}
    renewed = session.replace_study(RECORD, new)
    assert renewed["date"] == RECORD["date"]
    changed = [row for row in renewed["rows"] if row not in RECORD["rows"]]
    assert changed == [other]
    studies = list(dict.fromkeys(row[0] for row in renewed["rows"]))
    assert studies == [*RECORD["statements"], "process"]
    with pytest.raises(ValueError, match=r"this versions is .*; expected the same"):
        session.replace_study(RECORD, {**new, "versions": {}})


def test_rows_are_found_by_their_columns():
    rows = select_rows("line", way="range", K=10, m=(1, 1000))
    assert [row["m"] for row in rows] == [1, 1000]
    assert read_ratio("line", "range", m=1000, K=10) == rows[1]["ratio"]
    with pytest.raises(ValueError, match=r"where is .*'m': 7.*; expected values"):
        select_rows("line", m=7)


def test_a_table_has_a_line_for_each_way():
    text = tabulate_study("labels", ["ratio", "bytes"], way=("intp", "list"))
    head, first, second = text.split("\n")
    assert head.split() == ["ratio", "bytes"]
    assert first.startswith(" 1.00 ")
    assert first.endswith("  grad[rows, y] -= 1")
    assert second.endswith("  grad[rows, y_list] -= 1")


def test_a_table_has_a_column_for_each_size():
    text = tabulate_study(
        "line", ["ratio"], K=10, m=(1, 1000), way=("arange", "along axis")
    )
    head, first, second = text.split("\n")
    assert head.split() == ["m=1", "m=1,000"]
    assert first.split()[:2] == ["1.00", "1.00"]
    assert second.endswith("  along axis")
