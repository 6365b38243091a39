"""The laws of docs/indexing/duplicates.md."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from examples.numerical_gradient import complex_step
from tests.laws.cases import arrays_and_indices, positions, values
from tests.laws.proof import proved


@st.composite
def indices_with_values(draw):
    """Draw a row or a matrix, cells of it, and a value for each or for all."""
    x = values(draw(st.sampled_from([(3,), (2, 2)])))
    count = draw(st.integers(0, 4))
    cells = st.lists(st.integers(-2, 1), min_size=count, max_size=count)
    v = st.integers(0, 3)
    v = st.one_of(v, st.lists(v, min_size=count, max_size=count))
    return x, tuple(np.array(draw(cells), int) for _ in x.shape), np.array(draw(v), int)


@st.composite
def labels_with_weights(draw):
    """Draw labels, a weight for each, and the number of classes."""
    K = draw(st.integers(1, 5))
    y = draw(st.lists(st.integers(0, K - 1), max_size=6))
    return np.array(y, dtype=int), np.arange(1.0, len(y) + 1), K


@st.composite
def texts(draw):
    """Draw a table of word vectors, and tokens that read some of its rows."""
    words = draw(st.integers(1, 4))
    shape = draw(hnp.array_shapes(min_dims=1, max_dims=2, max_side=3))
    tokens = draw(hnp.arrays(int, shape, elements=st.integers(0, words - 1)))
    return np.linspace(-1, 1, 2 * words).reshape(words, 2), tokens


@st.composite
def assignments(draw):
    """Draw an index in two dimensions with a value for each entry, in any order."""
    index = draw(hnp.arrays(int, (2, 2), elements=st.integers(0, 2)))
    v = positions(index) + 1
    order = st.sampled_from("CF")
    return np.array(index, order=draw(order)), np.array(v, order=draw(order))


def true(*case):
    return True


def test_law_at_counts_each_mention():
    def at(x, index, v):
        np.subtract.at(x := x.copy(), index, v)
        return x

    def entry_after_entry(x, index, v):
        x, cells = x.copy(), positions(x)[index]
        for place in np.ndindex(cells.shape):
            x.flat[cells[place]] -= np.broadcast_to(v, cells.shape)[place]
        return x

    def operator(x, index, v):
        x = x.copy()
        x[index] -= v
        return x

    def first_value_for_each_mention(x, index, v):
        x, cells = x.copy(), positions(x)[index].ravel()
        found, first, counts = np.unique(cells, return_index=True, return_counts=True)
        v = np.broadcast_to(v, x[index].shape).ravel()
        x.flat[found] -= counts * v[first]
        return x

    wrong = (operator, first_value_for_each_mention)
    proved(indices_with_values(), at, entry_after_entry, *wrong)


def test_law_bincount_is_add_at():
    def added(y, w, K):
        x = np.zeros(K)
        np.add.at(x, y, w)
        return x

    def once(y, w, K):
        x = np.zeros(K)
        x[y] += w
        return x

    proved(
        labels_with_weights(),
        lambda y, w, K: np.bincount(y, weights=w, minlength=K),
        added,
        once,
        lambda y, w, K: np.bincount(y, weights=w),  # as long as the labels need
        lambda y, w, K: np.bincount(y, minlength=K),
    )


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
        dE /= np.maximum(np.bincount(tokens.ravel(), minlength=len(dE)), 1)[:, None]

    proved(texts(), slopes, by(np.add.at), by(operator), by(mean))


def test_law_order_not_promised():
    def assigned(index, v):
        x = np.zeros(3, dtype=int)
        x[index] = v
        return x

    def one_of_the_given(index, v):
        x = assigned(index, v)
        return all(x[cell] in v[index == cell] for cell in np.unique(index))

    def the_last(index, v):
        x = assigned(index, v)
        return all(x[cell] == v[index == cell][-1] for cell in np.unique(index))

    def the_first(index, v):
        x = assigned(index, v)
        return all(x[cell] == v[index == cell][0] for cell in np.unique(index))

    proved(assignments(), true, one_of_the_given, the_last, the_first)


def test_law_distinct_in_one_array():
    def distinct(numbers):
        return len(np.unique(numbers)) == np.size(numbers)

    def no_cell_twice_if(condition):
        def rule(x, index):
            cells = positions(x)[index]
            return not condition(x, index) or distinct(cells)

        return rule

    def different_positions(x, index):
        parts = np.broadcast_arrays(*index)
        return any(distinct(p % side) for p, side in zip(parts, x.shape, strict=True))

    def different_before_broadcasting(x, index):
        return any(distinct(p % side) for p, side in zip(index, x.shape, strict=True))

    def different_numbers(x, index):
        return any(distinct(part) for part in np.broadcast_arrays(*index))

    conditions = (
        different_positions,
        different_before_broadcasting,
        different_numbers,
        lambda x, index: True,  # no index repeats a cell
    )
    proved(arrays_and_indices(), true, *map(no_cell_twice_if, conditions))
