"""The laws of docs/indexing/basics.md."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tests.laws.cases import values
from tests.laws.proof import proved

ENDS = st.none() | st.integers(-9, 9)
SLICES = st.builds(slice, ENDS, ENDS, st.sampled_from([None, -3, -2, -1, 1, 2, 3]))


def read(x, index):
    """Return what NumPy selects."""
    return x[index]


@st.composite
def basic(draw, extras=(None, Ellipsis)):
    """Draw an array and a basic index that fits it, with extras at any place."""
    shape = draw(hnp.array_shapes(min_dims=1, max_dims=3, max_side=4))
    index = [
        draw(st.integers(-side, side - 1) | SLICES)
        for side in shape[: draw(st.integers(0, len(shape)))]
    ]
    for extra in draw(st.lists(st.sampled_from(extras), max_size=2)):
        if extra is None or not any(entry is Ellipsis for entry in index):
            index.insert(draw(st.integers(0, len(index))), extra)
    return values(shape).copy(), tuple(index)


@st.composite
def one_axis(draw):
    """Draw a vector and a slice, its ends beyond the vector or not."""
    return values((draw(st.integers(0, 5)),)), draw(SLICES)


def is_view(x, index):
    """Tell whether the result is a view, even if it is empty."""
    return getattr(x[index], "base", None) is x


def spoilt(entry):
    """Return a function that adds an entry to the index of a case."""
    return lambda case: (case[0], (*case[1], entry))


def test_law_basic_index_is_a_view():
    plain = basic(extras=[None])
    cases = plain | plain.filter(room_for_one).map(spoilt([0]))
    cases = cases | plain.map(spoilt(True)) | plain.map(spoilt(...))

    def all_basic(x, index):
        kinds = (int, slice, type(None), type(Ellipsis))
        scalar = len(index) == x.ndim and all(isinstance(e, int) for e in index)
        return not scalar and all(isinstance(e, kinds) and e is not True for e in index)

    def slices_alone(x, index):
        return all(isinstance(entry, slice) for entry in index)

    def any_slice(x, index):
        return any(isinstance(entry, slice) for entry in index)

    proved(cases, is_view, all_basic, slices_alone, any_slice)


def fits(case):
    """Tell whether the index has no more entries than the array has axes."""
    return len(case[1]) <= case[0].ndim


def room_for_one(case):
    """Tell whether the index leaves an axis for one more entry."""
    x, index = case
    return sum(entry is not None for entry in index) < x.ndim


def test_law_index_is_a_tuple():
    shapes = hnp.array_shapes(min_dims=2, max_dims=3, min_side=2, max_side=3)
    pairs = st.tuples(shapes.map(values), st.tuples(*[st.integers(0, 1)] * 2))
    proved(
        pairs,
        lambda x, pair: x[pair[0], pair[1]],
        read,
        lambda x, pair: x[list(pair)],  # any sequence will do
        lambda x, pair: x[pair[0]],  # what follows the first is ignored
    )
    proved(
        pairs,
        lambda x, pair: x[list(pair)],
        lambda x, pair: np.stack([x[i] for i in pair]),
        read,  # any sequence is a tuple
        lambda x, pair: x[pair[0] : pair[1] + 1],
    )


def test_law_integer_removes_its_axis():
    def at(position):
        def rule(x, axis, i):
            n = x.shape[axis]
            return np.take(x, [position(i, n)], axis=axis).squeeze(axis)

        return rule

    def wraps_once(i, n):
        if not -n <= i < n:
            raise IndexError
        return i + n if i < 0 else i

    def kept(x, axis, i):
        return np.take(x, [wraps_once(i, x.shape[axis])], axis=axis)

    cases = st.tuples(
        hnp.array_shapes(min_dims=2, max_dims=3, max_side=3).map(values),
        st.integers(0, 1),
        st.integers(-7, 6),
    )
    proved(
        cases,
        lambda x, axis, i: x[(slice(None),) * axis + (i,)],
        at(wraps_once),
        at(lambda i, n: i % n),  # it wraps as often as needed
        at(lambda i, n: min(max(i, 0), n - 1)),  # it is clipped
        kept,
    )


def resolved(part, n):
    """Put the ends of a slice on an axis of length n, as the law says."""
    step = 1 if part.step is None else part.step
    low, high = (0, n) if step > 0 else (-1, n - 1)

    def put(end, missing):
        return missing if end is None else min(max(end + n * (end < 0), low), high)

    missing = (low, high) if step > 0 else (high, low)
    return put(part.start, missing[0]), put(part.stop, missing[1]), step


def test_law_slice_ends_are_clipped():
    def by(ends):
        return lambda x, part: x[list(range(*ends(part, len(x))))]

    def wraps(part, n):
        ends = [
            end if end is None else end % max(n, 1) for end in (part.start, part.stop)
        ]
        return resolved(slice(*ends, part.step), n)

    def forward_range_for_both(part, n):
        start, stop, step = resolved(part, n)
        return max(start, 0), max(stop, 0), step

    proved(one_axis(), read, by(resolved), by(wraps), by(forward_range_for_both))


def test_law_slice_keeps_its_axis():
    def stepped(x, part, inclusive=False):
        start, stop, step = resolved(part, len(x))
        if step == 0:
            raise ValueError
        stop += inclusive * (1 if step > 0 else -1)
        chosen = []
        while start < stop if step > 0 else start > stop:
            chosen.append(start)
            start += step
        return x[chosen] if chosen else x[:0]

    steps = st.integers(-3, 3)
    cases = st.tuples(
        st.integers(1, 5).map(lambda n: values((n,))),
        st.builds(slice, ENDS, ENDS, steps),
    )
    proved(
        cases,
        read,
        stepped,
        lambda x, part: stepped(x, part, inclusive=True),
        lambda x, part: stepped(x, slice(part.start, part.stop, abs(part.step))),
        lambda x, part: np.squeeze(stepped(x, part)),  # one position: no axis
    )


def test_law_ellipsis_fills_up():
    def filled(where):
        def rule(x, index):
            entries = list(index)
            if sum(entry is Ellipsis for entry in entries) > 1:
                raise IndexError
            free = x.ndim - sum(e is not None and e is not Ellipsis for e in entries)
            place = next((n for n, e in enumerate(entries) if e is Ellipsis), None)
            if place is not None:
                del entries[place]
            place = where(place, len(entries))
            entries[place:place] = [slice(None)] * free
            return x[tuple(entries)]

        return rule

    def here(place, end):
        return end if place is None else place

    twice = basic().map(lambda case: (case[0], (..., *case[1][:1], ...)))
    proved(
        basic() | twice,
        read,
        filled(here),
        filled(lambda place, end: end),  # always at the end
        filled(lambda place, end: place or 0),  # at the front if it is missing
    )


def test_law_newaxis_adds_an_axis():
    def expanded(at):
        def rule(x, index):
            kept = tuple(entry for entry in index if entry is not None)
            before = [at(index, n) for n, e in enumerate(index) if e is None]
            return np.expand_dims(x[kept], tuple(n + k for k, n in enumerate(before)))

        return rule

    def axes_given_before(index, n):
        return sum(isinstance(entry, slice) for entry in index[:n])

    def entries_before(index, n):
        return sum(entry is not None for entry in index[:n])

    proved(
        basic(extras=(None,)),
        read,
        expanded(axes_given_before),
        expanded(entries_before),  # an integer gives an axis too
        expanded(lambda index, n: 0),  # always at the front
    )


def test_law_basic_entries_are_independent():
    def one_at_a_time(order):
        def rule(x, index):
            for axis in order(range(len(index))):
                x = x[(slice(None),) * axis + (index[axis],)]
            return x

        return rule

    def all_on_the_first(x, index):
        for part in index:
            x = x[part]
        return x

    proved(
        basic(extras=[slice(None)]).filter(fits),
        read,
        one_at_a_time(reversed),  # the last first: no axis is gone yet
        one_at_a_time(list),  # an integer moves the axes after it
        all_on_the_first,
    )


def test_law_all_integers_give_a_scalar():
    def kind(x, index):
        result = x[index]
        return [isinstance(result, np.generic), np.shares_memory(x, result)]

    def scalar_without_ellipsis(x, index):
        full = sum(isinstance(entry, int) for entry in index) == x.ndim
        scalar = full and len(index) == x.ndim
        return [scalar, not scalar]

    @st.composite
    def cells(draw):
        x = values(draw(hnp.array_shapes(max_dims=3, max_side=3)))
        index = [draw(st.integers(-n, n - 1)) for n in x.shape]
        extra = draw(st.sampled_from([[], [...], [None]]))
        fewer = index[: draw(st.integers(max(len(index) - 1, 0), len(index)))]
        return x, (*fewer, *extra)

    proved(
        cells(),
        kind,
        scalar_without_ellipsis,
        lambda x, index: [x[index].ndim == 0, x[index].ndim > 0],
        lambda x, index: [False, True],  # always a view
    )
