"""The laws of docs/gradient/masking-and-capping.md."""

import numpy as np

from examples.numerical_gradient import complex_step
from examples.softmax_cross_entropy import cross_entropy, cross_entropy_grad, softmax
from tests.laws.losses import log_softmax, logit_batches, one_hot
from tests.laws.proof import proved


def test_law_masked_classes():
    def drawn(case):
        X, y, rng = case
        allowed = rng.random(X.shape) < 0.5
        allowed[range(len(y)), y] = True
        return X, y, allowed

    def of_the_allowed(X, y, allowed):
        grad = np.zeros_like(X)
        for i, label in enumerate(y):
            classes = np.flatnonzero(allowed[i])
            place = classes.tolist().index(label)
            grad[i, classes] = cross_entropy_grad(X[i, classes], place)
        return grad

    def minus_infinity(X, y, allowed):
        Z = np.where(allowed, X, -np.inf)
        grad = cross_entropy_grad(Z, y, reduction="sum")
        assert (grad[~allowed] == 0).all()
        return grad

    def zero_logits(X, y, allowed):
        return cross_entropy_grad(np.where(allowed, X, 0), y, reduction="sum")

    def masked_afterwards(X, y, allowed):
        return allowed * cross_entropy_grad(X, y, reduction="sum")

    rules = (of_the_allowed, minus_infinity, zero_logits, masked_afterwards)
    proved(logit_batches().map(drawn), *rules)
    Z = np.array([[0.0, -np.inf], [-np.inf, -np.inf]])
    assert cross_entropy(Z[0], 1) == np.inf
    assert np.isnan(cross_entropy(Z[1], 1))


def test_rows_sum_to_0_if_a_shift_leaves_the_loss_and_not_with_z_loss_or_capping():
    X, y = np.array([[1.0, 2.0, 0.5], [3, -1, 0]]), [1, 0]

    def sums(loss):
        return np.abs(complex_step(loss, X).sum(axis=1))

    def cross(X):
        return -log_softmax(X)[range(2), y].mean()

    def z_loss(X):
        return cross(X) + 0.1 * (np.log(np.exp(X).sum(axis=1)) ** 2).sum()

    assert (sums(cross) < 1e-15).all()
    assert (sums(z_loss) > 0.1).all()
    assert (sums(lambda X: cross(5 * np.tanh(X / 5))) > 1e-3).all()


def with_a_strength(case):
    X, y, rng = case
    return X, y, rng.uniform(0.5, 3)


def test_law_z_loss():
    def slopes(X, y, strength):
        def summed(X):
            lse = np.log(np.exp(X).sum(axis=1))
            return (lse - X[range(len(y)), y] + strength * lse**2).sum()

        grad = complex_step(summed, X)
        return np.column_stack([grad, grad.sum(axis=1)])

    def added(factor, row_sum):
        def rule(X, y, strength):
            lse = np.logaddexp.reduce(X, axis=1)[:, np.newaxis]
            more = factor(strength, lse) * softmax(X)
            grad = softmax(X) - one_hot(X, y) + more
            return np.column_stack([grad, row_sum(strength, lse)])

        return rule

    def twice(strength, lse):
        return 2 * strength * lse

    def once(strength, lse):
        return strength * lse

    def without_the_log_sum_exp(strength, lse):
        return 2 * strength * np.ones_like(lse)

    factors = (twice, once, without_the_log_sum_exp)
    proved(
        logit_batches().map(with_a_strength), slopes, *(added(f, f) for f in factors)
    )


def test_law_soft_capping():
    def slopes(X, y, cap):
        def summed(X):
            return -log_softmax(cap * np.tanh(X / cap))[range(len(y)), y].sum()

        return complex_step(summed, X)

    def times(factor):
        def rule(X, y, cap):
            capped = cap * np.tanh(X / cap)
            return factor(capped / cap) * (softmax(capped) - one_hot(X, y))

        return rule

    def law(share):
        return 1 - share**2

    def none(share):
        return 1

    def without_the_square(share):
        return 1 - abs(share)

    factors = (law, none, without_the_square)
    proved(logit_batches().map(with_a_strength), slopes, *map(times, factors))
