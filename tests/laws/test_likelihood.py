"""The laws of docs/gradient/likelihood.md."""

import numpy as np
from hypothesis import strategies as st

from examples.softmax_cross_entropy import softmax
from tests.laws.proof import proved


@st.composite
def beliefs(draw):
    """Draw two distributions over the same classes: soft, one-hot, maybe equal."""
    K = draw(st.integers(2, 5))
    logits = st.lists(st.integers(-3, 3), min_size=K, max_size=K).map(np.array)
    one_hot = st.integers(0, K - 1).map(lambda k: np.eye(K)[k])
    distribution = st.one_of(logits.map(softmax), one_hot)
    return draw(distribution), draw(distribution)


def weighted_log(t, q):
    """Sum t log q over the classes that have a positive t."""
    with np.errstate(divide="ignore"):
        return (t[t > 0] * np.log(q[t > 0])).sum()


def test_law_cross_entropy_splits():
    def crossed(t, p):
        # Beside the number: whether it is more than it would be for p = t.
        value = -weighted_log(t, p)
        return value, value > -weighted_log(t, t) + 1e-12

    def split(parts):
        return lambda t, p: (parts(t, p), not np.allclose(t, p))

    def divergence(t, p):
        return weighted_log(t, t) - weighted_log(t, p)

    def entropy_and_divergence(t, p):
        return -weighted_log(t, t) + divergence(t, p)

    def entropy_of_the_prediction(t, p):
        return -weighted_log(p, p) + divergence(t, p)

    def divergence_turned_round(t, p):
        return -weighted_log(t, t) + divergence(p, t)

    def divided_in_every_class(t, p):
        with np.errstate(divide="ignore", invalid="ignore"):
            return -weighted_log(t, t) - (t * np.log(p / t)).sum()

    wrong = (entropy_of_the_prediction, divergence_turned_round, divided_in_every_class)
    proved(beliefs(), crossed, *map(split, (entropy_and_divergence, *wrong)))
