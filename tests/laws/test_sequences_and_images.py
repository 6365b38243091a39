"""The laws of docs/gradient/sequences-and-images.md."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tests.laws.cases import changed
from tests.laws.proof import proved


@st.composite
def labelled(draw):
    """Draw zeros with a class axis anywhere, its place, and labels without it."""
    batch = draw(hnp.array_shapes(min_dims=1, max_dims=3, max_side=3))
    K, axis = draw(st.integers(1, 4)), draw(st.integers(0, len(batch)))
    y = draw(hnp.arrays(np.intp, batch, elements=st.integers(0, K - 1)))
    return np.zeros((*batch[:axis], K, *batch[axis:])), axis, y


def test_law_labels_in_the_class_axis():
    def one_at_each(x, axis, y):
        x = x.copy()
        for place in np.ndindex(y.shape):
            x[(*place[:axis], y[place], *place[axis:])] -= 1
        return x

    def line(index):
        def rule(x, axis, y):
            return changed(x, index(axis, y), lambda x, i: np.subtract.at(x, i, 1))

        return rule

    def grid(axis, y):
        index = list(np.indices(y.shape, sparse=True))
        index.insert(axis, y)
        return tuple(index)

    def ranges(axis, y):
        index = [np.arange(side) for side in y.shape]
        index.insert(axis, y)
        return tuple(index)

    def slices(axis, y):
        return (slice(None),) * axis + (y,)

    proved(labelled(), one_at_each, *map(line, (grid, ranges, slices)))


@st.composite
def layouts(draw):
    """Draw an array (B, T, V) of any layout: transposed, sliced, reversed."""
    shape = draw(hnp.array_shapes(min_dims=3, max_dims=3, min_side=2, max_side=4))
    order = draw(st.permutations(range(3)))
    steps = tuple(
        slice(draw(st.integers(0, 1)), None, draw(st.sampled_from([1, 2, -1])))
        for _ in range(3)
    )
    whole = np.zeros([2 * side + 1 for side in shape])
    tight = np.zeros(shape)
    x = (whole[steps] if draw(st.booleans()) else tight).transpose(order)
    return (x[: max(2, len(x) - 1), :2] if draw(st.booleans()) else x,)


def test_law_reshape_writes_through():
    def arrives(x):
        x = x.view()
        x[...] = 0
        x.reshape(-1, x.shape[2])[...] = 1
        return (x == 1).all()

    def by_strides(x):
        B, T, _ = x.shape
        assert (
            B == 1
            or T == 1
            or np.shares_memory(x, x.reshape(-1, x.shape[2]))
            == (x.strides[0] == T * x.strides[1])
        )
        return B == 1 or T == 1 or x.strides[0] == T * x.strides[1]

    def always(x):
        return True

    def if_contiguous(x):
        return x.flags.c_contiguous

    proved(layouts(), arrives, by_strides, always, if_contiguous)


def test_law_moveaxis_writes_through():
    def assign(where):
        def rule(x, axis, y):
            x = x.copy()
            moved = where(x, axis)
            moved[(*np.indices(y.shape, sparse=True), y)] -= 1
            return x

        return rule

    def cell_by_cell(x, axis, y):
        x = x.copy()
        for place in np.ndindex(y.shape):
            x[(*place[:axis], y[place], *place[axis:])] -= 1
        return x

    def moved(x, axis):
        return np.moveaxis(x, axis, -1)

    def reshaped(x, axis):
        rest = x.shape[:axis] + x.shape[axis + 1 :]
        return x.reshape(*rest, x.shape[axis])

    def copied(x, axis):
        return np.moveaxis(x, axis, -1).copy()

    rules = map(assign, (moved, reshaped, copied))
    proved(labelled(), cell_by_cell, *rules)
