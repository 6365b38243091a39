"""The laws of docs/indexing/equivalents.md."""

import numpy as np
from hypothesis import strategies as st

from tests.laws.cases import batches
from tests.laws.proof import proved

LAYOUTS = (
    lambda x: x,
    lambda x: x.copy(order="F"),
    lambda x: np.repeat(x, 2, axis=1)[:, ::2],
    lambda x: x[::-1].copy()[::-1],
)


@st.composite
def laid_out(draw):
    """Draw a matrix in one of several memory layouts, and its labels."""
    x, y = draw(batches())
    return draw(st.sampled_from(LAYOUTS))(x), y


def test_law_mask_of_labels():
    proved(
        batches(),
        lambda x, y: x[np.arange(len(x)), y],
        lambda x, y: x[y[:, np.newaxis] == np.arange(x.shape[1])],
        lambda x, y: x.T[np.arange(x.shape[1])[:, np.newaxis] == y],  # by class
        lambda x, y: x[:, np.isin(np.arange(x.shape[1]), y)].ravel(),
    )


def test_law_flat_index():
    def flat(position):
        return lambda x, y: x.flat[position(np.arange(len(x)), y, *x.shape)]

    def in_memory_order(x, y):
        return x.ravel(order="K")[np.arange(len(x)) * x.shape[1] + y]

    proved(
        laid_out(),
        lambda x, y: x[np.arange(len(x)), y],
        flat(lambda i, k, m, K: i * K + k),
        flat(lambda i, k, m, K: (i * m + k) % (m * K)),
        flat(lambda i, k, m, K: k * m + i),
        in_memory_order,
    )


def test_law_ravel_copies():
    def written(x, y):
        x.ravel()[0] = -1
        return x[0, 0] == -1

    proved(
        laid_out(),
        written,
        lambda x, y: x.flags.c_contiguous,
        lambda x, y: True,
        lambda x, y: x.flags.forc,
        lambda x, y: np.shares_memory(x, x.reshape(-1)),
    )
