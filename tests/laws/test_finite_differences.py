"""The laws of docs/gradient/finite-differences.md."""

import numpy as np
from hypothesis import strategies as st

from examples.numerical_gradient import complex_step
from examples.softmax_cross_entropy import softmax
from tests.laws.cases import examples
from tests.laws.proof import proved


@st.composite
def cubics(draw):
    """Draw a cubic, a place and a step: higher powers of the step are exactly 0."""
    number = st.integers(-9, 9).map(float)
    return (
        np.polynomial.Polynomial([draw(number) for _ in range(4)]),
        draw(number),
        draw(st.sampled_from([0.25, 0.5])),
    )


def test_law_difference_errors():
    def errors(f, x, h):
        right = f.deriv()(x)
        forward = (f(x + h) - f(x)) / h
        central = (f(x + h) - f(x - h)) / (2 * h)
        # Of the forward error, the term in h squared is not the law's.
        return forward - right - h**2 / 6 * f.deriv(3)(x), central - right

    def off_by(halved, sixth):
        return lambda f, x, h: (
            h / 2 * f.deriv(halved)(x),
            h**2 / sixth * f.deriv(3)(x),
        )

    proved(cubics(), errors, off_by(2, 6), off_by(1, 6), off_by(2, 3), off_by(2, 2))


def test_law_difference_bound():
    def worst(f, x, h, size):
        """Return the largest errors, if each value is off by the size or minus it."""
        square = f.truncate(3)  # its second derivative is the same everywhere
        off = [-size, size]
        forward = [
            (square(x + h) + up - square(x) - here) / h - square.deriv()(x)
            for up in off
            for here in off
        ]
        central = [
            (f(x + h) + up - f(x - h) - down) / (2 * h) - f.deriv()(x)
            for up in off
            for down in off
        ]
        return np.abs(forward).max(), np.abs(central).max()

    def bounds(forward, central):
        def rule(f, x, h, size):
            second, third = f.truncate(3).deriv(2)(x), f.deriv(3)(x)
            return (
                h / 2 * abs(second) + forward * size / h,
                h**2 / 6 * abs(third) + central * size / h,
            )

        return rule

    sizes = st.sampled_from([0.125, 1.0])
    cases = st.tuples(cubics(), sizes).map(lambda drawn: (*drawn[0], drawn[1]))
    proved(cases, worst, bounds(2, 1), bounds(1, 1), bounds(2, 2), bounds(2, 0.5))


def test_the_bound_of_a_difference_holds_where_the_derivatives_vary():
    rng, h, size = np.random.default_rng(0), 0.1, 1e-3
    x = rng.normal(scale=3, size=500)
    up, here, down = (np.sin(x + step) for step in (h, 0, -h))
    up, here, down = (f + rng.choice([-size, size], 500) for f in (up, here, down))
    forward, central = (up - here) / h, (up - down) / (2 * h)
    # No derivative of the sine is larger than 1.
    assert np.abs(forward - np.cos(x)).max() <= h / 2 + 2 * size / h
    assert np.abs(central - np.cos(x)).max() <= h**2 / 6 + size / h


def test_law_complex_step():
    def loss(x, y):
        return np.log(np.exp(x).sum()) - x[y]

    def formula(x, y):
        return softmax(x) - np.eye(len(x))[y]

    def imaginary(x, y):
        return complex_step(lambda x: loss(x, y), x, step=1e-20)

    def real(x, y):
        steps = 1e-20 * np.eye(len(x))
        return np.array([(loss(x + s, y) - loss(x - s, y)) / 2e-20 for s in steps])

    def not_analytic(x, y):
        return complex_step(lambda x: np.abs(loss(x, y)), x, step=1e-20)

    proved(examples(), formula, imaginary, real, not_analytic)
