"""The laws of docs/indexing/in-place.md."""

from functools import partial

import numpy as np
from hypothesis import strategies as st

from examples.index_rules import is_single, read_index
from tests.laws.cases import (
    NUMBERS,
    WRITEABLE,
    arrays,
    arrays_and_any_indices,
    arrays_and_pairs,
    changed,
    index_arrays,
    positions,
    values,
)
from tests.laws.proof import proved

NUMERIC = {"dtypes": (*NUMBERS, "O"), "layouts": WRITEABLE}


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


def test_law_repeated_cell_counts_once():
    def operator(x, index):
        x[index] -= x.dtype.type(3)

    def each_cell_once(x, index):
        flat = positions(x)[index].ravel()
        for position in set(flat.tolist()):
            x.flat[position : position + 1] -= x.dtype.type(3)

    def each_occurrence(x, index):
        np.subtract.at(x, index, x.dtype.type(3))

    def only_single_occurrences(x, index):
        found, counts = np.unique(positions(x)[index], return_counts=True)
        x.flat[found[counts == 1]] -= x.dtype.type(3)

    rules = (operator, each_cell_once, each_occurrence, only_single_occurrences)
    cases = arrays_and_pairs(**NUMERIC)
    proved(cases, *(partial(changed, change=rule) for rule in rules))

    def keeps_one(of):
        def rule(x, index):
            cells = positions(x)[index]
            v = values(cells.shape, x.dtype)
            results = np.asarray(x[index] - v)

            def subtract(x, index):
                x[index] -= v

            after = changed(x, index, subtract).flat
            return all(after[n] in of(results[cells == n]) for n in np.unique(cells))

        return rule

    wrong = keeps_one(lambda results: results[:1]), keeps_one(np.cumsum)
    proved(cases, lambda x, index: True, keeps_one(lambda results: results), *wrong)


@st.composite
def labelled_rows(draw):
    """Draw a matrix of numbers, and a label for each of its first rows."""
    x = draw(arrays(shapes=st.tuples(st.integers(1, 6), st.integers(1, 4)), **NUMERIC))
    m = draw(st.integers(0, len(x)))
    return x, (range(m), draw(index_arrays(x.shape[1], (m,))))


def test_law_distinct_rows():
    def operator(x, index):
        x[index] -= x.dtype.type(1)

    def row_by_row(x, index):
        for cell in zip(*read_index(index), strict=True):
            x[cell] -= x.dtype.type(1)

    def each_label_once(x, index):
        rows, y = read_index(index)
        _, first = np.unique(y, return_index=True)
        x[rows[first], y[first]] -= x.dtype.type(1)

    def whole_columns(x, index):
        x[:, index[1]] -= x.dtype.type(1)

    rules = (operator, row_by_row, each_label_once, whole_columns)
    proved(labelled_rows(), *(partial(changed, change=rule) for rule in rules))
