"""The laws of docs/gradient/variants.md."""

from examples.numerical_gradient import complex_step
from examples.softmax_cross_entropy import softmax
from tests.laws.losses import log_softmax, logit_batches
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
