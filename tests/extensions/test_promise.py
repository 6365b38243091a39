"""A cell that fails says with which error, and since which NumPy."""

import pytest

from extensions.promise import Promise, read_promise


@pytest.mark.parametrize(
    ("code", "promise"),
    [
        ("# raises IndexError\nx[5]", Promise("IndexError", "")),
        ("# raises KeyError since NumPy 2.4\nx", Promise("KeyError", "2.4")),
        ("# raises KeyError since NumPy two\nx", None),
        ("x = 1\n# raises KeyError\n", None),
    ],
)
def test_the_first_line_of_a_cell_may_be_a_promise(code, promise):
    assert read_promise(code) == promise


@pytest.mark.parametrize(
    ("since", "release", "holds"),
    [
        ("", "1.26.4", True),
        ("2.4", "2.3.5", False),
        ("2.4", "2.4.0", True),
        ("2.4", "2.10.0", True),
    ],
)
def test_a_promise_holds_since_its_release(since, release, holds):
    assert Promise("IndexError", since).holds(release) == holds
