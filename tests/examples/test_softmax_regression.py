"""Softmax regression goes down the gradient of the mean loss of each batch."""

import numpy as np
import pytest

from examples.softmax_cross_entropy import cross_entropy
from examples.softmax_regression import train


def make_blobs(n=60):
    """Return points in three clouds, and their classes."""
    labels = np.arange(n) % 3
    noise = np.random.default_rng(0).normal(size=(n, 2))
    return noise + 4 * np.eye(3, 2)[labels], labels


def test_training_learns_and_is_repeatable():
    features, labels = make_blobs()
    options = {"classes": 3, "epochs": 20, "batch": 16, "rate": 0.5}
    history = train(features, labels, **options)
    assert len(history) == 21
    assert not history[0][0].any()
    W, b = history[-1]
    assert ((features @ W + b).argmax(axis=1) == labels).mean() > 0.9
    again = train(features, labels, **options)[-1]
    np.testing.assert_array_equal(W, again[0])
    other = train(features, labels, **options, seed=1)[-1]
    assert not np.array_equal(W, other[0])


def test_one_step_on_the_whole_batch_is_minus_the_gradient_of_the_mean():
    features, labels = make_blobs(6)
    ((W0, b0), (W, b)) = train(features, labels, 3, epochs=1, batch=6, rate=0.1)
    grad = (np.full((6, 3), 1 / 3) - np.eye(3)[labels]) / 6
    np.testing.assert_allclose(W - W0, -0.1 * features.T @ grad)
    np.testing.assert_allclose(b - b0, -0.1 * grad.sum(axis=0))


def test_a_penalty_adds_its_share_of_the_weights_to_each_step():
    A, y = np.random.default_rng(0).normal(size=(6, 2)), np.arange(6) % 3
    options = {"classes": 3, "batch": 6, "rate": 0.1, "epochs": 2}
    plain, bound = train(A, y, **options), train(A, y, **options, penalty=0.5)
    np.testing.assert_allclose(bound[1][0], plain[1][0])  # from weights of 0
    less = plain[2][0] - bound[2][0]
    np.testing.assert_allclose(less, 0.1 * 0.5 * plain[1][0])
    np.testing.assert_allclose(bound[2][1], plain[2][1])  # biases are spared


def test_the_rate_of_the_mean_must_grow_with_the_batch_and_that_of_the_sum_not():
    from sklearn.datasets import load_digits

    features, labels = load_digits(return_X_y=True)
    A, y = features[:1280] / 16, labels[:1280]

    def loss(size, rate):
        W, b = train(A, y, 10, epochs=5, batch=size, rate=rate)[-1]
        return float(cross_entropy(A @ W + b, y))

    mean = [loss(size, 0.1) for size in (8, 32, 128)]
    summed = [loss(size, 0.1 / 8 * size) for size in (8, 32, 128)]
    assert mean[2] > 2 * mean[1] > 4 * mean[0]
    assert summed == pytest.approx([mean[0]] * 3, rel=0.05)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"features": np.ones(6)}, ValueError, r"shape \(6,\); expected \(n, d\)"),
        ({"labels": np.zeros((6, 1), int)}, ValueError, r"shape \(6, 1\)"),
        ({"labels": np.zeros(6)}, TypeError, "dtype float64; expected integers"),
        ({"labels": np.full(6, -1)}, ValueError, r"labels\[0\] is -1; expected 0 to 2"),
        ({"classes": 2}, ValueError, r"labels\[2\] is 2; expected 0 to 1"),
        ({"batch": 0}, ValueError, "batch is 0; expected 1 or more"),
    ],
)
def test_what_cannot_be_learned_is_named(change, error, message):
    given = {"features": np.ones((6, 2)), "labels": np.arange(6) % 3, "classes": 3}
    options = {"epochs": 1, "batch": 6, "rate": 0.1} | given | change
    with pytest.raises(error, match=message):
        train(**options)
