"""The laws of docs/indexing/mixed.md."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tests.laws.cases import values
from tests.laws.proof import proved


@st.composite
def mixtures(draw, integers=True, arrays=2, least=1):
    """Draw an array and an index with one or two arrays, and any other entries."""
    shape = draw(hnp.array_shapes(min_dims=arrays, max_dims=4, max_side=3))
    count = draw(st.integers(least, arrays))
    shapes = draw(
        hnp.mutually_broadcastable_shapes(
            num_shapes=count, min_dims=1, max_dims=2, max_side=3
        )
    ).input_shapes
    places = draw(st.permutations(range(len(shape))))
    index = []
    for place, side in zip(places, shape, strict=True):
        if place < count:
            within = st.integers(-side, side - 1)
            index.append(draw(hnp.arrays(np.intp, shapes[place], elements=within)))
        elif integers and draw(st.booleans()):
            index.append(draw(st.integers(-side, side - 1)))
        else:
            index.append(draw(st.sampled_from([slice(None), slice(1, None)])))
    index = draw(shortened(index))
    for extra in draw(st.lists(st.just(None), max_size=2)):
        index.insert(draw(st.integers(0, len(index))), extra)
    return values(shape), tuple(index)


@st.composite
def shortened(draw, index):
    """Write full slices next to each other as an Ellipsis, perhaps one for none."""
    start = stop = draw(st.integers(0, len(index)))
    while stop < len(index) and full(index[stop]):
        stop += 1
    return [*index[:start], ..., *index[stop:]] if draw(st.booleans()) else index


def full(entry):
    """Tell whether an entry is the slice of everything."""
    return isinstance(entry, slice) and entry == slice(None)


def is_array(entry):
    """Tell whether an entry of an index is an index array."""
    return isinstance(entry, np.ndarray)


def in_group(entry):
    """Tell whether an entry belongs to the group."""
    return is_array(entry) or isinstance(entry, int)


def places_of(index, belongs=in_group):
    """Return where in an index the members of the group stand."""
    return [n for n, entry in enumerate(index) if belongs(entry)]


def adjacent(index):
    """Tell whether nothing stands between two members of the group."""
    places = places_of(index)
    return places == list(range(places[0], places[-1] + 1))


@st.composite
def apart(draw):
    """Draw an array and an index with something between two of the group."""
    x, index = draw(mixtures(least=2))
    last = places_of(index)[-1]
    if is_array(index[last]) and draw(st.booleans()):
        index = (*index[:last], 0, *index[last + 1 :])
    if adjacent(index):
        between = draw(st.integers(places_of(index)[0] + 1, last))
        has_one = any(entry is Ellipsis for entry in index)
        separator = None if has_one or draw(st.booleans()) else Ellipsis
        index = (*index[:between], separator, *index[between:])
    return x, index


def read(x, index):
    """Return what NumPy selects."""
    return x[index]


def with_group_at(where):
    """Return a rule: cell by cell with basic indices, the group's axes at a place."""

    def rule(x, index):
        members = places_of(index)
        stretched = np.broadcast_arrays(*(index[n] for n in members))
        parts, common = [], stretched[0].shape
        for place in np.ndindex(common):
            single = list(index)
            for n, array in zip(members, stretched, strict=True):
                single[n] = int(array[place])
            parts.append(x[tuple(single)])
        stacked = np.stack(parts).reshape(common + np.shape(parts[0]))
        before = min(where(x, index), stacked.ndim - len(common))
        axes = range(len(common))
        return np.moveaxis(stacked, axes, [before + axis for axis in axes])

    return rule


def axes_before(x, index, member=0):
    """Count the axes that the entries before a member of the group give."""
    taken = sum(entry is not None and entry is not Ellipsis for entry in index)
    given = {slice: 1, type(None): 1, type(Ellipsis): x.ndim - taken}
    before = index[: places_of(index)[member]]
    return sum(given.get(type(entry), 0) for entry in before)


def front(x, index):
    """Put the group first."""
    return 0


def behind_the_last(x, index):
    """Put the group at the place of its last member."""
    return axes_before(x, index, member=-1)


def test_law_integer_counts_as_array():
    def as_arrays(x, index):
        common = np.broadcast_shapes(*(e.shape for e in index if is_array(e)))
        filled = (np.full(common, e) if isinstance(e, int) else e for e in index)
        return x[tuple(filled)]

    def removed_first(x, index):
        kept = (e for e in index if e is not None)
        basic = [e if isinstance(e, int) or e is ... else slice(None) for e in kept]
        return x[tuple(basic)][tuple(e for e in index if not isinstance(e, int))]

    def no_say(x, index):
        arrays = places_of(index, is_array)
        together = arrays == list(range(arrays[0], arrays[-1] + 1))
        before = sum(not in_group(entry) for entry in index[: arrays[0]])
        return before if together else 0

    cases = mixtures()
    proved(cases, read, as_arrays, removed_first, with_group_at(no_say))


def test_law_adjacent_indices_stay():
    cases = mixtures().filter(lambda case: adjacent(case[1]))
    wrong = (front, lambda x, index: axes_before(x, index) + 1)
    proved(cases, read, with_group_at(axes_before), *map(with_group_at, wrong))


def test_law_separated_indices_go_first():
    def unless_empty(x, index):
        taken = sum(entry is not None and entry is not Ellipsis for entry in index)
        visible = tuple(e for e in index if e is not Ellipsis or x.ndim > taken)
        return axes_before(x, visible) if adjacent(visible) else 0

    wrong = (axes_before, behind_the_last, unless_empty)
    proved(apart(), read, with_group_at(front), *map(with_group_at, wrong))


def test_law_single_array_stays():
    def taken(x, index):
        place = places_of(index)[0]
        axis = axes_before(x, index)
        sliced = x[(*index[:place], slice(None), *index[place + 1 :])]
        return np.take(sliced, index[place], axis=axis)

    def flat(x, index):
        return x[tuple(e.ravel() if is_array(e) else e for e in index)]

    cases = mixtures(integers=False, arrays=1)
    proved(cases, read, taken, with_group_at(front), flat)
