"""The facts about NumPy's releases hold on the running NumPy, and are complete."""

import re

import numpy as np
import pytest
from conftest import ROOT

from examples.version_facts import (
    DATA,
    FACTS,
    Fact,
    agrees,
    find_side,
    match_template,
    read_facts,
    run_code,
)

EXECUTABLE = [fact for fact in FACTS.values() if fact.code]
CHANGE = Fact(
    "change",
    since="2.3.0",
    before="It is 1.",
    after="It is 2.",
    source="",
    result_before="1",
    result_after="2",
    before_since="2.1.0",
    until="2.4.0",
)


@pytest.mark.parametrize("fact", EXECUTABLE, ids=lambda fact: fact.name)
def test_the_running_numpy_is_on_its_side_of_each_change(fact):
    where = find_side(fact)
    if where in ("earlier", "later"):
        pytest.skip(f"NumPy {np.__version__} has neither behavior")
    assert agrees(run_code(fact.code), fact, where), run_code(fact.code)


@pytest.mark.parametrize("fact", EXECUTABLE, ids=lambda fact: fact.name)
def test_the_two_sides_of_a_change_differ(fact):
    for wanted, other in (("before", "after"), ("after", "before")):
        result = {"before": fact.result_before, "after": fact.result_after}[wanted]
        assert not agrees(result, fact, other)


@pytest.mark.parametrize("fact", FACTS.values(), ids=lambda fact: fact.name)
def test_a_fact_names_a_whole_release_and_its_source(fact):
    assert re.fullmatch(r"\d+\.\d+\.\d+", fact.since)
    assert fact.source.startswith("https://")
    assert fact.before.endswith(".")
    assert fact.after.endswith(".")


def test_facts_without_code_are_older_than_what_runs_here():
    missing = [fact for fact in FACTS.values() if not fact.code]
    assert all(np.lib.NumpyVersion(fact.since) < "1.26.0" for fact in missing)


def test_the_facts_are_in_the_order_of_their_series():
    series = [re.match(r"(\d+)\.(\d+)", fact.since) for fact in FACTS.values()]
    numbers = [(int(match[1]), int(match[2])) for match in series]
    assert numbers == sorted(numbers)


def test_the_pythons_of_each_executable_series_are_known():
    series = {fact.since.rpartition(".")[0] for fact in EXECUTABLE}
    recent = {x for x in series if np.lib.NumpyVersion(f"{x}.0") >= "1.26.0"}
    assert recent <= set(DATA["pythons"])


@pytest.mark.parametrize("pattern", ["docs/**/*.md", "examples/**/*.py"])
def test_a_release_in_code_or_in_a_title_is_the_one_of_a_fact(pattern):
    known = {x for fact in FACTS.values() for x in (fact.since, fact.release)}
    for path in ROOT.glob(pattern):
        typed = re.findall(r"\bNumPy (\d[\d.]*\d|\d)\b", path.read_text("utf-8"))
        assert set(typed) <= known, f"{path}: not in examples/version_facts.toml"


@pytest.mark.parametrize(
    ("release", "where"),
    [
        ("2.0.2", "earlier"),
        ("2.1.0", "before"),
        ("2.2.6", "before"),
        ("2.3.0", "after"),
        ("2.3.5", "after"),
        ("2.4.0", "later"),
    ],
)
def test_a_release_is_on_one_side_of_a_change(release, where):
    assert find_side(CHANGE, release) == where


def test_a_release_is_named_without_its_zero():
    assert CHANGE.release == "2.3"
    assert CHANGE._replace(since="2.5.5").release == "2.5.5"


def test_a_result_is_compared_with_the_words_of_its_side():
    assert agrees("1", CHANGE, "before")
    assert not agrees("1", CHANGE, "after")
    unknown = CHANGE._replace(result_before="")
    assert agrees("anything", unknown, "before")
    assert not agrees("2", unknown, "before")


def test_a_fact_that_follows_another_takes_its_old_side_from_it():
    older = {"since": "2.1.0", "before": "a", "after": "b", "code": "1"}
    newer = {"since": "2.3.0", "follows": "older", "after": "c"}
    facts = read_facts({"older": older, "newer": newer})
    assert facts["older"].until == "2.3.0"
    assert facts["newer"].before == "b"
    assert facts["newer"].before_since == "2.1.0"


@pytest.mark.parametrize(
    ("code", "result"),
    [
        ("x = 2\nx + 1", "3"),
        ("x = 2", "None"),
        ("[][0]", "IndexError: list index out of range"),
        ("import warnings\nwarnings.warn('old')", "UserWarning: old"),
        ("np.zeros(1).tolist()", "[0.0]"),
    ],
)
def test_code_gives_its_value_its_error_or_its_warning(code, result):
    assert run_code(code) == result


def test_words_are_read_from_where_their_names_stand():
    assert match_template("axis 1 of 3", "axis {axis} of {n}") == {
        "axis": "1",
        "n": "3",
    }
    assert match_template("axis 1", "axis {axis} of {n}") is None
