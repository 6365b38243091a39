"""The laws of docs/practice/hidden-layer.md."""

import numpy as np
from hypothesis import strategies as st

from examples.numerical_gradient import complex_step
from tests.laws.proof import proved


@st.composite
def sums(draw):
    """Draw sums of hidden units, none of them 0, and the gradient behind them."""
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    shape = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    return rng.normal(size=shape), rng.normal(size=shape)


def test_law_relu_gate():
    def slopes(Z, dH):
        return complex_step(lambda Z: (dH * np.where(Z.real > 0, Z, 0)).sum(), Z)

    def by_the_sum(Z, dH):
        dZ = dH.copy()
        dZ[Z <= 0] = 0
        return dZ

    def by_the_gradient(Z, dH):
        return np.maximum(dH, 0)

    def not_at_all(Z, dH):
        return dH

    def by_the_value(Z, dH):
        return dH * np.maximum(Z, 0)

    proved(sums(), slopes, by_the_sum, by_the_gradient, not_at_all, by_the_value)


def test_at_the_kink_the_two_slopes_agree_only_where_the_gradient_is_zero():
    Z, step = np.zeros(3), 0.5
    dH = np.array([0.3, -0.7, 0.0])
    left, right = (dH * np.maximum(Z + h, 0) / h for h in (-step, step))
    np.testing.assert_array_equal(left, 0)
    np.testing.assert_array_equal(right, dH)
