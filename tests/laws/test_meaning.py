"""The laws of docs/gradient/meaning.md."""

import numpy as np
from hypothesis import strategies as st

from examples.numerical_gradient import complex_step
from examples.softmax_cross_entropy import softmax
from tests.laws.proof import proved


@st.composite
def families(draw):
    """Draw a finite exponential family, parameters of it, and an outcome."""
    outcomes, count = draw(st.integers(2, 5)), draw(st.integers(1, 3))
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    T, h = rng.normal(size=(outcomes, count)), rng.uniform(0.5, 2, size=outcomes)
    return T, h, rng.normal(size=count), draw(st.integers(0, outcomes - 1))


def log_partition(T, h, eta):
    return np.log((h * np.exp(T @ eta)).sum())


def probabilities(T, h, eta):
    w = h * np.exp(T @ eta)
    return w / w.sum()


def test_law_log_partition():
    def slopes(T, h, eta, z):
        def mean(eta, k):
            return (T[:, k] * h * np.exp(T @ eta)).sum() / (h * np.exp(T @ eta)).sum()

        first = complex_step(lambda eta: log_partition(T, h, eta), eta)
        second = [
            complex_step(lambda eta, k=k: mean(eta, k), eta) for k in range(len(eta))
        ]
        return np.vstack([first, *second])

    def moments(weights, centred=True):
        def rule(T, h, eta, z):
            q = weights(T, h, eta)
            mean = q @ T
            second = (T.T * q) @ T - centred * np.outer(mean, mean)
            return np.vstack([mean, second])

        return rule

    def without_parameters(T, h, eta):
        return h / h.sum()

    def without_base(T, h, eta):
        return softmax(T @ eta)

    proved(
        families(),
        slopes,
        moments(probabilities),
        moments(without_parameters),
        moments(without_base),
        moments(probabilities, centred=False),
    )


def test_on_the_boundary_of_the_parameters_the_hessian_need_not_be_the_variance():
    # h(z) = z**-3 for z = 1, 2, ...: finite for eta <= 0 alone.
    def sums(count, eta, power):
        z = np.arange(1.0, count + 1)
        return (z ** (power - 3) * np.exp(eta * z)).sum()

    for eta, power in [(0, 0), (0, 1), (-0.01, 0), (-0.01, 1), (-0.01, 2)]:
        assert np.isclose(sums(10_000, eta, power), sums(1e6, eta, power), rtol=1e-4)
    growth = sums(1e6, 0, 2) - sums(10_000, 0, 2)
    assert np.isclose(growth, np.log(100), rtol=1e-4)  # as the harmonic series grows


def test_law_expected_minus_observed():
    def slopes(T, h, eta, z):
        def loss(eta):
            return log_partition(T, h, eta) - T[z] @ eta - np.log(h[z])

        return complex_step(loss, eta)

    def expected_minus_observed(T, h, eta, z):
        return probabilities(T, h, eta) @ T - T[z]

    def observed_minus_expected(T, h, eta, z):
        return T[z] - probabilities(T, h, eta) @ T

    def plain_mean(T, h, eta, z):
        return T.mean(axis=0) - T[z]

    rules = (expected_minus_observed, observed_minus_expected, plain_mean)
    proved(families(), slopes, *rules)
