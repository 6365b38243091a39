"""The laws of docs/indexing/duplicates.md."""

from functools import partial

import numpy as np
import pytest
from hypothesis import strategies as st

from examples.index_rules import read_index
from tests.laws.cases import (
    NUMBERS,
    NUMERIC,
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


def true(*case):
    """Return what a law that always holds gives."""
    return True


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
def indices_with_values(draw):
    """Draw numbers, an index with cells that may repeat, and values to subtract."""
    options = {"dtypes": (*NUMBERS, "m8[D]", "O"), "layouts": WRITEABLE}
    pairs = arrays_and_pairs(**options)
    x, index = draw(pairs | pairs | arrays_and_any_indices(**options))
    shape = np.shape(x[index])
    if x.ndim > 1 or len(shape) < 2:  # or NumPy may read beyond a shorter value
        shape = shape[draw(st.integers(0, len(shape))) :]
        has_array = any(isinstance(entry, np.ndarray) for entry in read_index(index))
        if has_array and draw(st.integers(0, 3)) == 0:
            shape = 1, *shape  # an error, if the value then has too many axes
    return x, index, values(shape, x.dtype)


def test_law_at_counts_each_mention():
    def by(change):
        def rule(x, index, v):
            return changed(x, index, lambda x, index: change(x, index, v))

        return rule

    def entry_after_entry(x, index, v):
        flat, cells = x.ravel().copy(), positions(x)[index]
        v = np.broadcast_to(v, np.shape(cells))
        for n, value in zip(np.ravel(cells), v.reshape(-1, 1), strict=True):
            flat[n : n + 1] -= value
        x[...] = flat.reshape(x.shape)

    def operator(x, index, v):
        x[index] -= v

    def first_value_for_each_occurrence(x, index, v):
        cells = np.ravel(positions(x)[index])
        v = np.broadcast_to(v, np.shape(x[index])).ravel()
        for n in np.unique(cells):
            flat = v[cells == n]
            x.flat[n : n + 1] -= flat[:1] * len(flat)

    rules = (entry_after_entry, operator, first_value_for_each_occurrence)
    proved(indices_with_values(), by(np.subtract.at), *map(by, rules))


def test_at_reads_beyond_a_value_that_is_shorter_than_its_index():
    index, memory = np.array([[0, 1], [2, 0]]), np.array([1.0, 2, 40, 80])
    v = memory[:2]
    found, right = np.zeros(3), np.zeros(3)
    np.add.at(found, index, v)
    np.add.at(right, index, np.broadcast_to(v, index.shape))
    assert right.tolist() == [3, 2, 1]
    assert found.tolist() == [81, 2, 40]  # NumPy fixed it? Then widen the law.


UFUNCS = sorted({f.__name__ for f in vars(np).values() if isinstance(f, np.ufunc)})


@pytest.mark.parametrize("name", UFUNCS)
def test_a_ufunc_has_at_if_it_has_one_or_two_operands_and_one_result(name):
    ufunc = getattr(np, name)
    fits = ufunc.nin <= 2 and ufunc.nout == 1 and ufunc.signature is None
    x, *others = (np.array([], kind) for kind in ufunc.types[0][: ufunc.nin])
    try:
        ufunc.at(x, np.array([], dtype=int), *others)
    except (TypeError, ValueError):
        assert not fits
    else:
        assert fits


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


def test_law_distinct_in_one_array():
    def distinct(numbers):
        return len(np.unique(numbers)) == np.size(numbers)

    def no_cell_twice_if(condition):
        def rule(x, index):
            cells = positions(x)[index]
            return not condition(x, read_index(index)) or distinct(cells)

        return rule

    def different_positions(x, index):
        parts = np.broadcast_arrays(*index)
        return any(distinct(p % max(n, 1)) for p, n in zip(parts, x.shape, strict=True))

    def different_before_broadcasting(x, index):
        return any(distinct(p % max(n, 1)) for p, n in zip(index, x.shape, strict=True))

    def different_numbers(x, index):
        return any(distinct(part) for part in np.broadcast_arrays(*index))

    conditions = (
        different_positions,
        different_before_broadcasting,
        different_numbers,
        lambda x, index: True,  # no index repeats a cell
    )
    proved(arrays_and_pairs(), true, *map(no_cell_twice_if, conditions))
