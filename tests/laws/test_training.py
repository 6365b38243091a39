"""The laws of docs/practice/training.md."""

from functools import partial

import numpy as np

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
