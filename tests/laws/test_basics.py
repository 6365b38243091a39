"""The laws of docs/indexing/basics.md."""

from operator import getitem

import numpy as np
from hypothesis import strategies as st

from examples.index_rules import (
    INTP,
    count_axes,
    is_array,
    is_mask,
    is_single,
    read_index,
)
from examples.index_sample import Index
from tests.laws.cases import (
    BASIC,
    POINTS,
    arrays,
    arrays_and_any_indices,
    arrays_with_axes,
    describe_result,
    integer_forms,
    integers,
    is_basic,
    predict_result,
)
from tests.laws.proof import proved

FULL = slice(None)
ENDS = st.one_of(
    st.none(),
    st.integers(-9, 9),
    st.builds(Index, st.integers(-9, 9)),
    st.builds(np.int8, st.integers(-9, 9)),
    st.sampled_from([-(2**70), 2**70]),
)
SLICES = st.builds(slice, ENDS, ENDS, st.sampled_from([None, -3, -2, -1, 1, 2, 3]))


def test_law_basic_index_is_a_view():
    proved(
        arrays_and_any_indices(BASIC) | arrays_and_any_indices(),
        describe_result,
        predict_result(),
        predict_result(lambda entry: isinstance(entry, slice)),  # slices alone
        predict_result(lambda entry: True),  # no index copies
        lambda x, index: "view" if x[index].ndim else "cell",
    )


@st.composite
def arrays_and_integers(draw):
    """Draw an array, one of its axes, and an integer that need not be in bounds."""
    x = draw(arrays_with_axes(1))
    axis = draw(st.integers(0, x.ndim - 1))
    wide = st.sampled_from([INTP.min, INTP.max, INTP.max + 1])
    i = draw(st.integers(-x.shape[axis] - 1, x.shape[axis]) | wide)
    return (
        x,
        axis,
        draw(st.sampled_from(integer_forms(i)) if i <= INTP.max else st.just(i)),
    )


def test_law_integer_removes_its_axis():
    def at(position):
        def rule(x, axis, i):
            i = position(int(np.intp(int(i))), x.shape[axis])
            return np.take(np.asarray(x), [i], axis=axis).squeeze(axis)

        return rule

    def wraps_once(i, n):
        if not -n <= i < n:
            raise IndexError
        return i + n if i < 0 else i

    def kept(x, axis, i):
        return at(wraps_once)(x, axis, i)[(FULL,) * axis + (None,)]

    def any_other_raises_index_error(x, axis, i):
        n = x.shape[axis]
        return x[(FULL,) * axis + (wraps_once(int(i), n),)]

    x = np.arange(3)
    proved(
        arrays_and_integers(),
        lambda x, axis, i: x[(FULL,) * axis + (i,)],
        at(wraps_once),
        at(lambda i, n: i % n),  # it wraps as often as needed
        at(lambda i, n: min(max(i, 0), n - 1)),  # it is clipped
        kept,
        counterexamples={
            "an integer beyond intp": (any_other_raises_index_error, (x, 0, 2**63))
        },
    )


@st.composite
def arrays_and_slices(draw, steps=None):
    """Draw an array, and a slice of its first axis that may reach beyond it."""
    return draw(arrays_with_axes(1) | arrays(shapes=st.just((300,)))), draw(SLICES)


def put_on_axis(part, n):
    """Put the ends of a slice on an axis of length n, by the words of the law."""
    step = 1 if part.step is None else part.step
    low, high = (0, n) if step > 0 else (-1, n - 1)

    def put(end, missing):
        if end is None:
            return missing
        end = int(end)
        return min(max(end + n * (end < 0), low), high)

    missing = (low, high) if step > 0 else (high, low)
    return put(part.start, missing[0]), put(part.stop, missing[1]), step


def test_law_slice_ends_are_clipped():
    def by(ends):
        return lambda x, part: x[np.arange(*ends(part, len(x)), dtype=np.intp)]

    def wraps(part, n):
        ends = (part.start, part.stop)
        ends = [e if e is None else int(e) % max(n, 1) for e in ends]
        return slice(*ends, part.step).indices(n)

    def forward_range_for_both(part, n):
        start, stop, step = part.indices(n)
        return max(start, 0), max(stop, 0), step

    indices_of_python = by(lambda part, n: part.indices(n))
    wrong = by(wraps), by(forward_range_for_both)
    proved(arrays_and_slices(), getitem, indices_of_python, *wrong)
    proved(arrays_and_slices(), getitem, by(put_on_axis), *wrong)


def test_law_slice_keeps_its_axis():
    def stepped(x, part, inclusive=False):
        start, stop, step = put_on_axis(part, len(x))
        if step == 0:
            raise ValueError
        stop += inclusive * (1 if step > 0 else -1)
        chosen = []
        while start < stop if step > 0 else start > stop:
            chosen.append(start)
            start += step
        return x[chosen] if chosen else x[:0]

    def with_steps(case):
        x, part = case
        steps = st.integers(-3, 3)
        return st.builds(lambda step: (x, slice(part.start, part.stop, step)), steps)

    proved(
        arrays_and_slices().flatmap(with_steps),
        getitem,
        stepped,
        lambda x, part: stepped(x, part, inclusive=True),
        lambda x, part: stepped(x, slice(part.start, part.stop, abs(part.step))),
        lambda x, part: np.squeeze(stepped(x, part)),  # one position: no axis
    )


@st.composite
def arrays_and_ellipses(draw):
    """Draw an array, and an index that ends in an Ellipsis or has one or two."""
    x, index = draw(arrays_and_any_indices())
    more = draw(st.sampled_from([(), (...,)]))
    return x, (*index, *more)


def group_first(result, entries):
    """Move the axes of the group to the front, if its entries are adjacent."""
    members = [n for n, entry in enumerate(entries) if is_array(entry)]
    if members != list(range(members[0], members[-1] + 1)):
        return result  # they are there
    group = [entries[n] for n in members]
    shapes = [(np.count_nonzero(e),) if is_mask(e) else np.shape(e) for e in group]
    before = sum(not is_array(entry) for entry in entries[: members[0]])
    axes = range(len(np.broadcast_shapes(*shapes)))
    return np.moveaxis(result, [before + axis for axis in axes], list(axes))


def test_law_ellipsis_fills_up():
    def filled(at, separates=group_first):
        def rule(x, index):
            entries = read_index(index)
            left = x.ndim - sum(map(count_axes, entries))
            where = [n for n, entry in enumerate(entries) if entry is Ellipsis]
            entries = [entry for entry in entries if entry is not Ellipsis]
            place = at(where[0] if where else None, len(entries))
            before, after = entries[:place], entries[place:]
            result = x[(*before, *[FULL] * left, *after)]
            between = any(map(is_array, before)) and any(map(is_array, after))
            if left or not between or all(map(is_basic, entries)):
                return result
            return separates(result, entries)

        return rule

    def here(place, end):
        return end if place is None else place

    matrix = np.arange(12).reshape(3, 4)
    proved(
        arrays_and_ellipses(),
        getitem,
        filled(here),
        filled(lambda place, end: end),  # always at the end
        filled(lambda place, end: place or 0),  # at the front if it is missing
        counterexamples={
            "an Ellipsis for no axis between two index arrays": (
                filled(here, separates=lambda result, entries: result),
                (np.stack([matrix] * 2), (FULL, [0, 1], ..., [1, 1])),
            )
        },
    )


def test_law_newaxis_adds_an_axis():
    def expanded(at):
        def rule(x, index):
            kept = tuple(entry for entry in index if entry is not None)
            before = [at(index, n) for n, e in enumerate(index) if e is None]
            axes = tuple(n + k for k, n in enumerate(before))
            return np.expand_dims(x[kept], axes)

        return rule

    def count_slices_before(index, n):
        return sum(isinstance(entry, slice) for entry in index[:n])

    def count_entries_before(index, n):
        return sum(entry is not None for entry in index[:n])

    proved(
        arrays_and_any_indices(("integer", "slice", "newaxis")),
        getitem,
        expanded(count_slices_before),
        expanded(count_entries_before),  # an integer gives an axis too
        expanded(lambda index, n: 0),  # always at the front
    )


def test_law_basic_entries_are_independent():
    def one_at_a_time(order):
        def rule(x, index):
            axes = np.cumsum([0] + [entry is not None for entry in index])
            for n in order(range(len(index))):
                x = x[(*[FULL] * axes[n], index[n], ...)]
            return x

        return rule

    def all_on_the_first(x, index):
        for part in index:
            x = x[part, ...]
        return x

    proved(
        arrays_and_any_indices(("integer", "slice", "newaxis")),
        getitem,
        one_at_a_time(reversed),  # the last first: no axis is gone yet
        one_at_a_time(list),  # an integer moves the axes after it
        all_on_the_first,
    )


@st.composite
def arrays_and_cells(draw):
    """Draw an array, and one integer for each axis, alone or with another entry."""
    x = draw(arrays_with_axes(0).filter(lambda x: x.size))
    index = [draw(integers(side) | st.just(0)) for side in x.shape]
    index = index[: draw(st.sampled_from([x.ndim, x.ndim, x.ndim - 1, None]))]
    return x, (*index, *draw(st.sampled_from([(), (), (...,), (None,)])))


def test_law_all_integers_give_a_scalar():
    def what_numpy_gives(x, index):
        result = x[index]
        if isinstance(result, np.ndarray | np.generic):
            name = "array" if isinstance(result, np.ndarray) else "scalar"
            return name + (" view" if np.shares_memory(x, result) else "")
        return "string" if isinstance(result, str) else "stored object"

    def what_a_cell_gives(x):
        kinds = {"V": "scalar view", "O": "stored object", "T": "string"}
        return kinds.get(x.dtype.kind, "scalar")

    def by(cell, is_full):
        return lambda x, index: cell(x) if is_full(x, index) else "array view"

    def integers_alone(x, index):
        return len(index) == x.ndim and all(map(is_single, read_index(index)))

    def integers_and_more(x, index):
        return sum(map(is_array, read_index(index))) == x.ndim

    scalar = by(lambda x: "scalar", integers_alone)
    proved(
        arrays_and_cells(),
        what_numpy_gives,
        by(what_a_cell_gives, integers_alone),
        by(what_a_cell_gives, integers_and_more),
        by(what_a_cell_gives, lambda x, index: False),  # always a view
        counterexamples={
            "a structured array": (scalar, (POINTS, (0,))),
            "an array of objects": (scalar, (np.array([1, "a"], object), (0,))),
        },
    )
