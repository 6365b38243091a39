"""The laws of docs/practice/training.md."""

from functools import partial

import numpy as np

from examples.numerical_gradient import complex_step
from examples.softmax_cross_entropy import softmax
from tests.laws.cases import batches
from tests.laws.losses import log_softmax, one_hot
from tests.laws.proof import proved


def test_law_divide_once():
    def features(X):
        return np.linspace(-1, 1, 2 * len(X)).reshape(len(X), 2)

    def slopes(X, y):
        def mean_loss(W):
            return -log_softmax(features(X) @ W + X)[range(len(y)), y].mean()

        return complex_step(mean_loss, np.ones((2, X.shape[1])))

    def divided(X, y, times):
        A = features(X)
        P = softmax(A @ np.ones((2, X.shape[1])) + X)
        return A.T @ (P - one_hot(X, y)) / len(X) ** times

    rules = (partial(divided, times=times) for times in (1, 0, 2))
    cases = batches().map(lambda case: (np.sin(case[0]), case[1]))
    proved(cases, slopes, *rules)
