"""The estimates that judge our gradients are right themselves."""

import numpy as np
import pytest

from examples.numerical_gradient import (
    central_difference,
    complex_step,
    relative_error,
    rounding_bound,
)
from examples.softmax_cross_entropy import (
    cross_entropy,
    cross_entropy_grad,
    softmax,
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


def test_a_complex_step_takes_one_number():
    with pytest.raises(
        ValueError, match=r"f returned shape \(2, 2\); expected a scalar"
    ):
        complex_step(lambda x: x, X)


def test_central_differences_of_several_numbers_are_those_of_their_sum():
    found = central_difference(lambda x: x**3 + 2 * x, X)
    np.testing.assert_allclose(found, 3 * X**2 + 2, rtol=1e-8)


def batch(m, classes=10, lead=0.0, shift=0.0):
    """Return random logits whose labels lead by a number, and the labels."""
    rng = np.random.default_rng(0)
    logits, labels = rng.normal(size=(m, classes)), rng.integers(classes, size=m)
    logits[range(m), labels] += lead
    return logits + shift, labels


def losses(logits, labels):
    """Compute a loss for each row, as most texts write it."""
    return np.log(np.exp(logits).sum(axis=1)) - logits[range(len(labels)), labels]


def lead_losses(logits, labels):
    """Compute the same from what each class lacks to the label: no 1 is added."""
    rows = np.arange(len(labels))
    others = np.exp(logits - logits[rows, labels][:, np.newaxis])
    others[rows, labels] = 0
    return np.log1p(others.sum(axis=1))


def error_of(loss, logits, labels, rows=3):
    """Return the relative error of a right gradient in its first rows, and it."""
    grad = softmax(logits)
    grad[range(len(labels)), labels] = 0
    grad[range(len(labels)), labels] = -grad.sum(axis=1)  # exact where p is near 1
    grad = grad[:rows] * (1 if loss(logits, labels).ndim else 1 / len(labels))
    fixed = logits[rows:]
    slopes = central_difference(
        lambda first: loss(np.concatenate([first, fixed]), labels), logits[:rows]
    )
    return relative_error(grad, slopes), grad


def mean_loss(logits, labels):
    return losses(logits, labels).mean()


@pytest.mark.parametrize("m", [3, 30, 1000])
@pytest.mark.parametrize("classes", [2, 10, 100])
@pytest.mark.parametrize(("lead", "shift"), [(0, 0), (10, 0), (20, 0), (0, 300)])
def test_the_bound_holds_for_the_logits_of_a_mean_loss(m, classes, lead, shift):
    X, y = batch(m, classes, lead, shift)
    error, grad = error_of(mean_loss, X, y)
    bound = rounding_bound(mean_loss(X, y), X, grad)
    assert error < bound
    if m < 1000:  # with more rows a large logit has less effect than it says
        assert bound < 1000 * error


@pytest.mark.parametrize("features", [1, 30, 1000])
@pytest.mark.parametrize("spread", [0.1, 1.0, 10.0])
def test_the_bound_holds_for_the_weights_of_a_layer(features, spread):
    rng = np.random.default_rng(0)
    A, y = rng.normal(size=(50, features)), rng.integers(5, size=50)
    W = rng.normal(scale=spread / np.sqrt(features), size=(features, 5))
    grad = A.T @ cross_entropy_grad(A @ W, y)
    above, fixed = W[:2], W[2:]
    slopes = central_difference(
        lambda first: cross_entropy(A @ np.concatenate([first, fixed]), y), above
    )
    error = np.abs(grad[:2] - slopes).max() / np.abs(grad).max()
    assert error < rounding_bound(cross_entropy(A @ W, y), A @ W, grad)


def test_a_right_gradient_of_a_large_batch_misses_by_more_than_1e_7():
    assert error_of(mean_loss, *batch(100))[0] < 1e-7
    assert error_of(mean_loss, *batch(10_000))[0] > 1e-6


def test_a_right_gradient_of_a_sure_model_misses_by_more_than_1e_3():
    assert error_of(mean_loss, *batch(4, lead=20))[0] > 1e-3


def test_large_logits_cancel_in_the_loss():
    near, far = (error_of(mean_loss, *batch(4, shift=s))[0] for s in (0, 300))
    assert far > 10 * near


def test_the_sum_of_the_losses_is_rounded_as_much_as_their_mean():
    X, y = batch(1000)
    m, fixed = len(y), X[3:]
    grad = cross_entropy_grad(X, y, reduction="sum")[:3]
    slopes = central_difference(
        lambda first: losses(np.concatenate([first, fixed]), y).sum(), X[:3]
    )
    mean, _ = error_of(mean_loss, X, y)
    assert mean / 10 < relative_error(grad, slopes) < 10 * mean
    assert relative_error(grad, slopes) < rounding_bound(mean_loss(X, y), X, grad / m)


@pytest.mark.parametrize("m", [4, 1000, 10_000])
def test_losses_that_are_subtracted_first_need_no_small_batch(m):
    X, y = batch(m)
    error, grad = error_of(losses, X, y)
    assert error < rounding_bound(0, X, grad) < 1e-8


@pytest.mark.parametrize("lead", [0, 10, 20, 30])
def test_a_loss_of_leads_needs_no_unsure_model(lead):
    assert error_of(lead_losses, *batch(1000, lead=lead))[0] < 1e-8


def test_a_complex_step_loses_what_the_loss_itself_rounds_away():
    x = np.array([40.0, 0.0, 0.0])
    found = complex_step(lambda x: np.log(np.exp(x).sum()) - x[0], x)
    others = np.exp(-40) / (1 + 2 * np.exp(-40))
    np.testing.assert_allclose(found[1:], others, rtol=1e-15)
    assert found[0] == 0  # the truth is -2 * others


def test_a_gradient_of_zeros_has_no_bound():
    assert rounding_bound(1.0, X, np.zeros(2)) == np.inf


def test_the_relative_error_is_relative_to_the_largest_entry():
    assert relative_error([1.0, 100.0], [2.0, 100.0]) == 0.01
    assert relative_error([0.0], [0.0]) == 0
    assert relative_error([1.0], [-1.0]) == 2
    with pytest.raises(ValueError, match=r"a has shape \(2,\) and b has shape \(1,\)"):
        relative_error([1.0, 2.0], [1.0])
    with pytest.raises(
        ValueError, match="expected equal shapes with at least one entry"
    ):
        relative_error([], [])
