"""The gradients of two layers are those of the loss, and training goes down them."""

import numpy as np
import pytest

from examples.numerical_gradient import complex_step, relative_error
from examples.softmax_cross_entropy import cross_entropy
from examples.spiral import make_spiral
from examples.two_layers import backward, forward, initialize_parameters, train

A, Y = make_spiral(10)
NAMES = ("W1", "b1", "W2", "b2")


def draw_parameters(seed=0):
    """Return parameters of which none is 0, so that no unit is at its kink."""
    rng = np.random.default_rng(seed)
    return [rng.normal(size=part.shape) for part in initialize_parameters(2, 6, 3)]


def compute_loss(*parts):
    """Compute the mean loss in operations that complex numbers allow."""
    W1, b1, W2, b2 = parts
    Z = A @ W1 + b1
    X = np.where(Z.real > 0, Z, 0) @ W2 + b2
    return (np.log(np.exp(X).sum(axis=1)) - X[range(len(Y)), Y]).mean()


@pytest.mark.parametrize("place", range(4), ids=NAMES)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_each_gradient_is_that_of_the_loss(place, seed):
    parts = draw_parameters(seed)

    def of_one(part):
        return compute_loss(*parts[:place], part, *parts[place + 1 :])

    slopes = complex_step(of_one, parts[place])
    assert relative_error(backward(A, Y, *parts)[place], slopes) < 1e-13


def test_a_step_goes_down_all_four_gradients_at_once():
    parts = draw_parameters()
    before, after = train(A, Y, parts, steps=1, rate=0.1)
    gradients = backward(A, Y, *parts)
    for old, new, slope in zip(before, after, gradients, strict=True):
        np.testing.assert_allclose(new, old - 0.1 * slope)


def test_training_learns_the_spiral_and_leaves_the_start_alone():
    points, labels = make_spiral(100)
    begun = initialize_parameters(2, 50, 3, seed=3)
    kept = [part.copy() for part in begun]
    history = train(points, labels, begun, steps=600, rate=1.0)
    assert len(history) == 601
    for part, copy in zip(begun, kept, strict=True):
        np.testing.assert_array_equal(part, copy)
    X = forward(points, *history[-1])[2]
    assert (X.argmax(axis=1) == labels).mean() > 0.95
    first, last = (forward(points, *history[n])[2] for n in (0, -1))
    assert cross_entropy(last, labels) < cross_entropy(first, labels) / 5


def test_a_seed_gives_the_same_weights_of_the_right_size():
    first, again = (initialize_parameters(400, 300, 5) for _ in range(2))
    other = initialize_parameters(400, 300, 5, seed=1)
    for part, same in zip(first, again, strict=True):
        np.testing.assert_array_equal(part, same)
    assert not np.array_equal(again[0], other[0])
    assert again[0].std() == pytest.approx(np.sqrt(2 / 400), rel=0.01)
    assert again[2].std() == pytest.approx(np.sqrt(2 / 300), rel=0.1)
    assert not again[1].any()
    assert not again[3].any()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"W1": np.ones((3, 6))}, r"W1.*\(3, 6\).*expected.*W1.*\(2, 6\)"),
        ({"W2": np.ones((3, 6))}, r"W2.*\(3, 6\).*expected.*W2.*\(6, 3\)"),
        ({"b1": np.ones((1, 6))}, r"b1.*\(1, 6\).*expected.*b1.*\(6,\)"),
        ({"y": Y[:, None]}, r"y has shape \(30, 1\); expected \(m, d\) and \(m,\)"),
        ({"y": Y[:1]}, r"y has shape \(1,\)"),
        ({"A": A[:0], "y": Y[:0]}, r"y has shape \(0,\); .* m at least 1"),
        ({"A": A[0], "y": Y[:2]}, r"A has shape \(2,\)"),
        ({"y": Y.astype(float)}, "y has dtype float64; expected integers"),
        ({"y": Y + 1}, "y has labels from 1 to 3; expected 0 to 2"),
        ({"y": Y - 1}, "y has labels from -1 to 1; expected 0 to 2"),
    ],
)
def test_what_does_not_fit_is_named(change, message):
    given = dict(zip(NAMES, draw_parameters(), strict=True))
    given |= {"A": A, "y": Y} | change
    parts = [given[name] for name in NAMES]
    with pytest.raises(ValueError, match=message):
        train(given["A"], given["y"], parts, steps=1, rate=0.1)
