"""The laws of docs/indexing/assigning-values.md."""

from math import prod

import numpy as np
from hypothesis import strategies as st

from examples.index_rules import is_whole_mask, read_index
from tests.laws.cases import (
    WRITEABLE,
    arrays_and_any_indices,
    positions,
    values,
)
from tests.laws.proof import proved


@st.composite
def assignments(draw):
    """Draw an array, an index of distinct cells, and a value that nearly fits them."""
    cases = arrays_and_any_indices(layouts=WRITEABLE)
    x, index = draw(cases.filter(selects_distinct_cells))
    shape = x[index].shape
    sides = [draw(st.sampled_from([side, side, side, 1, 2])) for side in shape]
    dropped = draw(st.integers(0, len(sides)))
    front = [1] * draw(st.integers(0, 2))
    sides = draw(st.sampled_from([sides, sides[dropped:], sides[:dropped]]))
    sides = (*front, *sides)
    return x, index, values((prod(sides),), x.dtype)[::-1].reshape(sides)


def selects_distinct_cells(case):
    """Tell whether an index gives axes, names no cell twice and is no whole mask."""
    x, index = case
    cells = positions(x)[index]
    if not np.ndim(cells) or is_whole_mask(x.shape, read_index(index)):
        return False
    return len(np.unique(cells)) == cells.size


def test_law_assigned_value_broadcasts():
    def assigned(x, index, value):
        copy = x.copy()
        try:
            copy[index] = value
        except ValueError:
            assert np.array_equal(copy, x)
            raise
        return copy

    def by(fitted):
        def rule(x, index, value):
            cells = positions(x)[index]
            values = np.broadcast_to(fitted(value, cells.shape), cells.shape)
            copy = x.copy()
            for cell, value in zip(cells.flat, values.flat, strict=True):
                copy.flat[cell] = value
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
