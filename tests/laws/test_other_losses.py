"""The laws of docs/gradient/other-losses.md."""

import numpy as np

from examples.numerical_gradient import complex_step
from examples.softmax_cross_entropy import softmax
from tests.laws.losses import log_softmax, logit_batches, one_hot
from tests.laws.proof import proved


def test_law_function_of_the_loss():
    def drawn(case):
        X, y, rng = case
        return X[:1], y[:1], int(rng.integers(3))

    functions = (
        (lambda z: z**2, lambda z: 2 * z),
        (np.exp, np.exp),
        (np.sin, np.cos),
    )

    def loss(X, y):
        return -log_softmax(X)[0, y[0]]

    def slopes(X, y, n):
        grad = complex_step(lambda X: functions[n][0](loss(X, y)), X)
        return np.append(grad, grad.sum())

    def times(factor):
        def rule(X, y, n):
            row = softmax(X) - one_hot(X, y)
            return np.append(factor(loss(X, y), *functions[n]) * row, 0)

        return rule

    def derivative(z, f, slope):
        return slope(z)

    def value(z, f, slope):
        return f(z)

    def at_the_probability(z, f, slope):
        return slope(np.exp(-z))

    factors = (derivative, value, at_the_probability)
    proved(logit_batches().map(drawn), slopes, *map(times, factors))


def test_focal_loss_can_lengthen_the_gradient():
    X, y = np.log([[0.1, 0.9]]), 0

    def focal(X):
        log_p = log_softmax(X)[0, y]
        return -((1 - np.exp(log_p)) ** 2) * log_p

    lengthened = complex_step(focal, X) / complex_step(
        lambda X: -log_softmax(X)[0, y], X
    )
    np.testing.assert_allclose(lengthened, 0.81 - 0.18 * np.log(0.1))
    assert (lengthened > 1.2).all()
