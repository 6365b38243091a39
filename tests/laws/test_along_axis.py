"""The laws of docs/indexing/along-axis.md."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tests.laws.cases import arrays_and_indices, batches, values
from tests.laws.proof import proved


@st.composite
def arrays_and_places(draw):
    """Draw an array, places along one of its axes, and the axis.

    The other axes of the places are as long as the array's or 1, so that
    they broadcast; now and then an axis is missing.
    """
    shape = draw(hnp.array_shapes(min_dims=1, max_dims=3, max_side=3))
    axis = draw(st.integers(-len(shape), len(shape) - 1))
    sides = [draw(st.sampled_from([side, 1])) for side in shape]
    sides[axis] = draw(st.integers(1, 3))
    if draw(st.booleans()) and draw(st.booleans()):
        sides = sides[1:]
    length = shape[axis]
    entries = st.integers(-length, length - 1)
    return values(shape), draw(hnp.arrays(np.intp, sides, elements=entries)), axis


def mesh(x, i, axis):
    """Return the open mesh of an array, with the places along one axis."""
    if i.ndim != x.ndim:
        raise ValueError
    grids = list(np.ix_(*map(np.arange, x.shape)))
    grids[axis] = i
    return tuple(grids)


def test_law_take_along_axis():
    def from_the_other_end(x, i, axis):
        return x[mesh(x, i, -1 - axis)]

    proved(
        arrays_and_places(),
        lambda x, i, axis: np.take_along_axis(x, i, axis=axis),
        lambda x, i, axis: x[mesh(x, i, axis)],
        lambda x, i, axis: np.take(x, i, axis=axis),
        from_the_other_end,
        lambda x, i, axis: x[mesh(x, np.atleast_2d(i), axis)],  # adds an axis itself
    )


def test_law_put_along_axis():
    def put(x, i, axis):
        x = x.copy()
        assert np.put_along_axis(x, i, -1, axis=axis) is None
        return x

    def assigned(x, i, axis):
        x = x.copy()
        x[mesh(x, i, axis)] = -1
        return x

    def into_a_copy(x, i, axis):
        mesh(x, i, axis)
        return x

    def subtracted(x, i, axis):
        x = x.copy()
        x[mesh(x, i, axis)] -= 1
        return x

    proved(arrays_and_places(), put, assigned, into_a_copy, subtracted)


@st.composite
def arrays_and_lookups(draw):
    """Draw an array, an index array of any shape for one of its axes, and the axis."""
    x, index = draw(arrays_and_indices())
    axis = draw(st.integers(-x.ndim, x.ndim - 1))
    return x, index[axis], draw(st.sampled_from([axis, None]))


def test_law_take_is_a_slice_and_an_array():
    def rule(x, i, axis):
        if axis is None:
            return x.ravel()[i]
        return x[(slice(None),) * (axis % x.ndim) + (i,)]

    def rows_without_an_axis(x, i, axis):
        return rule(x, i, 0 if axis is None else axis)

    def places_first(x, i, axis):
        found = rule(x, i, axis)
        if axis is None:
            return found
        own = range(axis % x.ndim, axis % x.ndim + i.ndim)
        return np.moveaxis(found, list(own), list(range(i.ndim)))

    proved(
        arrays_and_lookups(),
        lambda x, i, axis: np.take(x, i, axis=axis),
        rule,
        rows_without_an_axis,
        places_first,
    )


@st.composite
def places_and_modes(draw):
    """Draw an array of one axis, places in and out of its bounds, and a mode."""
    n = draw(st.integers(1, 4))
    places = draw(hnp.arrays(np.intp, st.integers(1, 3), elements=st.integers(-9, 9)))
    return values((n,)), places, draw(st.sampled_from(["raise", "wrap", "clip"]))


def test_law_take_modes():
    def rule(clip=lambda i, n: np.clip(i, 0, n - 1), wrap=np.remainder):
        def taken(x, i, mode):
            change = {"wrap": wrap, "clip": clip}.get(mode, lambda i, n: i)
            return x[change(i, len(x))]

        return taken

    proved(
        places_and_modes(),
        lambda x, i, mode: np.take(x, i, mode=mode),
        rule(),
        rule(clip=lambda i, n: np.clip(i, -n, n - 1)),  # -1 stays the last
        rule(wrap=lambda i, n: np.where(i < 0, i + n, i)),  # wraps once
        rule(clip=np.remainder),
    )


@st.composite
def arrays_and_axes(draw):
    """Draw an array of small numbers, with ties, and one of its axes."""
    shape = draw(hnp.array_shapes(max_dims=3, max_side=4))
    x = draw(hnp.arrays(np.int64, shape, elements=st.integers(0, 5)))
    axis = draw(st.integers(-x.ndim, x.ndim - 1))
    return x, axis, draw(st.integers(0, x.shape[axis] - 1))


def test_law_arg_round_trip():
    def sides(order, largest, smallest, parted):
        return np.concatenate(
            [side.ravel() for side in (order, largest, smallest, parted)]
        )

    def truth(x, axis, k):
        ends = [f(x, axis=axis, keepdims=True) for f in (np.max, np.min)]
        return sides(np.sort(x, axis), *ends, np.sort(x, axis).take([k], axis))

    def gathered(take):
        def rule(x, axis, k):
            ends = [f(x, axis=axis, keepdims=True) for f in (np.argmax, np.argmin)]
            part = np.argpartition(x, k, axis=axis).take([k], axis)
            indices = [np.argsort(x, axis), *ends, part]
            return sides(*(take(x, i, axis) for i in indices))

        return rule

    proved(
        arrays_and_axes(),
        truth,
        gathered(lambda x, i, axis: np.take_along_axis(x, i, axis=axis)),
        gathered(lambda x, i, axis: np.take_along_axis(x, i, axis=0)),
        gathered(lambda x, i, axis: np.take(x, i, axis=axis)),
        gathered(lambda x, i, axis: np.take_along_axis(x, np.argsort(i, axis), axis)),
    )


@st.composite
def batches_and_shifts(draw):
    """Draw a matrix with its labels, one of them now and then no class."""
    x, y = draw(batches())
    return x, y + draw(st.sampled_from([0, 0, -1, 1]))


def test_law_choose_by_label():
    def rule(x, y):
        if ((y < 0) | (y >= x.shape[1])).any():
            raise ValueError
        return x[range(len(x)), y]

    proved(
        batches_and_shifts(),
        lambda x, y: np.choose(y, x.T),
        rule,
        lambda x, y: x[range(len(x)), y],  # negative labels wrap
        lambda x, y: rule(x[:, ::-1], y),
    )
