"""The laws of docs/indexing/broadcasting.md."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tests.laws.cases import arrays_and_indices, values
from tests.laws.proof import proved


def read(x, index):
    """Return what NumPy selects."""
    return x[index]


def with_an_axis_left(case):
    """Leave the last axis of the array to no index."""
    x, index = case
    return np.stack([x, x + 1], axis=-1), index


def zeros_of_shapes(shapes):
    """Return an array, and index arrays of these shapes, which may not fit."""
    return values((2, 2)), tuple(np.zeros(shape, dtype=int) for shape in shapes)


def test_law_index_arrays_broadcast():
    def stretched(x, index):
        try:
            return x[tuple(np.broadcast_arrays(*index))]
        except ValueError as error:
            raise IndexError from error

    def aligned_at_the_left(x, index):
        longest = max(part.ndim for part in index)
        return x[tuple(p.reshape(p.shape + (1,) * (longest - p.ndim)) for p in index)]

    def outer(x, index):
        ones = [(1,) * part.ndim for part in index]
        shapes = [
            sum([*ones[:n], part.shape, *ones[n + 1 :]], ())
            for n, part in enumerate(index)
        ]
        return x[tuple(p.reshape(s) for p, s in zip(index, shapes, strict=True))]

    def cut_to_the_shortest(x, index):
        return stretched(
            x, [part.ravel()[: min(p.size for p in index)] for part in index]
        )

    fitting = arrays_and_indices()
    any_shapes = hnp.array_shapes(min_dims=0, max_dims=2, max_side=2)
    pairs = st.tuples(any_shapes, any_shapes | st.just((3,))).map(zeros_of_shapes)
    cases = fitting | fitting.map(with_an_axis_left) | pairs
    wrong = (aligned_at_the_left, outer, cut_to_the_shortest)
    proved(cases, read, stretched, *wrong)


@st.composite
def meshes(draw):
    """Draw an array, and for each of its axes a list of integers or a mask."""
    shape = draw(hnp.array_shapes(min_dims=2, max_dims=3, max_side=3))
    lists = [
        draw(
            st.lists(st.integers(-side, side - 1), max_size=3)
            | st.lists(st.booleans(), min_size=side, max_size=side)
        )
        for side in shape
    ]
    return values(shape), lists


def test_law_ix_gives_a_grid():
    def positions(part):
        mask = bool(part) and isinstance(part[0], bool)
        return [n for n, true in enumerate(part) if true] if mask else part

    def grid(x, lists):
        for axis, part in enumerate(lists):
            x = np.take(x, np.array(positions(part), dtype=int), axis=axis)
        return x

    def true_is_one(x, lists):
        return grid(x, [[int(n) for n in part] for part in lists])

    def reversed_axes(x, lists):
        return grid(x, lists).T

    def pairs(x, lists):
        return x[tuple(positions(part) for part in lists)]

    truth = lambda x, lists: x[np.ix_(*lists)]  # noqa: E731 (reads as the law does)
    proved(meshes(), truth, grid, true_is_one, reversed_axes, pairs)


@st.composite
def assignments(draw):
    """Draw an array, an index, and a value whose shape is near that of the result."""
    x = values(draw(hnp.array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=3)))
    rows = st.lists(st.integers(0, 1), unique=True, max_size=2).map(np.array)
    parts = st.just(slice(None)) | rows.map(lambda part: part.astype(int))
    index = draw(st.tuples(parts, parts) | st.tuples(parts) | st.just((0, ...)))
    try:
        shape = list(x[index].shape)
    except IndexError:
        shape = []
    sides = [draw(st.sampled_from([side, side, 1, 2])) for side in shape]
    dropped = draw(st.integers(0, len(sides)))
    front = [1] * draw(st.integers(0, 2))
    shape = draw(st.sampled_from([sides, sides[dropped:], sides[:dropped]]))
    return (
        x,
        index,
        -np.arange(np.prod(front + shape, dtype=int)).reshape(front + shape) - 1,
    )


def test_law_assigned_value_broadcasts():
    def assigned(x, index, value):
        x[index]  # an index that NumPy refuses is no matter of the value
        copy = x.copy()
        try:
            copy[index] = value
        except ValueError:
            return np.append(copy.ravel(), 0)  # refused: as it was
        return copy

    def by(fitted):
        def rule(x, index, value):
            shape = x[index].shape
            places = np.arange(x.size).reshape(x.shape)[index]
            try:
                fitted_value = np.broadcast_to(fitted(value, shape), shape)
            except ValueError:
                return np.append(x.ravel(), 0)
            copy = x.copy()
            for place in np.ndindex(shape):
                copy.flat[places[place]] = fitted_value[place]
            return copy

        return rule

    def leading_ones_dropped(value, shape):
        while value.ndim > len(shape) and value.shape[0] == 1:
            value = value[0]
        return value

    def all_ones_dropped(value, shape):
        return value.squeeze()

    def aligned_at_the_left(value, shape):
        value = leading_ones_dropped(value, shape)
        return value.reshape(value.shape + (1,) * (len(shape) - value.ndim))

    wrong = (lambda value, shape: value, all_ones_dropped, aligned_at_the_left)
    proved(assignments(), assigned, by(leading_ones_dropped), *map(by, wrong))
