"""The laws of docs/gradient/label-smoothing.md."""

import numpy as np

from examples.numerical_gradient import complex_step
from examples.softmax_cross_entropy import softmax
from tests.laws.losses import log_softmax, logit_batches, one_hot
from tests.laws.proof import proved


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
