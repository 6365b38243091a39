"""The laws of docs/gradient/variants.md."""

import numpy as np

from examples.numerical_gradient import complex_step
from examples.softmax_cross_entropy import cross_entropy_grad, softmax
from tests.laws.losses import log_softmax, logit_batches, one_hot
from tests.laws.proof import proved


def test_law_any_targets():
    def drawn(case):
        X, _, rng = case
        return X, rng.uniform(-1, 2, size=X.shape)

    def slopes(X, T):
        return complex_step(lambda X: -(T * log_softmax(X)).sum(), X)

    def law(X, T):
        return softmax(X) * T.sum(axis=1, keepdims=True) - T

    def as_if_they_summed_to_1(X, T):
        return softmax(X) - T

    def times_the_targets(X, T):
        return T * (softmax(X) - 1)  # right at the label of a one-hot row alone

    rules = (slopes, law, as_if_they_summed_to_1, times_the_targets)
    proved(logit_batches().map(drawn), *rules)


def test_law_label_smoothing():
    cases = logit_batches().map(lambda case: (*case[:2], case[2].uniform(0.01, 0.3)))

    def over_the_others(X, y, eps):
        Y, K = one_hot(X, y), X.shape[1]
        T = (1 - eps) * Y + eps / (K - 1) * (1 - Y)
        return complex_step(lambda X: -(T * log_softmax(X)).sum(), X)

    def over_all(factor):
        def rule(X, y, eps):
            Y, K = one_hot(X, y), X.shape[1]
            eps = eps * factor(K)
            return softmax(X) - np.where(Y == 1, 1 - eps + eps / K, eps / K)

        return rule

    factors = (lambda K: K / (K - 1), lambda K: 1, lambda K: (K - 1) / K)
    proved(cases, over_the_others, *map(over_all, factors))


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


def test_law_norm_clipping():
    def drawn(case):
        X, y, rng = case
        summed = softmax(X) - one_hot(X, y)
        return summed, rng.uniform(0.2, 3) * np.linalg.norm(summed), len(y)

    def clip(g, c):
        # The shorter of g and of the vector of length c along g.
        length = np.linalg.norm(g)
        return g if length <= c else c * (g / length)

    def divided_first(g, c, m):
        return clip(g / m, c), np.allclose(clip(g / m, c), clip(g, c) / m)

    def law(g, c, m):
        grown = g * m * c / max(m * c, np.linalg.norm(g)) / m
        return grown, m == 1 or np.linalg.norm(g) <= c

    def in_either_order(g, c, m):
        return g * c / max(c, np.linalg.norm(g)) / m, True

    def never_if_clipped(g, c, m):
        return law(g, c, m)[0], np.linalg.norm(g / m) <= c

    def pair(rule):
        def flat(g, c, m):
            value, same = rule(g, c, m)
            return np.append(value, float(same))

        return flat

    rules = (divided_first, law, in_either_order, never_if_clipped)
    proved(logit_batches().map(drawn), *map(pair, rules))
