"""No record is older than the code that it measured."""

import pytest

from tests.measured_code import STARTS, digest_code, find_changes

CODE = """LIMIT = 1e-3


def measure(x):
    \"\"\"Measure something.\"\"\"
    return helper(x) + LIMIT  # the limit


def helper(x):
    return 2 * x
"""


@pytest.mark.parametrize("record", STARTS)
def test_no_record_is_older_than_its_code(record):
    changes = [f"{place}: run nox -s {record} again" for place in find_changes(record)]
    assert not changes, "\n".join(changes)


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("Measure something", "Measure it", set()),
        ("  # the limit", "", set()),
        ("2 * x", "3 * x", {"helper"}),
        ("1e-3", "1e-4", {"LIMIT"}),
        ("helper", "other", {"measure", "helper", "other"}),
    ],
)
def test_only_a_change_of_the_code_changes_its_digest(old, new, changed, tmp_path):
    digests = []
    for name, text in (("a.py", CODE), ("b.py", CODE.replace(old, new))):
        (tmp_path / name).write_text(text, "utf-8")
        digests.append(digest_code([tmp_path / name], tmp_path)[name].items())
    assert {name for name, _ in digests[0] ^ digests[1]} == changed


def test_code_that_measured_code_uses_is_followed():
    assert "compute_stepwise" in digest_code(STARTS["bench"])["tests/bench/layer.py"]
    functions = digest_code(STARTS["bench"])["examples/softmax_cross_entropy.py"]
    assert {"cross_entropy_grad", "delta_cross_entropy"} <= functions.keys()
