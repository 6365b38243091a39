"""The laws of docs/indexing/boolean.md."""

from operator import getitem

import numpy as np
from hypothesis import strategies as st

from examples.index_rules import count_axes, is_mask, read_entry
from tests.laws.cases import (
    SIDES,
    WRITEABLE,
    arrays,
    arrays_and_any_indices,
    arrays_with_axes,
    masks,
    values,
)
from tests.laws.proof import proved

FULL = slice(None)


@st.composite
def whole_masks(draw, **options):
    """Draw an array and a mask of its shape."""
    x = draw(arrays(**options))
    return x, draw(masks(x.shape))


def test_law_mask_selects():
    def true_cells_in_reading_order(x, mask):
        cells = zip(x.flat, np.asarray(mask).flat, strict=True)
        return np.array([value for value, true in cells if true], dtype=x.dtype)

    proved(
        whole_masks(),
        getitem,
        true_cells_in_reading_order,
        lambda x, mask: x.T[np.asarray(mask).T],  # column by column
        lambda x, mask: x[np.asarray(mask).any(axis=-1)] if x.ndim else x[mask],
    )


@st.composite
def with_masked_masks(draw, cases):
    """Hide some entries of the masks in an index, as a masked array does."""
    x, index = draw(cases)
    hidden = draw(st.booleans())
    return x, tuple(
        np.ma.array(entry, mask=hidden) if is_mask(entry) and entry.ndim else entry
        for entry in index
    )


def test_law_mask_is_nonzero():
    def with_arrays(of):
        def rule(x, index):
            entries = []
            for entry in index:
                entry = (
                    entry if entry is None or is_masked(entry) else read_entry(entry)
                )
                masked = is_mask(entry) and entry.ndim
                entries += of(entry) if masked else [entry]
            return x[tuple(entries)]

        return rule

    def is_masked(entry):
        return isinstance(entry, np.ma.MaskedArray)

    by_method = with_arrays(lambda mask: mask.nonzero())
    x = np.arange(3)
    hidden = np.ma.array([True, True, False], mask=[True, False, False])
    kinds = ("integer", "slice", "newaxis", "ellipsis", "array", "mask", "mask")
    proved(
        with_masked_masks(arrays_and_any_indices(kinds)),
        getitem,
        with_arrays(lambda mask: np.asarray(mask).nonzero()),
        with_arrays(lambda mask: (np.flatnonzero(mask),)),
        with_arrays(lambda mask: (np.argwhere(mask),)),
        with_arrays(lambda mask: np.ix_(*map(np.unique, mask.nonzero()))),  # a block
        by_method,
        counterexamples={"a masked array as a mask": (by_method, (x, (hidden,)))},
    )


@st.composite
def masks_of_any_shape(draw):
    """Draw an array, a number of axes, and a mask for the axes behind them."""
    x = draw(arrays())
    before = draw(st.integers(0, x.ndim))
    sides = list(x.shape[before : draw(st.integers(before, x.ndim))])
    if draw(st.booleans()):
        sides += draw(st.lists(SIDES, max_size=1))
    if sides and draw(st.booleans()):
        sides[draw(st.integers(0, len(sides) - 1))] = draw(SIDES)
    return x, before, draw(masks(sides or (draw(SIDES),)))


def test_law_mask_fits():
    def shape_of_the_selection(x, before, mask):
        return x[(FULL,) * before + (mask,)].shape

    def fits(x, before, mask):
        mask = np.asarray(mask)
        left = x.shape[before:]
        lengths = zip(mask.shape, left, strict=False)
        if mask.ndim > len(left) or any(n not in (0, side) for n, side in lengths):
            raise IndexError
        count = np.count_nonzero(mask)
        return (*x.shape[:before], count, *left[mask.ndim :])

    def exactly(x, before, mask):  # as the documentation has it
        mask = np.asarray(mask)
        if mask.shape != x.shape[before : before + mask.ndim]:
            raise IndexError
        return fits(x, before, mask)

    def broadcast(x, before, mask):
        shape = x.shape[before : before + np.ndim(mask)]
        return fits(x, before, np.broadcast_to(mask, shape))

    def as_far_as_it_is_true(x, before, mask):
        return x[(FULL,) * before + np.nonzero(mask)].shape

    rules = (fits, exactly, broadcast, as_far_as_it_is_true)
    proved(masks_of_any_shape(), shape_of_the_selection, *rules)


@st.composite
def two_masks(draw):
    """Draw an array, a mask of its first axis and a mask of the other axes."""
    x = draw(arrays_with_axes(2))
    return x, draw(masks(x.shape[:1])), draw(masks(x.shape[1:]))


def test_law_masks_are_paired():
    def first_with_first(x, rows, others):
        i, others = np.flatnonzero(rows), np.argwhere(others)
        if len(i) != len(others) and 1 not in (len(i), len(others)):
            raise IndexError
        count = 0 if 0 in (len(i), len(others)) else max(len(i), len(others))
        i = np.resize(i, count).tolist()
        others = np.resize(others, (count, others.shape[1])).tolist()
        cells = [x[(row, *cell)] for row, cell in zip(i, others, strict=True)]
        return np.array(cells, dtype=x.dtype)

    def block(x, rows, others):
        cells = x[np.asarray(rows)][(FULL, *np.nonzero(others))]
        return cells

    def both(x, rows, others):
        ones = (-1,) + (1,) * np.ndim(others)
        return x[np.asarray(rows).reshape(ones) & np.asarray(others)]

    proved(
        two_masks(),
        lambda x, rows, others: x[rows, others],
        first_with_first,
        block,
        both,
    )

    def rows_then_columns(x, rows, columns):
        return x[np.asarray(rows)][:, np.asarray(columns)]

    proved(
        two_masks().filter(lambda case: case[0].ndim == 2),
        lambda x, rows, columns: x[np.ix_(rows, columns)],
        rows_then_columns,
        lambda x, rows, columns: rows_then_columns(x, rows, columns).T,
        both,
    )


@st.composite
def masks_with_values(draw):
    """Draw an array, a mask of its shape, and values for it: too many, too few."""
    x, mask = draw(whole_masks(layouts=WRITEABLE))
    count = np.count_nonzero(mask)
    shapes = [(), (1,), (count,), (count,), (count + 1,), (0,), (1, count), x.shape]
    v = values((x.size + 2,), x.dtype)[::-1]
    return x, mask, np.resize(v, draw(st.sampled_from(shapes)))


def test_law_mask_assignment():
    def after(assign):
        def rule(x, mask, v):
            x = x.copy()
            try:
                assign(x, mask, v)
            except TypeError:
                return "TypeError"
            return x

        return rule

    def by_mask(x, mask, v):
        x[mask] = v

    def one_for_each(x, mask, v):
        count = np.count_nonzero(mask)
        if v.ndim > 1:
            raise TypeError
        if v.size not in (1, count):
            raise ValueError
        for cell, value in zip(np.argwhere(mask), np.resize(v, count), strict=True):
            x[tuple(cell)] = value

    def from_the_start_again(x, mask, v):
        if v.ndim > 1:
            raise TypeError
        np.place(x, mask, v)

    def as_far_as_they_last(x, mask, v):
        if v.ndim > 1:
            raise TypeError
        for cell, value in zip(np.argwhere(mask), np.atleast_1d(v), strict=False):
            x[tuple(cell)] = value

    def as_through_any_index(x, mask, v):
        x[mask, ...] = v

    others = (from_the_start_again, as_far_as_they_last, as_through_any_index)
    rules = (by_mask, one_for_each, *others)
    proved(masks_with_values(), *map(after, rules))


def test_law_mask_without_axes():
    def an_array_on_no_axis(length):
        def rule(x, index):
            axes, entries = [], []
            for entry in index:
                entry = entry if entry is None else read_entry(entry)
                if is_mask(entry) and not entry.ndim:
                    axes.append(np.newaxis)
                    entries.append(np.zeros(length(entry), dtype=int))
                elif entry is None:
                    axes.append(np.newaxis)
                    entries.append(FULL)
                else:
                    axes += [...] if entry is ... else [FULL] * count_axes(entry)
                    entries.append(entry)
            return (x[tuple(axes)] if axes else x)[tuple(entries)]

        return rule

    def only_a_new_axis(x, index):
        flags = (np.ndim(e) == 0 and np.asarray(e).dtype == bool for e in index)
        return x[tuple(None if f else e for f, e in zip(flags, index, strict=True))]

    def the_integer(x, index):
        return x[tuple(int(e) if isinstance(e, bool | np.bool_) else e for e in index)]

    right = an_array_on_no_axis(lambda flag: 1 if flag else 0)
    always_one = an_array_on_no_axis(lambda flag: 1)
    wrong = (always_one, only_a_new_axis, the_integer)
    proved(arrays_and_any_indices(), getitem, right, *wrong)
