"""The laws of docs/indexing/mixed.md.

The group stands for what the laws call the advanced entries of an index: all its index
arrays, masks, booleans and integers, if it has at least one that is not an integer.
"""

from operator import getitem

import numpy as np
from hypothesis import strategies as st

from examples.index_rules import (
    assign_axes,
    count_axes,
    expand_masks,
    is_array,
    is_mask,
    read_index,
)
from tests.laws.cases import COMMON, KINDS, arrays_with_axes, entries_for, indices
from tests.laws.proof import proved

FULL = slice(None)


def has_group(entries):
    """Tell whether an index has a group: an array, a mask or a boolean."""
    return any(isinstance(entry, np.ndarray) for entry in entries)


def places_of(entries):
    """Return where in an index the members of the group are."""
    return [n for n, entry in enumerate(entries) if is_array(entry)]


def adjacent(case):
    """Tell whether an index has a group, with nothing between two of its members."""
    entries = read_index(case[1])
    places = places_of(entries)
    return has_group(entries) and places == list(range(places[0], places[-1] + 1))


def has_two_members(case):
    """Tell whether an index has a group with two members or more."""
    found = read_index(case[1])
    return has_group(found) and len(places_of(found)) > 1


@st.composite
def mixtures(draw, kinds=KINDS):
    """Draw an array of two to four axes, and an index of these kinds."""
    x = draw(arrays_with_axes(2, 4))
    return x, draw(indices(x.shape, kinds))


@st.composite
def fully_indexed(draw):
    """Draw an array, and an index with an entry for every axis and no Ellipsis."""
    x = draw(arrays_with_axes(2, 4))
    return x, tuple(draw(entries_for(x.shape, KINDS, draw(COMMON))))


@st.composite
def apart(draw, cases, separator):
    """Put a separator between two members of the group of an index."""
    x, index = draw(cases.filter(has_two_members))
    places = places_of(read_index(index))
    between = draw(st.integers(places[0] + 1, places[-1]))
    return x, (*index[:between], separator, *index[between:])


def lengths_kept(x, entry, axes):
    """Return the lengths of the axes that an entry keeps, none in the group."""
    if is_array(entry):
        return []
    if entry is None:
        return [1]
    if isinstance(entry, slice):
        return [len(range(*entry.indices(x.shape[axes.start])))]
    return [x.shape[axis] for axis in axes]


def with_group_at(where):
    """Return a rule: cell by cell with basic indices, the group's axes at a place."""

    def rule(x, index):
        parts = expand_masks(x.shape, assign_axes(x.shape, read_index(index)))
        group = np.broadcast_shapes(*(np.shape(e) for e, _ in parts if is_array(e)))
        kept = [n for part in parts for n in lengths_kept(x, *part)]
        result = np.empty((*group, *kept), x.dtype)
        for place in np.ndindex(group):
            single = []
            for entry, axes in parts:
                if not is_array(entry):
                    single.append(entry)
                elif axes:  # a boolean takes none
                    single.append(int(np.broadcast_to(entry, group)[place]))
            result[place] = x[tuple(single)]
        before = where(x, parts)
        axes = range(len(group))
        return np.moveaxis(result, axes, [before + axis for axis in axes])

    return rule


def in_place(x, parts, belongs=is_array, member=0):
    """Put the group where its first member is."""
    place = [n for n, (entry, _) in enumerate(parts) if belongs(entry)][member]
    return sum(len(lengths_kept(x, *part)) for part in parts[:place])


def in_front(x, parts):
    """Put the group first."""
    return 0


def behind_the_last(x, parts):
    """Put the group where its last member is."""
    return in_place(x, parts, member=-1)


def test_law_integer_counts_as_array():
    def as_arrays(x, index):
        entries = read_index(index)
        if not has_group(entries):
            return x[index]
        arrays = (entry for entry in entries if isinstance(entry, np.ndarray))
        shapes = [(np.count_nonzero(a),) if is_mask(a) else a.shape for a in arrays]
        common = np.broadcast_shapes(*shapes)
        return x[
            tuple(np.full(common, e) if isinstance(e, int) else e for e in entries)
        ]

    def removed_first(x, index):
        entries = read_index(index)
        first = []
        for entry in entries:
            axes = [FULL] * (0 if entry is None else count_axes(entry))
            first += [entry] if isinstance(entry, int) or entry is ... else axes
        rest = tuple(entry for entry in entries if not isinstance(entry, int))
        return np.asarray(x[tuple(first)])[rest] if has_group(entries) else x[index]

    def placed_by_arrays(x, parts):
        arrays = [n for n, (e, _) in enumerate(parts) if isinstance(e, np.ndarray)]
        together = arrays == list(range(arrays[0], arrays[-1] + 1))
        is_kind = lambda entry: isinstance(entry, np.ndarray)  # noqa: E731
        return in_place(x, parts, belongs=is_kind) if together else 0

    def integers_have_no_place(x, index):
        grouped = has_group(read_index(index))
        return with_group_at(placed_by_arrays)(x, index) if grouped else x[index]

    cases = mixtures() | mixtures(("integer", "slice", "array"))
    proved(cases, getitem, as_arrays, removed_first, integers_have_no_place)


def test_law_adjacent_indices_stay():
    def one_further(x, parts):
        kept = sum(len(lengths_kept(x, *part)) for part in parts)
        return min(in_place(x, parts) + 1, kept)

    cases = mixtures().filter(adjacent)
    wrong = with_group_at(in_front), with_group_at(one_further)
    proved(cases, getitem, with_group_at(in_place), *wrong)


def test_law_separated_indices_go_first():
    def unless_empty(x, index):
        entries = read_index(index)
        left = x.ndim - sum(map(count_axes, entries))
        entries = [e for e in entries if e is not Ellipsis or left]
        places = places_of(entries)
        stays = places == list(range(places[0], places[-1] + 1))
        return with_group_at(in_place if stays else in_front)(x, index)

    wrong = with_group_at(in_place), with_group_at(behind_the_last), unless_empty
    cases = apart(mixtures(), None) | apart(fully_indexed(), ...)
    proved(cases, getitem, with_group_at(in_front), *wrong)


def test_law_single_array_stays():
    def taken(x, index):
        entries = read_index(index)
        (place,) = places_of(entries)
        parts = assign_axes(x.shape, entries)
        axis = sum(map(len, (lengths_kept(x, *part) for part in parts[:place])))
        sliced = x[(*entries[:place], FULL, *entries[place + 1 :])]
        return np.take(np.asarray(sliced), entries[place], axis=axis)

    def flat(x, index):
        return x[tuple(e.ravel() if is_array(e) else e for e in read_index(index))]

    def is_single_array(case):
        entries = read_index(case[1])
        return len(places_of(entries)) == 1 and not any(map(is_mask, entries))

    cases = mixtures(("slice", "slice", "newaxis", "ellipsis", "array"))
    cases = cases.filter(is_single_array)
    proved(cases, getitem, taken, with_group_at(in_front), flat)
