"""The law of docs/gradient/language-models.md."""

import numpy as np
from hypothesis import strategies as st

from tests.laws.proof import proved


def test_a_weight_of_0_keeps_the_nan_of_padding_and_assigning_0_clears_it():
    grad = np.array([[[0.5, -0.5]], [[np.nan, np.nan]]])
    real = np.array([[True], [False]])
    weighted = (real / real.sum())[:, :, np.newaxis] * grad
    assert np.isnan(weighted[1]).all()
    weighted[~real] = 0
    np.testing.assert_array_equal(weighted, [[[0.5, -0.5]], [[0, 0]]])


def test_law_perplexity():
    probabilities = st.lists(st.floats(0.01, 1), min_size=1, max_size=6)

    def reciprocal_of_the_geometric_mean(p):
        return 1 / p.prod() ** (1 / len(p))

    def of_the_mean_loss(p):
        return np.exp(-np.log(p).mean())

    def mean_of_reciprocals(p):
        return (1 / p).mean()

    def base_2(p):
        return 2 ** (-np.log(p).mean())

    rules = (of_the_mean_loss, mean_of_reciprocals, base_2)
    cases = probabilities.map(lambda p: (np.array(p),))
    proved(cases, reciprocal_of_the_geometric_mean, *rules)
    assert np.isclose(of_the_mean_loss(np.full(7, 1 / 50)), 50)
