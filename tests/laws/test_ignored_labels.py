"""The laws of docs/gradient/ignored-labels.md."""

import numpy as np

from examples.softmax_cross_entropy import cross_entropy_grad, softmax
from tests.laws.losses import logit_batches
from tests.laws.proof import proved


def test_law_ignored_labels():
    def drawn(case):
        X, y, rng = case
        kept = rng.random(len(y)) < 0.5
        kept[0] = True
        return X, np.where(kept, y, -100)

    def of_the_others(X, y):
        kept = np.flatnonzero(y != -100)
        grad = np.zeros_like(X)
        grad[kept] = cross_entropy_grad(X[kept], y[kept])
        return grad

    def library(X, y):
        return cross_entropy_grad(X, y, ignore_index=-100)

    def divided_by_all(X, y):
        return library(X, y) * (y != -100).sum() / len(y)

    def without_the_mask(X, y):
        grad = softmax(X)
        kept = y != -100
        grad[kept, y[kept]] -= 1
        return grad / kept.sum()

    rules = (of_the_others, library, divided_by_all, without_the_mask)
    proved(logit_batches(least=2).map(drawn), *rules)
