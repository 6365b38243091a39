"""The laws of docs/practice/training.md."""

from functools import partial

import numpy as np
from hypothesis import strategies as st

from examples.numerical_gradient import complex_step
from examples.softmax_cross_entropy import softmax
from tests.laws.cases import batches
from tests.laws.proof import proved


def test_law_divide_once():
    def slopes(X, y):
        A, W = (
            np.linspace(-1, 1, 2 * len(X)).reshape(len(X), 2),
            np.ones((2, X.shape[1])),
        )
        return complex_step(lambda W: mean_loss(A @ W + X, y), W)

    def divided(X, y, times):
        A = np.linspace(-1, 1, 2 * len(X)).reshape(len(X), 2)
        P = softmax(A @ np.ones((2, X.shape[1])) + X)
        return A.T @ (P - np.eye(X.shape[1])[y]) / len(X) ** times

    def mean_loss(X, y):
        log_sum = np.log(np.exp(X).sum(axis=1))
        return (log_sum - X[range(len(X)), y]).mean()

    rules = (partial(divided, times=times) for times in (1, 0, 2))
    cases = batches().map(lambda case: (np.sin(case[0]), case[1]))
    proved(cases, slopes, *rules)


@st.composite
def undecided(draw):
    """Draw examples, most with several labels, and parameters to step from."""
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    n, d, K = (draw(st.integers(low, 4)) for low in (2, 1, 2))
    A = np.repeat(rng.normal(loc=1, scale=0.5, size=(n, d)), 2, axis=0)
    V = rng.normal(scale=draw(st.sampled_from([0.01, 1.0])), size=(d + 1, K))
    V[:, 2:] -= draw(st.sampled_from([0, 5]))  # classes that hardly count
    return A, rng.integers(K, size=2 * n), V


def test_law_descent_rate():
    def mean_loss(X, y):
        return (np.logaddexp.reduce(X, axis=1) - X[range(len(y)), y]).mean()

    def fell(A, y, V, bound):
        B = np.column_stack([A, np.ones(len(A))])
        rate = 0.99 * 2 / bound(B, V.shape[1])
        grad = B.T @ (softmax(B @ V) - np.eye(V.shape[1])[y]) / len(y)
        if np.linalg.norm(grad) < 1e-6:
            return True  # as good as 0
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


@st.composite
def gradients(draw):
    """Draw the gradients of a few examples, and the size of a batch."""
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    return rng.normal(size=(draw(st.integers(1, 4)), 2)), draw(st.integers(1, 4))


def test_law_batch_noise():
    def of_all_batches(each, m):
        batches = np.indices((len(each),) * m).reshape(m, -1).T
        means = each[batches].mean(axis=1)
        return summary(means.mean(axis=0), means - each.mean(axis=0), 1)

    def summary(mean, misses, divisor):
        return np.append(mean, (misses**2).sum(axis=1).mean() / divisor)

    def predicted(divisor):
        def rule(each, m):
            mean = each.mean(axis=0)
            return summary(mean, each - mean, divisor(m))

        return rule

    divisors = (lambda m: m, np.sqrt, lambda m: m**2, lambda m: 1)
    proved(gradients(), of_all_batches, *map(predicted, divisors))
