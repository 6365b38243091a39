"""The laws of docs/gradient/clipping.md."""

import numpy as np

from examples.softmax_cross_entropy import softmax
from tests.laws.losses import logit_batches, one_hot
from tests.laws.proof import proved


def test_law_norm_clipping():
    def drawn(case):
        X, y, rng = case
        summed = softmax(X) - one_hot(X, y)
        return summed, rng.uniform(0.2, 3) * np.linalg.norm(summed), len(y)

    def clip(g, c):
        # The shorter of g and of the vector of length c along g.
        length = np.linalg.norm(g)
        return g if length <= c else c * (g / length)

    def divided_first(g, c, m):
        return clip(g / m, c), np.allclose(clip(g / m, c), clip(g, c) / m)

    def law(g, c, m):
        grown = g * m * c / max(m * c, np.linalg.norm(g)) / m
        return grown, m == 1 or np.linalg.norm(g) <= c

    def in_either_order(g, c, m):
        return g * c / max(c, np.linalg.norm(g)) / m, True

    def never_if_clipped(g, c, m):
        return law(g, c, m)[0], np.linalg.norm(g / m) <= c

    def pair(rule):
        def flat(g, c, m):
            value, same = rule(g, c, m)
            return np.append(value, float(same))

        return flat

    rules = (divided_first, law, in_either_order, never_if_clipped)
    proved(logit_batches().map(drawn), *map(pair, rules))
