"""The laws of docs/gradient/temperature.md."""

import numpy as np

from examples.numerical_gradient import complex_step
from examples.softmax_cross_entropy import cross_entropy_grad, softmax
from tests.laws.losses import log_softmax, logit_batches
from tests.laws.proof import proved


def test_law_temperature():
    cases = logit_batches().map(lambda case: (*case[:2], case[2].uniform(0.5, 9)))

    def slopes(X, y, tau):
        def mean(X):
            return -log_softmax(X / tau)[range(len(y)), y].mean()

        return complex_step(mean, X)

    def divided(power):
        return lambda X, y, tau: cross_entropy_grad(X / tau, y) / tau**power

    proved(cases, slopes, *map(divided, (1, 0, 2)))


def test_law_temperature_gradient():
    def drawn(case):
        X, y, rng = case
        return X[0], y[0], rng.uniform(0.5, 4)

    def slopes(x, y, tau):
        def loss(inverse):
            return np.log(np.exp(x * inverse).sum()) - x[y] * inverse

        def slope(inverse):
            return np.exp(x * inverse) @ x / np.exp(x * inverse).sum() - x[y]

        inverse = np.array(1 / tau)
        by_tau = complex_step(lambda tau: loss(1 / tau), np.array(tau))
        by_inverse = complex_step(loss, inverse)
        return by_tau, by_inverse, complex_step(slope, inverse) >= 0

    def law(x, y, tau):
        gap = x[y] - softmax(x / tau) @ x
        return gap / tau**2, -gap, True

    def without_the_square(x, y, tau):
        gap = x[y] - softmax(x / tau) @ x
        return gap / tau, -gap, True

    def at_the_temperature_1(x, y, tau):
        gap = x[y] - softmax(x) @ x
        return gap / tau**2, -gap, True

    rules = (slopes, law, without_the_square, at_the_temperature_1)
    proved(logit_batches().map(drawn), *rules)
