"""The laws of docs/gradient/log-sum-exp.md."""

import numpy as np

from examples.softmax_cross_entropy import softmax
from tests.laws.cases import examples
from tests.laws.proof import proved


def test_a_large_shift_rounds_the_differences_of_the_logits_away():
    x = np.array([1.0, 2.0, 3.0])
    np.testing.assert_allclose(softmax(x - x.max()), softmax(x), rtol=1e-15)
    np.testing.assert_allclose(softmax(x + 1e17), 1 / 3)
    assert np.logaddexp.reduce([0, -800]) == 0  # the maximum, with nothing added


def test_law_smooth_maximum():
    def placed(x, y):
        excess = np.log(np.exp(x).sum()) - x.max()
        return len(x) == 1 or excess > 0, excess <= np.log(len(x)) + 1e-12

    def within(most):
        def rule(x, y):
            excess = np.logaddexp.reduce(x) - x.max()
            return True, excess <= most(len(x)) + 1e-12

        return rule

    def excess_at_most(K):
        return np.log(K)

    def half_as_much(K):
        return np.log(K) / 2

    def nothing(K):
        return 0

    proved(examples(), placed, *map(within, (excess_at_most, half_as_much, nothing)))


def test_law_logsumexp_shifts():
    def log_sum(x):
        return np.log(np.exp(x).sum())

    def shifted(x, y):
        c = 1.5 - y
        p = np.exp(x + c) / np.exp(x + c).sum()
        return np.array([log_sum(x + c), log_sum(x + c) - (x + c)[y], *p])

    def shift(by, softmax_of):
        def rule(x, y):
            c = 1.5 - y
            value = log_sum(x)
            return np.array([by(value, c), value - x[y], *softmax_of(softmax(x), c)])

        return rule

    def added(value, c):
        return value + c

    def same(value, c):
        return value

    def scaled(value, c):
        return value * c

    rules = (shift(added, same), shift(same, same), shift(added, scaled))
    proved(examples(), shifted, *rules)
