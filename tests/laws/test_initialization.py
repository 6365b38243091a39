"""The laws of docs/practice/initialization.md."""

import numpy as np
from hypothesis import strategies as st

from examples.numerical_gradient import complex_step
from examples.softmax_cross_entropy import softmax
from tests.laws.losses import log_softmax, one_hot
from tests.laws.proof import proved


@st.composite
def twins(draw):
    """Draw a network whose first two hidden units are equal, with its examples."""
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    m, d, h, K = (draw(st.integers(low, 4)) for low in (1, 1, 2, 2))
    W1, b1, W2 = rng.normal(size=(d, h)), rng.normal(size=h), rng.normal(size=(h, K))
    W1[:, 1], b1[1], W2[1] = W1[:, 0], b1[0], W2[0]
    return rng.normal(size=(m, d)), rng.integers(K, size=m), W1, b1, W2


def test_law_equal_units_stay_equal():
    def mean_loss(A, y, W1, b1, W2):
        Z = A @ W1 + b1
        X = np.where(Z.real > 0, Z, 0) @ W2
        return -log_softmax(X)[range(len(y)), y].mean()

    def second_unit(A, y, W1, b1, W2):
        to_W1 = complex_step(lambda W1: mean_loss(A, y, W1, b1, W2), W1)
        to_b1 = complex_step(lambda b1: mean_loss(A, y, W1, b1, W2), b1)
        to_W2 = complex_step(lambda W2: mean_loss(A, y, W1, b1, W2), W2)
        return np.concatenate([to_W1[:, 1], to_b1[1:2], to_W2[1]])

    def first_unit(A, y, W1, b1, W2):
        H = np.maximum(A @ W1 + b1, 0)
        X = H @ W2
        G = (softmax(X) - one_hot(X, y)) / len(y)
        dz = (G @ W2[0]) * (H[:, 0] > 0)
        return np.concatenate([A.T @ dz, [dz.sum()], H[:, 0] @ G])

    def shared(*case):  # each unit gets half of the gradient
        return first_unit(*case) / 2

    def opposite(*case):  # the two units become different
        return -first_unit(*case)

    def stuck(*case):  # equal units never change
        return 0 * first_unit(*case)

    proved(twins(), second_unit, first_unit, shared, opposite, stuck)
