"""The laws of docs/indexing/boolean.md."""

from functools import partial

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tests.laws.cases import changed, values
from tests.laws.proof import proved

SHAPES = hnp.array_shapes(min_dims=1, max_dims=3, max_side=4)


@st.composite
def whole_masks(draw):
    """Draw an array of any memory order, and a mask of its shape."""
    x = np.array(values(draw(SHAPES)), order=draw(st.sampled_from("CF")))
    return x, draw(hnp.arrays(bool, x.shape))


@st.composite
def masks_beside_others(draw):
    """Draw an array, and an index of a mask with other parts around it."""
    shape = draw(hnp.array_shapes(min_dims=2, max_dims=3, max_side=3))
    first = draw(st.integers(0, len(shape) - 1))
    last = draw(st.integers(first + 1, len(shape)))
    mask = draw(hnp.arrays(bool, shape[first:last]))
    others = st.sampled_from([0, -1, slice(None), np.array([0, -1]), np.array([[0]])])
    before = [draw(others) for _ in range(first)]
    return values(shape), (*before, mask, *[draw(others) for _ in shape[last:]])


@st.composite
def masks_of_any_shape(draw):
    """Draw an array and a mask, whose shapes fit or not."""
    x = values(draw(SHAPES))
    fitting = st.integers(1, x.ndim).map(lambda k: x.shape[:k])
    other = hnp.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=4)
    return x, draw(hnp.arrays(bool, draw(st.one_of(fitting, other))))


@st.composite
def two_masks(draw):
    """Draw a matrix with a mask of its rows and a mask of its columns."""
    x = values(draw(hnp.array_shapes(min_dims=2, max_dims=2, max_side=5)))
    return x, *(draw(hnp.arrays(bool, side)) for side in x.shape)


@st.composite
def flags_beside_others(draw):
    """Draw an array, and an index with one or two booleans without dimensions."""
    x = values(draw(hnp.array_shapes(min_dims=2, max_dims=3, max_side=3)))
    others = st.sampled_from([0, -1, slice(None), np.array([0]), np.array([0, -1])])
    index = draw(st.lists(others, max_size=x.ndim))
    for flag in draw(st.lists(st.booleans(), min_size=1, max_size=2)):
        index.insert(draw(st.integers(0, len(index))), flag)
    return x, tuple(index)


@st.composite
def masks_with_values(draw):
    """Draw an array, a mask of its shape, and values for it: too many, too few."""
    x, mask = draw(whole_masks())
    count = np.count_nonzero(mask)
    lengths = st.sampled_from([0, 1, count, count + 1, x.size])
    v = st.one_of(st.just(np.array(5)), lengths.map(lambda n: -np.arange(n)))
    return x, (mask, draw(v))


def selected(x, index):
    return x[index]


def is_mask(part):
    return isinstance(part, np.ndarray) and part.dtype.kind == "b"


def test_law_mask_selects():
    def true_cells_in_reading_order(x, mask):
        cells = zip(x.flat, mask.flat, strict=True)
        return np.array([v for v, chosen in cells if chosen], dtype=x.dtype)

    proved(
        whole_masks(),
        selected,
        true_cells_in_reading_order,
        lambda x, mask: x.ravel("K")[mask.ravel("K")],  # in the order of the memory
        lambda x, mask: np.where(mask, x, 0),  # in place
    )


def test_law_mask_is_nonzero():
    def with_arrays(of):
        def rule(x, index):
            parts = [of(part) if is_mask(part) else (part,) for part in index]
            return x[tuple(part for group in parts for part in group)]

        return rule

    proved(
        masks_beside_others(),
        selected,
        with_arrays(np.nonzero),
        with_arrays(lambda mask: (np.flatnonzero(mask),)),
        with_arrays(lambda mask: (np.argwhere(mask),)),
        with_arrays(lambda mask: np.ix_(*map(np.unique, mask.nonzero()))),  # a block
    )


def test_law_mask_fits():
    def shape_of_the_selection(x, mask):
        return x[mask].shape

    def fits(x, mask):
        lengths = zip(mask.shape, x.shape, strict=False)
        if mask.ndim > x.ndim or any(n not in (0, side) for n, side in lengths):
            raise IndexError
        return (np.count_nonzero(mask), *x.shape[mask.ndim :])

    def exactly(x, mask):  # as the documentation has it
        if mask.shape != x.shape[: mask.ndim]:
            raise IndexError
        return fits(x, mask)

    def broadcast(x, mask):
        return exactly(x, np.broadcast_to(mask, x.shape[: mask.ndim]))

    def as_far_as_it_is_true(x, mask):
        return x[mask.nonzero()].shape

    rules = (fits, exactly, broadcast, as_far_as_it_is_true)
    proved(masks_of_any_shape(), shape_of_the_selection, *rules)


def test_law_masks_are_paired():
    def first_with_first(x, rows, columns):
        i, j = np.flatnonzero(rows), np.flatnonzero(columns)
        if len(i) != len(j) and 1 not in (len(i), len(j)):
            raise IndexError
        pairs = zip(*np.broadcast_arrays(i, j), strict=True)
        return np.array([x[pair] for pair in pairs], dtype=x.dtype)

    proved(
        two_masks(),
        lambda x, rows, columns: x[rows, columns],
        first_with_first,
        lambda x, rows, columns: x[np.ix_(rows, columns)],
        lambda x, rows, columns: x[rows[:, np.newaxis] & columns],
        lambda x, rows, columns: x[rows][:, columns],
    )


def test_law_mask_without_axes():
    def an_array_on_no_axis(length):
        def rule(x, index):
            axes, parts = [], []
            for part in index:
                if isinstance(part, bool):
                    axes.append(np.newaxis)
                    parts.append(np.zeros(length(part), dtype=int))
                else:
                    axes.append(slice(None))
                    parts.append(part)
            return x[tuple(axes)][tuple(parts)]

        return rule

    def only_a_new_axis(x, index):
        parts = (np.newaxis if isinstance(part, bool) else part for part in index)
        return x[tuple(parts)]

    def the_integer(x, index):
        return x[tuple(+part if isinstance(part, bool) else part for part in index)]

    right = an_array_on_no_axis(lambda flag: 1 if flag else 0)
    always_one = an_array_on_no_axis(lambda flag: 1)
    wrong = (always_one, only_a_new_axis, the_integer)
    proved(flags_beside_others(), selected, right, *wrong)


def test_law_mask_assignment():
    def by_mask(x, case):
        mask, v = case
        x[mask] = v

    def one_for_each(x, case):
        mask, v = case
        places = zip(*mask.nonzero(), strict=True)
        v = np.repeat(v, np.count_nonzero(mask)) if v.size == 1 else v
        for place, value in zip(places, v, strict=True):
            x[place] = value

    def from_the_start_again(x, case):
        mask, v = case
        np.place(x, mask, v)

    def as_far_as_they_last(x, case):
        mask, v = case
        places = zip(*mask.nonzero(), strict=True)
        for place, value in zip(places, np.atleast_1d(v), strict=False):
            x[place] = value

    def by_position(x, case):
        mask, v = case
        x[...] = np.where(mask, v.reshape(x.shape), x)

    rules = (by_mask, one_for_each, from_the_start_again, as_far_as_they_last)
    cases = masks_with_values()
    proved(cases, *(partial(changed, change=rule) for rule in (*rules, by_position)))
