"""The laws of docs/gradient/binary.md."""

import math

import numpy as np
from hypothesis import strategies as st

from examples.numerical_gradient import complex_step
from examples.softmax_cross_entropy import cross_entropy_grad
from tests.laws.losses import logit_batches
from tests.laws.proof import proved


def test_law_sigmoid_gradient():
    cases = logit_batches().map(lambda case: (case[0][:, 0], case[1] % 2))

    def slopes(x, y):
        pairs = np.stack([np.zeros(len(x)), x], axis=1)
        return cross_entropy_grad(pairs, y, reduction="sum")[:, 1]

    def law(x, y):
        loss = lambda x: (np.log(1 + np.exp(x)) - y * x).sum()  # noqa: E731
        assert np.allclose(complex_step(loss, x), 1 / (1 + np.exp(-x)) - y)
        return 1 / (1 + np.exp(-x)) - y

    def with_respect_to_p(x, y):
        p = 1 / (1 + np.exp(-x))
        return (p - y) / (p * (1 - p))

    def squared_error(x, y):
        p = 1 / (1 + np.exp(-x))
        return (p - y) * p * (1 - p)

    proved(cases, slopes, law, with_respect_to_p, squared_error)


@st.composite
def margins(draw):
    """Draw logits up to 600 from 0, and labels of any dtype that labels have."""
    x = np.array(draw(st.lists(st.floats(-600, 600), min_size=1, max_size=4)))
    y = np.array([draw(st.integers(0, 1)) for _ in x])
    return x, y.astype(draw(st.sampled_from([np.int64, np.uint8, np.bool_])))


def test_the_sigmoid_loss_of_the_flipped_logit_keeps_all_digits():
    # Logarithms are compared, so that a relative error shows at any size.
    def digit_by_digit(x, y):
        lead = [-a if label else a for a, label in zip(x, y, strict=True)]
        return np.log([max(z, 0) + math.log1p(math.exp(-abs(z))) for z in lead])

    def loss(form):
        def rule(x, y):
            with np.errstate(divide="ignore"):
                return np.log(form(x, y))

        return rule

    def where(x, y):
        return np.logaddexp(0, np.where(y, -x, x))

    def as_written(x, y):
        return np.logaddexp(0, x) - y * x

    def sign_of_the_label(x, y):
        y = y.astype(np.uint8)
        return np.logaddexp(0, (1 - 2 * y) * x)

    rules = (where, as_written, sign_of_the_label)
    proved(margins(), digit_by_digit, *map(loss, rules))
