"""The laws of docs/indexing/broadcasting.md."""

from operator import getitem

import numpy as np
from hypothesis import strategies as st

from examples.index_rules import is_array, read_index
from tests.laws.cases import (
    arrays,
    arrays_and_any_indices,
    arrays_with_axes,
    index_arrays,
    masks,
    values,
)
from tests.laws.proof import proved

FULL = slice(None)
SMALL = st.sampled_from([(), (1,), (2,), (3,), (0,), (2, 1), (1, 3), (2, 3)])


@st.composite
def matrices_and_arrays_of_any_shape(draw):
    """Draw a matrix, and for each axis an index array, whose shapes may not fit."""
    x = draw(arrays(shapes=st.just((3, 2))))
    return x, tuple(draw(index_arrays(side, draw(SMALL))) for side in x.shape)


def test_law_index_arrays_broadcast():
    def changed(change):
        def rule(x, index):
            entries = read_index(index)
            members = [n for n, entry in enumerate(entries) if is_array(entry)]
            arrays = [np.asarray(entries[n]) for n in members]
            if all(isinstance(entries[n], int) for n in members):
                return x[index]
            for n, array in zip(members, change(arrays), strict=True):
                entries[n] = array
            return x[tuple(entries)]

        return rule

    def stretched(arrays):
        try:
            return np.broadcast_arrays(*arrays)
        except ValueError as error:
            raise IndexError from error

    def aligned_at_the_left(arrays):
        longest = max(a.ndim for a in arrays)
        return [a.reshape(a.shape + (1,) * (longest - a.ndim)) for a in arrays]

    def cut_to_the_shortest(arrays):
        return stretched([a.ravel()[: min(b.size for b in arrays)] for a in arrays])

    def without_reading_them(x, index):
        return x[tuple(stretched(index))]

    kinds = ("integer", "array", "array", "slice", "newaxis", "ellipsis")
    proved(
        arrays_and_any_indices(kinds) | matrices_and_arrays_of_any_shape(),
        getitem,
        changed(stretched),
        changed(aligned_at_the_left),
        changed(lambda arrays: np.ix_(*map(np.ravel, arrays))),
        changed(cut_to_the_shortest),
        counterexamples={
            "an empty list": (without_reading_them, (values((2, 2)), ([], [1])))
        },
    )


@st.composite
def arrays_and_meshes(draw):
    """Draw an array, and for each of its first axes a sequence or a mask."""
    x = draw(arrays_with_axes(2))
    parts = []
    for side in x.shape[: draw(st.integers(2, x.ndim))]:
        if draw(st.booleans()):
            parts.append(draw(masks((draw(st.integers(0, side)),))))
        else:
            count = draw(st.integers(0, 3)) if side else 0
            parts.append(draw(index_arrays(side, (count,))))
    return x, parts


def test_law_ix_gives_a_grid():
    def list_positions(part):
        part = np.asarray(part)
        return np.flatnonzero(part) if part.dtype == bool else part.astype(np.intp)

    def grid(x, parts):
        for axis, part in enumerate(parts):
            x = x[(FULL,) * axis + (list_positions(part),)]
        return x

    def true_is_one(x, parts):
        return grid(x, [np.asarray(part).astype(np.intp) for part in parts])

    def reversed_axes(x, parts):
        return grid(x, parts).T

    def pairs(x, parts):
        return x[tuple(map(list_positions, parts))]

    truth = lambda x, parts: x[np.ix_(*parts)]  # noqa: E731 (reads as the law does)
    proved(arrays_and_meshes(), truth, grid, true_is_one, reversed_axes, pairs)
