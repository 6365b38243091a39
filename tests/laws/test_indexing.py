"""The laws of docs/indexing/index.md."""

import numpy as np
from hypothesis import strategies as st

from tests.laws.cases import values
from tests.laws.proof import proved


@st.composite
def arrays_and_entries(draw):
    """Draw an array and an index of any entries, that selects something."""
    number = st.integers(0, 1)
    entry = st.one_of(
        number,
        number.map(np.int8),
        st.sampled_from([slice(None), slice(1), slice(None, None, -1), None]),
        st.just(True),
        st.lists(number, min_size=1, max_size=1),
        st.builds(range, st.just(1)),
        number.map(np.array),
        number.map(lambda n: np.array([n])),
        st.sampled_from([[True, False], np.array([False, True])]),
    )
    entries = draw(st.lists(entry, max_size=3))
    ndim = sum(entry is not None and entry is not True for entry in entries)
    if draw(st.booleans()):
        entries.insert(draw(st.integers(0, len(entries))), ...)
    ndim += draw(st.integers(0 if ndim else 1, 1))
    return values((2,) * ndim), tuple(entries)


def test_law_basic_or_advanced():
    def what_numpy_gives(x, index):
        result = x[index]
        return not isinstance(result, np.ndarray), np.shares_memory(x, result)

    def said(is_basic, is_one=lambda entry: is_integer(entry) or is_0d(entry)):
        def rule(x, index):
            x[index]  # raises what NumPy raises
            full = len(index) == x.ndim and all(map(is_one, index))
            return full, all(map(is_basic, index)) and not full

        return rule

    def is_integer(entry):
        return isinstance(entry, int | np.integer) and not isinstance(entry, bool)

    def is_0d(entry):
        return isinstance(entry, np.ndarray) and entry.ndim == 0

    def is_basic(entry):
        plain = entry is None or entry is ... or isinstance(entry, slice)
        return plain or is_integer(entry)

    wrong = (
        lambda entry: not isinstance(entry, np.ndarray),  # lists are no arrays
        lambda entry: isinstance(entry, bool) or is_basic(entry),  # True is 1
        lambda entry: is_basic(entry) and not isinstance(entry, np.integer),
        lambda entry: is_basic(entry) and entry is not None,  # newaxis copies
        lambda entry: is_basic(entry) or is_0d(entry),  # a 0-d array gives a view
    )
    never_0d = said(is_basic, is_integer)  # a 0-d array prevents a scalar
    rules = map(said, (is_basic, *wrong))
    proved(arrays_and_entries(), what_numpy_gives, *rules, never_0d)
