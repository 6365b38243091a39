"""Random cases that the laws of several pages share."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp


def positions(x):
    """Number the cells of an array."""
    return np.arange(x.size).reshape(x.shape)


def values(shape):
    """Return an array with a different value in each cell."""
    return positions(np.empty(shape)) * 10 + 7


@st.composite
def arrays_and_indices(draw, most=3, same_shape=False):
    """Draw an array with a tuple of integer index arrays, one for each axis."""
    shape = draw(hnp.array_shapes(min_dims=2, max_dims=most, max_side=4))
    count = len(shape)
    shapes = hnp.mutually_broadcastable_shapes(num_shapes=count, max_dims=2, max_side=3)
    drawn = draw(shapes)
    index = []
    for side, part in zip(shape, drawn.input_shapes, strict=True):
        part = drawn.result_shape if same_shape else part
        index.append(
            draw(hnp.arrays(np.intp, part, elements=st.integers(-side, side - 1)))
        )
    return values(shape), tuple(index)


@st.composite
def batches(draw):
    """Draw a matrix and a label for each of its rows."""
    m, K = draw(st.integers(1, 6)), draw(st.integers(1, 4))
    labels = draw(hnp.arrays(np.intp, m, elements=st.integers(0, K - 1)))
    return values((m, K)), labels


@st.composite
def examples(draw):
    """Draw the logits of one example and its label."""
    logits = draw(st.lists(st.floats(-5, 5), min_size=1, max_size=5))
    return np.array(logits), draw(st.integers(0, len(logits) - 1))


@st.composite
def any_index(draw):
    """Draw an array with a basic or an advanced index that selects something."""
    x = values(draw(hnp.array_shapes(min_dims=1, max_dims=3, max_side=4)))
    side = len(x)
    start = draw(st.integers(0, side - 1))
    rows = st.lists(st.integers(-side, side - 1), min_size=1, max_size=4)
    mask = np.arange(side) == start
    index = st.one_of(st.just(slice(start, None)), rows.map(np.array), st.just(mask))
    return x, draw(index)


def changed(x, index, change):
    """Return a copy of the array, changed at the index by a function."""
    copy = x.copy()
    change(copy, index)
    return copy
