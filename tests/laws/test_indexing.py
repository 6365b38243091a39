"""The laws of docs/indexing/index.md."""

from operator import getitem

import numpy as np
from hypothesis import strategies as st

from examples.index_rules import is_mask
from tests.laws.cases import (
    POINTS,
    arrays,
    arrays_and_any_indices,
    arrays_with_axes,
    describe_result,
    indices,
    integers,
    is_basic,
    predict_result,
)
from tests.laws.proof import proved


def test_law_basic_or_advanced():
    def is_0d(entry):
        return isinstance(entry, np.ndarray) and entry.ndim == 0

    never_0d = predict_result(is_single=lambda entry: isinstance(entry, int))
    wrong = (
        predict_result(lambda entry: is_basic(entry) and entry is not None),
        predict_result(lambda entry: is_basic(entry) or is_mask(entry)),
        predict_result(lambda entry: is_basic(entry) or is_0d(entry)),
        never_0d,
    )
    proved(
        arrays_and_any_indices() | arrays_and_any_indices(("integer", "array")),
        describe_result,
        predict_result(),
        *wrong,
        counterexamples={
            "an index array of shape () for every axis": (
                never_0d,
                (POINTS, (np.array(0),)),
            )
        },
    )


@st.composite
def arrays_and_two_integers(draw):
    """Draw an array with two positions that fit its first two axes."""
    x = draw(arrays_with_axes(2).filter(lambda x: 0 not in x.shape[:2]))
    side = min(x.shape[:2])
    return x, (draw(integers(side)), draw(integers(side)))


@st.composite
def arrays_and_entries(draw):
    """Draw an array and one entry that is no tuple."""
    x = draw(arrays())
    return x, draw(indices(x.shape).filter(holds_one_entry))[0]


def holds_one_entry(index):
    """Tell whether an index holds one entry, which is no tuple."""
    return len(index) == 1 and not isinstance(index[0], tuple)


def test_law_index_is_a_tuple():
    proved(
        arrays_and_two_integers(),
        lambda x, pair: x[pair[0], pair[1]],
        getitem,
        lambda x, pair: x[list(pair)],  # any sequence will do
        lambda x, pair: x[pair[0]],  # what follows the first is ignored
    )
    proved(
        arrays_and_two_integers(),
        lambda x, pair: x[list(map(int, pair))],
        lambda x, pair: np.stack([x[i] for i in pair]),
        getitem,  # any sequence is a tuple
        lambda x, pair: x[pair[0] : int(pair[1]) + 1],
    )

    def alone(x, entry):
        if isinstance(entry, str):  # the name of a field
            raise IndexError
        return x[entry]

    def as_tuple(kind):
        def rule(x, entry):
            whole = isinstance(entry, kind) and np.ndim(entry)
            return x[tuple(entry) if whole else entry]

        return rule

    proved(
        arrays_and_entries(),
        lambda x, entry: x[(entry,)],
        alone,
        as_tuple(list),
        as_tuple(np.ndarray),
        counterexamples={"the name of a field": (getitem, (POINTS, "x"))},
    )


@st.composite
def arrays_and_mixed_lists(draw):
    """Draw an array, and a list of booleans and positions on its first axis."""
    x = draw(arrays_with_axes(1).filter(lambda x: 2 <= len(x) < 300))
    entry = st.booleans() | st.builds(np.bool_, st.booleans()) | integers(len(x))
    entry = entry.filter(lambda i: not isinstance(i, np.uint64))  # next to int: a float
    fewest = draw(st.sampled_from([1, len(x)]))
    return x, draw(st.lists(entry, min_size=fewest, max_size=len(x)))


def test_law_true_is_one_among_integers():
    def is_boolean(i):
        return isinstance(i, bool | np.bool_)

    def positions_of_true(x, index):
        if len(index) != len(x):
            raise IndexError
        return x[[n for n, i in enumerate(index) if i]]

    def by(convert):
        def rule(x, index):
            if all(map(is_boolean, index)):
                return positions_of_true(x, index)
            return x[convert(index)]

        return rule

    def as_integers(index):
        return [int(i) if is_boolean(i) else i for i in index]

    def without_booleans(index):
        return [i for i in index if not is_boolean(i)]

    def own_positions(index):
        return [n if is_boolean(i) else i for n, i in enumerate(index)]

    proved(
        arrays_and_mixed_lists(),
        getitem,
        by(as_integers),
        by(without_booleans),
        by(own_positions),
        lambda x, index: x[as_integers(index)],  # also if all are booleans
        positions_of_true,  # a mask, whatever is in the list
    )
