"""The laws of docs/gradient/batch-and-mean.md."""

import numpy as np
from hypothesis import strategies as st

from tests.laws.proof import proved


@st.composite
def splits(draw):
    """Draw losses, and a place that parts them into two batches."""
    losses = draw(st.lists(st.floats(0, 9), min_size=2, max_size=8))
    return np.array(losses), draw(st.integers(1, len(losses) - 1))


def test_law_batch_means():
    def means(losses, cut):
        return losses[:cut].mean(), losses[cut:].mean()

    def by_size(losses, cut):
        return np.average(means(losses, cut), weights=[cut, len(losses) - cut])

    proved(
        splits(),
        lambda losses, cut: losses.mean(),
        by_size,
        lambda losses, cut: np.mean(means(losses, cut)),
        lambda losses, cut: np.sum(means(losses, cut)),
    )
