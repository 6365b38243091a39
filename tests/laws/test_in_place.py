"""The laws of docs/indexing/in-place.md."""

from functools import partial

import numpy as np

from examples.index_rules import is_single, read_index
from tests.laws.cases import (
    NUMERIC,
    WRITEABLE,
    arrays_and_any_indices,
    arrays_and_pairs,
    changed,
    positions,
    values,
)
from tests.laws.proof import proved


def test_law_augmented_assignment():
    def operator(x, index):
        x[index] -= x.dtype.type(3)

    def three_calls(x, index):
        part = x.__getitem__(index)
        part -= x.dtype.type(3)
        x.__setitem__(index, part)

    def without_the_last(x, index):
        part = x.__getitem__(index)
        part -= x.dtype.type(3)

    def one_by_one(x, index):
        np.subtract.at(x, index, x.dtype.type(3))

    rules = (operator, three_calls, without_the_last, one_by_one)
    cases = arrays_and_any_indices(**NUMERIC) | arrays_and_pairs(**NUMERIC)
    proved(cases, *(partial(changed, change=rule) for rule in rules))


def test_law_reading_copies():
    def shares_memory(x, index):
        result = x[index]
        has_memory = isinstance(result, np.ndarray | np.void) and result.size
        return has_memory and np.shares_memory(x, result)

    def by(is_advanced):
        def rule(x, index):
            result = x[index]
            has_memory = isinstance(result, np.ndarray | np.void) and result.size
            return has_memory and not is_advanced(x, read_index(index))

        return rule

    def has_array(x, entries):
        return any(isinstance(entry, np.ndarray) for entry in entries)

    def has_array_and_is_not_full(x, entries):
        full = len(entries) == x.ndim and all(map(is_single, entries))
        return has_array(x, entries) and not full

    points = values((2,), [("x", "f8"), ("y", "f8")])
    proved(
        arrays_and_any_indices(),
        shares_memory,
        by(has_array_and_is_not_full),
        by(lambda x, entries: False),  # indexing gives a view
        by(lambda x, entries: True),  # indexing copies
        counterexamples={
            "a cell of a structured array": (by(has_array), (points, (np.array(0),)))
        },
    )


def test_law_writing_goes_through():
    def assign(x, index):
        x[index] = np.zeros((), x.dtype)[()]

    def cell_by_cell(x, index):
        for position in np.ravel(positions(x)[index]):
            x.flat[position] = np.zeros((), x.dtype)[()]

    def into_what_was_read(x, index):
        part = x[index]
        if isinstance(part, np.ndarray):
            part[...] = np.zeros((), x.dtype)[()]

    def into_a_copy(x, index):  # as if every index made one
        x.copy()[index] = np.zeros((), x.dtype)[()]

    rules = (assign, cell_by_cell, into_what_was_read, into_a_copy)
    cases = arrays_and_any_indices(layouts=WRITEABLE)
    proved(cases, *(partial(changed, change=rule) for rule in rules))
