"""The laws of docs/indexing/duplicates.md."""

from functools import partial

import numpy as np
import pytest
from hypothesis import strategies as st

from examples.index_rules import read_index
from examples.numerical_gradient import complex_step
from tests.laws.cases import (
    LAYOUTS,
    NUMBERS,
    WRITEABLE,
    arrays,
    arrays_and_any_indices,
    arrays_and_pairs,
    changed,
    integer_arrays,
    positions,
    values,
)
from tests.laws.proof import proved


def true(*case):
    """Return what a law that always holds gives."""
    return True


@st.composite
def indices_with_values(draw):
    """Draw numbers, an index with cells that may repeat, and values to subtract."""
    options = {"dtypes": (*NUMBERS, "m8[D]", "O"), "layouts": WRITEABLE}
    pairs = arrays_and_pairs(**options)
    x, index = draw(pairs | pairs | arrays_and_any_indices(**options))
    shape = np.shape(x[index])
    if x.ndim > 1 or len(shape) < 2:  # or NumPy may read beyond a shorter value
        shape = shape[draw(st.integers(0, len(shape))) :]
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
def labels_with_weights(draw):
    """Draw labels of any integer dtype, a weight for each, and a number of classes."""
    K = draw(st.integers(0, 5))
    count = draw(st.integers(0, 6)) if K else 0
    y = draw(integer_arrays(K, (count,))) % max(K, 1)
    y = y.astype(draw(st.sampled_from(["i1", "u1", ">i4", "u4", np.intp])))
    w = values(
        (count,), draw(st.sampled_from(["?", "i1", "u1", "i8", "u8", "f2", "f4", "f8"]))
    )
    return draw(st.sampled_from(LAYOUTS))(y), w, K


def test_law_bincount_is_add_at():
    def added(y, w, K):
        x = np.zeros(K)
        np.add.at(x, y.astype(np.intp), w)
        return x

    def added_by_a_mask(y, w, K):
        x = np.zeros(K)
        np.add.at(x, y, w)
        return x

    def once(y, w, K):
        x = np.zeros(K)
        x[y] += w
        return x

    flags = np.array([True, False, True]), np.array([1.0, 2.0, 4.0]), 2
    proved(
        labels_with_weights(),
        lambda y, w, K: np.bincount(y, weights=w, minlength=K),
        added,
        once,
        lambda y, w, K: np.bincount(y, weights=w),  # as long as the labels need
        lambda y, w, K: np.bincount(y, minlength=K),
        counterexamples={"labels that are booleans": (added_by_a_mask, flags)},
    )
    proved(
        labels_with_weights(),
        lambda y, w, K: np.bincount(y, minlength=K),
        lambda y, w, K: added(y, np.ones(len(y)), K),
        lambda y, w, K: once(y, np.ones(len(y)), K),
        lambda y, w, K: np.bincount(y),
    )


@st.composite
def texts(draw):
    """Draw a table of word vectors, and tokens that read some of its rows."""
    words = draw(st.integers(1, 4))
    shape = draw(st.sampled_from([(), (1,), (3,), (2, 2), (0,), (1, 3)]))
    tokens = draw(integer_arrays(words, shape))
    return np.linspace(-1, 1, 2 * words).reshape(words, 2), tokens


def test_law_reading_backward_adds():
    def slopes(E, tokens):
        return complex_step(lambda E: (np.sin(E[tokens]) * weights(tokens)).sum(), E)

    def weights(tokens):
        return np.arange(1.0, 2 * tokens.size + 1).reshape(*tokens.shape, 2)

    def by(change):
        def rule(E, tokens):
            dE = np.zeros_like(E)
            change(dE, tokens, np.cos(E[tokens]) * weights(tokens))
            return dE

        return rule

    def operator(dE, tokens, dH):
        dE[tokens] += dH

    def mean(dE, tokens, dH):
        np.add.at(dE, tokens, dH)
        counts = np.bincount(tokens.ravel() % len(dE), minlength=len(dE))
        dE /= np.maximum(counts, 1)[:, None]

    proved(texts(), slopes, by(np.add.at), by(operator), by(mean))


@st.composite
def assignments(draw):
    """Draw an array, and an index and values of two dimensions in any memory order."""
    x = draw(arrays(shapes=st.just((3,)), layouts=WRITEABLE))
    index = draw(integer_arrays(3, (2, 2))) % 3
    v = values((3, 2, 2), x.dtype)[2]
    order = st.sampled_from("CF")
    return x, index.copy(draw(order)), v.copy(draw(order))


def test_law_order_not_promised():
    def is_one_of(chosen):
        def rule(x, index, v):
            after = changed(x, index, partial(assign, v=v))
            return all(
                any(after[n] == value for value in chosen(v[index == n]))
                for n in np.unique(index)
            )

        return rule

    def assign(x, index, v):
        x[index] = v

    given = is_one_of(lambda values: values)
    wrong = is_one_of(lambda values: values[-1:]), is_one_of(lambda values: values[:1])
    proved(assignments(), true, given, *wrong)


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
