"""The laws of docs/indexing/pairs-not-grid.md."""

import numpy as np
from hypothesis import strategies as st

from tests.laws.cases import arrays_and_indices, batches
from tests.laws.proof import proved


@st.composite
def batches_and_slices(draw):
    """Draw a matrix, a label for each of its rows, and a slice of its rows."""
    x, y = draw(batches())
    return x, y, draw(st.slices(len(x)))


def test_law_pairs_not_grid():
    def paired(x, index):
        arrays = np.broadcast_arrays(*index)
        result = np.empty(arrays[0].shape, x.dtype)
        for place in np.ndindex(result.shape):
            result[place] = x[tuple(a[place] for a in arrays)]
        return result

    def grid(x, index):
        return x[np.ix_(*(a.ravel() for a in index))]

    def shape_of_the_first(x, index):
        return paired(x, index)[: index[0].shape[0] if index[0].ndim else None]

    truth = lambda x, index: x[index]  # noqa: E731 (reads as the law does)
    proved(arrays_and_indices(), truth, paired, grid, shape_of_the_first)


def test_law_slice_is_not_an_array():
    proved(
        batches_and_slices(),
        lambda x, y, rows: x[rows, y],
        lambda x, y, rows: np.stack([x[rows, j] for j in y], axis=1),
        lambda x, y, rows: np.stack([x[:, j] for j in y], axis=1),  # the whole axis
        lambda x, y, rows: x[np.arange(len(x))[rows], y],  # the slice is an arange
        lambda x, y, rows: x[rows][:, np.unique(y)],  # each column once
    )
