"""The laws of docs/practice/learning-rate.md."""

from functools import partial

import numpy as np
from hypothesis import strategies as st

from examples.softmax_cross_entropy import softmax
from tests.laws.proof import proved


@st.composite
def undecided(draw):
    """Draw examples, most with several labels, and parameters to step from."""
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    n, d, K = (draw(st.integers(low, 4)) for low in (2, 1, 2))
    A = np.repeat(rng.normal(loc=1, scale=0.5, size=(n, d)), 2, axis=0)
    V = rng.normal(scale=draw(st.sampled_from([0.01, 1.0])), size=(d + 1, K))
    V[:, 2:] -= draw(st.sampled_from([0, 5]))  # unlikely classes
    return A, rng.integers(K, size=2 * n), V


def test_law_descent_rate():
    def mean_loss(X, y):
        return (np.logaddexp.reduce(X, axis=1) - X[range(len(y)), y]).mean()

    def fell(A, y, V, bound):
        B = np.column_stack([A, np.ones(len(A))])
        rate = 0.99 * 2 / bound(B, V.shape[1])
        grad = B.T @ (softmax(B @ V) - np.eye(V.shape[1])[y]) / len(y)
        if np.linalg.norm(grad) < 1e-6:
            return True  # almost 0
        return mean_loss(B @ (V - rate * grad), y) < mean_loss(B @ V, y)

    def largest(B):
        return np.linalg.eigvalsh(B.T @ B / len(B))[-1]

    def half(B, K):
        return largest(B) / 2

    def quarter(B, K):  # right for one logit, not for two
        return largest(B) / 4

    def without_biases(B, K):
        return largest(B[:, :-1]) / 2

    def at_the_start(B, K):
        return largest(B) / (2 * K)

    bounds = (half, quarter, without_biases, at_the_start)
    rules = (partial(fell, bound=bound) for bound in bounds)
    proved(undecided(), lambda A, y, V: True, *rules)
