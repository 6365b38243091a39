"""``holds`` tells equal sides from others, link by link."""

import numpy as np
import pytest
import sympy

from examples.equation_check import holds

ONES = np.ones(3)


def test_equal_sides_hold_and_the_count_is_said():
    assert holds("a = b", ONES, ONES + 1e-14) == "holds: 3 values, to 1e-12"
    assert holds("a = b = c", 1, 1.0, 1 + 0j) == "holds: 1 value, to 1e-12"
    assert holds("a = 1", ONES, 1) == "holds: 3 values, to 1e-12"
    assert holds("a = b", 1, 1.0001, rtol=1e-3) == "holds: 1 value, to 1e-03"
    assert holds("a = 0", ONES * 1e-16, 0, atol=1e-15) == "holds: 3 values, to 1e-15"


def test_the_link_that_fails_is_named():
    with pytest.raises(AssertionError, match=r"link 2 of a = b = c: .* up to 0.5"):
        holds("a = b = c", ONES, ONES, ONES + np.array([0, 0, 0.5]))
    with pytest.raises(AssertionError, match="link 1"):
        holds("a = b", 1.0, 1.0 + 3e-12)


def test_nan_equals_nothing():
    with pytest.raises(AssertionError):
        holds("a = b", np.nan, np.nan)


def test_expressions_are_compared_by_algebra():
    x, y = sympy.symbols("x y")
    assert holds("a = b", (x + y) ** 2, x**2 + 2 * x * y + y**2)
    vector = sympy.Matrix([x, y])
    assert holds("a = b", vector + vector, 2 * vector)
    with pytest.raises(AssertionError, match="the sides differ"):
        holds("a = b", vector, 2 * vector)
    with pytest.raises(AssertionError, match=r"the sides differ by .*y"):
        holds("a = b", (x + y) ** 2, x**2 + y**2)


def test_one_side_or_other_shapes_are_refused():
    with pytest.raises(ValueError, match="sides has length 1 for a = b"):
        holds("a = b", ONES)
    with pytest.raises(ValueError, match=r"\(3,\) and \(3, 1\); expected equal shapes"):
        holds("a = b", ONES, np.ones((3, 1)))
