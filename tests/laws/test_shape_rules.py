"""The laws of docs/indexing/shape-rules.md."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from examples.index_rules import arrange_axes, find_cells
from tests.laws.cases import positions, values
from tests.laws.proof import proved


@st.composite
def arrays_and_mixed_indices(draw):
    """Draw an array and an index of slices, integers and index arrays that fits it."""
    shape = draw(hnp.array_shapes(min_dims=2, max_dims=4, max_side=4))
    entries = []
    for side in shape:
        numbers = st.integers(-side, side - 1)
        slices = st.builds(slice, st.none() | numbers, st.none() | numbers)
        arrays = hnp.arrays(np.intp, st.sampled_from([2, (2, 1)]), elements=numbers)
        entries.append(draw(slices | arrays | numbers))
    if draw(st.booleans()):
        entries.insert(draw(st.integers(0, len(entries))), None)
    return values(shape), tuple(entries)


def test_law_outer_sum():
    def a_term_for_each_array(x, index):
        before, arrays, after = arrange_axes(x.shape, index)
        steps = {n: np.prod(x.shape[n + 1 :], dtype=int) for n in range(x.ndim)}
        total = 0
        for axis, along in before + arrays + after:
            wrapped = np.mod(along, 1 if axis is None else x.shape[axis])
            total = np.add.outer(total, wrapped * steps.get(axis, 0))
        return total

    def steps_of_fortran(x, index):
        cells = np.unravel_index(find_cells(x.shape, index), x.shape)
        return np.ravel_multi_index(cells, x.shape, order="F")

    proved(
        arrays_and_mixed_indices(),
        lambda x, index: positions(x)[index],
        lambda x, index: find_cells(x.shape, index),
        a_term_for_each_array,
        steps_of_fortran,
    )


def test_law_only_the_shape_decides():
    def from_another_array(x, index):
        other = np.asfortranarray(x.astype("f4"))
        return np.searchsorted(x.ravel(), other[index])

    def in_memory_order(x, index):
        stored = np.asfortranarray(positions(x)).ravel(order="K")
        return stored.reshape(x.shape)[index]

    proved(
        arrays_and_mixed_indices(),
        lambda x, index: positions(x)[index],
        from_another_array,
        in_memory_order,
        lambda x, index: positions(x).reshape(x.shape[::-1])[index],  # the size alone
    )
