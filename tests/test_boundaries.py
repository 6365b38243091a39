"""A version fact that does not hold on a side of its release is found."""

import boundaries
import pytest

from examples.version_facts import FACTS, run_code

FACT = FACTS["scalar-repr"]


@pytest.mark.parametrize(
    ("since", "pythons"),
    [
        ("2.0.0", ["3.11", "3.12"]),
        ("2.1.0", ["3.11", "3.12"]),
        ("2.2.4", ["3.11", "3.12", "3.13"]),
        ("2.5.0", ["3.12", "3.13", "3.14"]),
        ("2.5.5", ["3.12", "3.13", "3.14"]),
    ],
)
def test_a_python_is_chosen_that_runs_both_sides(since, pythons):
    assert list(boundaries.list_pythons(since)) == pythons


@pytest.mark.parametrize(
    ("release", "result", "wanted", "faults"),
    [
        ("1.26.4", "6", "before", []),
        ("2.0.0", "np.int64(6)", "after", []),
        ("2.0.0", "6", "after", ["scalar-repr"]),
        ("1.26.4", "np.int64(6)", "before", ["scalar-repr"]),
        ("1.26.4", "6", "after", ["scalar-repr"]),  # the wrong release was installed
        ("2.5.5", "np.int64(6)", "", []),
    ],
)
def test_a_fact_that_does_not_hold_is_named(
    release, result, wanted, faults, monkeypatch
):
    found = (release, {"scalar-repr": result})
    monkeypatch.setattr(boundaries, "run_facts", lambda *_: found)
    assert boundaries.find_faults([FACT], "numpy", "3.12", wanted) == faults


def test_the_program_prints_the_release_and_the_results(capfd, monkeypatch):
    monkeypatch.setattr("sys.argv", ["-c", "scalar-repr"])
    exec(boundaries.PROGRAM)
    assert boundaries.json.loads(capfd.readouterr().out)[1] == {
        "scalar-repr": run_code(FACT.code)
    }
