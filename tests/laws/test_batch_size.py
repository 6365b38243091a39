"""The laws of docs/practice/batch-size.md."""

import numpy as np
from hypothesis import strategies as st

from tests.laws.proof import proved


@st.composite
def gradients(draw):
    """Draw the gradients of a few examples, and the size of a batch."""
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    return rng.normal(size=(draw(st.integers(1, 4)), 2)), draw(st.integers(1, 4))


def test_law_batch_noise():
    def of_all_batches(each, m):
        batches = np.indices((len(each),) * m).reshape(m, -1).T
        means = each[batches].mean(axis=1)
        return summary(means.mean(axis=0), means - each.mean(axis=0), 1)

    def summary(mean, misses, divisor):
        return np.append(mean, (misses**2).sum(axis=1).mean() / divisor)

    def predicted(divisor):
        def rule(each, m):
            mean = each.mean(axis=0)
            return summary(mean, each - mean, divisor(m))

        return rule

    divisors = (lambda m: m, np.sqrt, lambda m: m**2, lambda m: 1)
    proved(gradients(), of_all_batches, *map(predicted, divisors))
