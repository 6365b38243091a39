"""The laws of docs/gradient/class-weights.md."""

import numpy as np

from examples.numerical_gradient import complex_step
from examples.softmax_cross_entropy import softmax
from tests.laws.losses import log_softmax, logit_batches, one_hot
from tests.laws.proof import proved


def test_law_class_weights():
    def drawn(case):
        X, y, rng = case
        return X, y, rng.uniform(0.5, 4, size=X.shape[1])

    def slopes(X, y, w):
        def mean(X):
            picked = log_softmax(X)[range(len(y)), y]
            return -np.average(picked, weights=w[y])

        return complex_step(mean, X)

    def rows(divide):
        def rule(X, y, w):
            rows = w[y][:, np.newaxis] * (softmax(X) - one_hot(X, y))
            return rows / divide(y, w)

        return rule

    def columns(X, y, w):
        return w * (softmax(X) - one_hot(X, y)) / w[y].sum()

    divisors = (lambda y, w: w[y].sum(), lambda y, w: len(y), lambda y, w: w.sum())
    proved(logit_batches().map(drawn), slopes, *map(rows, divisors), columns)
