"""The estimates that judge our gradients are right themselves."""

import numpy as np
import pytest

from examples.numerical_gradient import (
    central_difference,
    complex_step,
    relative_error,
)

X = np.array([[0.5, -1.0], [2.0, 3.0]])


def cubic(x):
    """Return a sum whose gradient, 3 x**2 + 2, is known."""
    return (x**3 + 2 * x).sum()


def test_central_differences_are_near_and_of_second_order():
    right = 3 * X**2 + 2
    np.testing.assert_allclose(central_difference(cubic, X), right, rtol=1e-8)
    # The error of a cubic is exactly step**2.
    error = central_difference(cubic, X, step=0.5) - right
    np.testing.assert_allclose(error, 0.5**2, rtol=1e-12)


def test_a_complex_step_is_exact_to_rounding():
    np.testing.assert_allclose(complex_step(cubic, X), 3 * X**2 + 2, rtol=1e-15)
    wanted = np.exp(np.sin(X)) * np.cos(X)
    found = complex_step(lambda x: np.exp(np.sin(x)).sum(), X)
    np.testing.assert_allclose(found, wanted, rtol=1e-14)


@pytest.mark.parametrize("gradient", [central_difference, complex_step])
def test_the_point_is_left_as_it_was(gradient):
    x = X.copy()
    gradient(cubic, x)
    np.testing.assert_array_equal(x, X)


@pytest.mark.parametrize("gradient", [central_difference, complex_step])
def test_wrong_arguments_are_named(gradient):
    with pytest.raises(TypeError, match="x has dtype float32; expected float64"):
        gradient(cubic, X.astype("f4"))
    with pytest.raises(TypeError, match="x has dtype list; expected float64"):
        gradient(cubic, [1.0])
    with pytest.raises(
        ValueError, match=r"f returns shape \(2, 2\); expected a scalar"
    ):
        gradient(lambda x: x, X)


def test_the_relative_error_is_relative_to_the_largest_entry():
    assert relative_error([1.0, 100.0], [2.0, 100.0]) == 0.01
    assert relative_error([0.0], [0.0]) == 0
    assert relative_error([1.0], [-1.0]) == 2
    with pytest.raises(ValueError, match=r"a has shape \(2,\) and b has shape \(1,\)"):
        relative_error([1.0, 2.0], [1.0])
    with pytest.raises(ValueError, match="not empty"):
        relative_error([], [])
