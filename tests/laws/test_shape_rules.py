"""The laws of docs/indexing/shape-rules.md."""

from functools import reduce
from math import prod

import numpy as np

from examples.index_rules import (
    arrange_axes,
    broadcast_shape,
    find_cells,
    is_single,
    read_index,
    result_shape,
)
from tests.laws.cases import arrays_and_any_indices, positions
from tests.laws.proof import proved


def test_law_outer_sum():
    def sum_of_terms(x, index, shared=True):
        steps = {n: prod(x.shape[n + 1 :]) for n in range(x.ndim)}

        def find_term(part):
            axis, along = part[0], np.asarray(part[1], dtype=np.intp)
            size = 1 if axis is None else x.shape[axis]
            return np.where(along < 0, along + size, along) * steps.get(axis, 0)

        before, arrays, after = arrange_axes(x.shape, index)
        group = [find_term(part) for part in arrays]
        if shared:
            zeros = np.zeros(broadcast_shape(x.shape, arrays), dtype=np.intp)
            group = [sum(group, zeros)]
        before, after = map(find_term, before), map(find_term, after)
        return np.asarray(reduce(np.add.outer, [0, *before, *group, *after]))

    def steps_of_fortran(x, index):
        cells = np.unravel_index(find_cells(x.shape, index), x.shape)
        return np.ravel_multi_index(cells, x.shape, order="F")

    proved(
        arrays_and_any_indices(),
        lambda x, index: positions(x)[index],
        sum_of_terms,
        lambda x, index: sum_of_terms(x, index, shared=False),
        lambda x, index: find_cells(x.shape[::-1], index),
    )


def test_law_only_the_shape_decides():
    def at_the_positions(x, index):
        return x.ravel()[positions(x)[index]]

    def in_memory_order(x, index):
        return np.asfortranarray(x).ravel(order="K")[positions(x)[index]]

    proved(
        arrays_and_any_indices(),
        lambda x, index: x[index],
        at_the_positions,
        in_memory_order,
        lambda x, index: x.ravel()[positions(x).reshape(x.shape[::-1])[index]],
    )

    def shape_without_cells(x, index):
        return result_shape(x.shape, index)

    def shape_of_the_result(x, index):
        full = len(index) == x.ndim and all(map(is_single, read_index(index)))
        if full and x.dtype == object:
            return np.shape(x[(*index, ...)].item())  # the stored object
        return result_shape(x.shape, index)

    stored = np.empty(2, dtype=object)
    stored[0] = np.zeros(3)
    proved(
        arrays_and_any_indices(),
        lambda x, index: np.shape(x[index]),
        shape_of_the_result,
        lambda x, index: result_shape(x.shape[::-1], index),
        lambda x, index: result_shape((*x.shape, 1), index),
        counterexamples={
            "an array in an array of objects": (shape_without_cells, (stored, (0,)))
        },
    )
