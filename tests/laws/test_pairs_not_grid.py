"""The laws of docs/indexing/pairs-not-grid.md."""

import numpy as np
from hypothesis import strategies as st

from examples.index_rules import read_index
from tests.laws.cases import (
    SIDES,
    SLICES,
    arrays,
    arrays_and_pairs,
    index_arrays,
)
from tests.laws.proof import proved

SHAPES = st.sampled_from([(3,), (2,), (2, 3), (), (0,), (1, 2)])


@st.composite
def matrices_and_slices(draw):
    """Draw a matrix, a slice of its rows and an index array for its columns."""
    x = draw(arrays(shapes=st.tuples(SIDES, st.integers(1, 4))))
    return x, draw(SLICES), draw(index_arrays(x.shape[1], draw(SHAPES)))


def test_law_pairs_not_grid():
    def paired(x, index):
        index = np.broadcast_arrays(*read_index(index))
        result = np.empty(index[0].shape, x.dtype)
        for place in np.ndindex(result.shape):
            result[place] = x[tuple(array[place] for array in index)]
        return result

    def grid(x, index):
        return x[np.ix_(*(array.ravel() for array in read_index(index)))]

    def shape_of_the_first(x, index):
        first = np.shape(index[0])
        return paired(x, index)[: first[0] if first else None]

    truth = lambda x, index: x[index]  # noqa: E731 (reads as the law does)
    proved(arrays_and_pairs(), truth, paired, grid, shape_of_the_first)


def test_law_slice_is_not_an_array():
    def every_row_for_every_entry(x, rows, y):
        (y,) = read_index((y,))
        part = x[rows]
        result = np.empty(part.shape[:1] + y.shape, x.dtype)
        for place in np.ndindex(y.shape):
            result[(slice(None), *place)] = part[:, int(y[place])]
        return result

    proved(
        matrices_and_slices(),
        lambda x, rows, y: x[rows, y],
        every_row_for_every_entry,
        lambda x, rows, y: every_row_for_every_entry(x, slice(None), y),
        lambda x, rows, y: x[np.arange(len(x))[rows], y],  # the slice is an arange
        lambda x, rows, y: x[rows][:, np.unique(read_index((y,))[0])],  # each once
    )
