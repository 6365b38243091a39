"""The laws of docs/indexing/along-axis.md."""

import numpy as np
from hypothesis import strategies as st

from tests.laws.cases import (
    DTYPES,
    LAYOUTS,
    NUMBERS,
    SIDES,
    WRITEABLE,
    array_forms,
    arrays,
    arrays_with_axes,
    changed,
    integer_arrays,
    memory_mapped,
    shapes_within,
    values,
)
from tests.laws.proof import proved

FULL = slice(None)
# The functions of NumPy 1 refuse an np.memmap where they return one cell.
PLAIN = tuple(layout for layout in LAYOUTS if layout is not memory_mapped)
ORDERED = ("?", *NUMBERS, "M8[s]", "m8[D]")
SHAPES = st.sampled_from([(), (1,), (3,), (0,), (2, 2), (1, 3), (2, 0)])


def dtypes_of(i):
    """Return an integer array in several dtypes, all of them arrays."""
    return [form for form in array_forms(i) if isinstance(form, np.ndarray)]


@st.composite
def arrays_and_places(draw, layouts=PLAIN):
    """Draw an array, places along one of its axes, and the axis.

    The other axes of the places are as long as the array's or 1, so that
    they broadcast. Now and then an axis is missing.
    """
    x = draw(arrays_with_axes(1, layouts=layouts))
    axis = draw(st.integers(-x.ndim, x.ndim - 1))
    sides = [draw(st.sampled_from([side, 1])) for side in x.shape]
    sides[axis] = draw(st.integers(0, 3)) if x.shape[axis] else 0
    missing = x.shape[axis] and draw(st.sampled_from([0, 0, 0, 1]))
    i = draw(integer_arrays(x.shape[axis], tuple(sides[missing:])))
    return x, draw(st.sampled_from(dtypes_of(i))), axis


@st.composite
def arrays_and_flat_places(draw):
    """Draw an array, positions in its flattened copy, and None for the axis."""
    x = draw(arrays(layouts=PLAIN))
    i = draw(integer_arrays(x.size, (draw(st.integers(0, 3)) if x.size else 0,)))
    return x, draw(st.sampled_from(dtypes_of(i))), None


def mesh(x, i, axis):
    """Return the open mesh of an array, with the places along one axis."""
    if i.ndim != x.ndim:
        raise ValueError
    grids = list(np.ix_(*map(np.arange, x.shape)))
    grids[axis] = i
    return tuple(grids)


def test_law_take_along_axis():
    def by(axis_of):
        def rule(x, i, axis):
            axis = axis_of(axis)
            return x.ravel()[i] if axis is None else x[mesh(x, i, axis)]

        return rule

    no_axis_is_the_last = by(lambda axis: -1 if axis is None else axis)
    proved(
        arrays_and_places() | arrays_and_flat_places(),
        lambda x, i, axis: np.take_along_axis(x, i, axis=axis),
        by(lambda axis: axis),
        by(lambda axis: axis if axis is None else -1 - axis),
        lambda x, i, axis: np.take(x, i, axis=axis),
        no_axis_is_the_last,
        counterexamples={
            "no axis": (no_axis_is_the_last, (values((2, 3)), np.array([5, 0]), None))
        },
    )


def test_law_put_along_axis():
    def by(change):
        def rule(x, i, axis):
            def assign(x, index):
                shape = np.broadcast_shapes(*map(np.shape, mesh(x, i, axis)))
                change(x, i, axis, values(shape, x.dtype)[..., ::-1])

            return changed(x, None, assign)

        return rule

    def put(x, i, axis, v):
        assert np.put_along_axis(x, i, v, axis=axis) is None

    def assigned(x, i, axis, v):
        x[mesh(x, i, axis)] = v

    def into_a_copy(x, i, axis, v):
        x.copy()[mesh(x, i, axis)] = v

    def the_first_value(x, i, axis, v):
        x[mesh(x, i, axis)] = v.flat[:1]

    cases = arrays_and_places(layouts=WRITEABLE)
    proved(cases, *map(by, (put, assigned, into_a_copy, the_first_value)))


@st.composite
def arrays_and_lookups(draw):
    """Draw an array, an index array of any shape for one of its axes, and the axis."""
    x = draw(arrays_with_axes(1, layouts=PLAIN))
    axis = draw(st.integers(-x.ndim, x.ndim - 1) | st.none())
    side = x.size if axis is None else x.shape[axis]
    i = draw(integer_arrays(side, draw(SHAPES) if side else (0,)))
    forms = [form for form in array_forms(i) if getattr(form, "dtype", 0) != np.uint64]
    return x, draw(st.sampled_from(forms)), axis


def test_law_take_is_a_slice_and_an_array():
    def by(axis_of, entry_of):
        def rule(x, i, axis):
            i = entry_of(i)
            if axis is None:
                return x.ravel()[i]
            return x[(FULL,) * axis_of(axis, x.ndim) + (i,)]

        return rule

    def from_the_front(axis, ndim):
        return axis % ndim

    def integers(i):
        return np.array(i, dtype=np.intp)

    def as_it_is(i):
        return i

    def rows_without_an_axis(x, i, axis):
        return right(x, i, 0 if axis is None else axis)

    def places_first(x, i, axis):
        found = right(x, i, axis)
        if axis is None:
            return found
        own = range(axis % x.ndim, axis % x.ndim + np.ndim(i))
        return np.moveaxis(found, list(own), list(range(np.ndim(i))))

    right = by(from_the_front, integers)
    as_written = by(lambda axis, ndim: axis, integers)
    x, mask = values((2, 3)), np.array([True, False, True])
    proved(
        arrays_and_lookups(),
        lambda x, i, axis: np.take(x, i, axis=axis),
        right,
        rows_without_an_axis,
        places_first,
        as_written,
        counterexamples={
            "a negative axis": (as_written, (x, [0, 2], -1)),
            "a mask": (by(from_the_front, as_it_is), (x, mask, 1)),
        },
    )

    def shares_as_brackets_do(x, i, axis):
        return np.shares_memory(x, x[(FULL,) * axis + (i,)])

    proved(
        arrays_and_lookups(),
        lambda x, i, axis: np.shares_memory(x, np.take(x, i, axis=axis)),
        lambda x, i, axis: False,
        lambda x, i, axis: x.ndim > 1,
        lambda x, i, axis: axis == 0,
        counterexamples={"an integer": (shares_as_brackets_do, (x, 1, 0))},
    )


@st.composite
def places_and_modes(draw):
    """Draw an array of one axis, places in and out of its bounds, and a mode."""
    n = draw(st.integers(1, 4))
    x = draw(arrays(shapes=st.just((n,)), layouts=PLAIN))
    i = draw(integer_arrays(draw(st.sampled_from([n, 9, 999])), draw(SHAPES)))
    return x, i, draw(st.sampled_from(["raise", "wrap", "clip"]))


def test_law_take_modes():
    def rule(clip=lambda i, n: np.clip(i, 0, n - 1), wrap=np.remainder):
        def taken(x, i, mode):
            change = {"wrap": wrap, "clip": clip}.get(mode, lambda i, n: i)
            return x[change(i, len(x))]

        return taken

    proved(
        places_and_modes(),
        lambda x, i, mode: np.take(x, i, mode=mode),
        rule(),
        rule(clip=lambda i, n: np.clip(i, -n, n - 1)),  # -1 stays the last
        rule(wrap=lambda i, n: np.where(i < 0, i + n, i)),  # wraps once
        rule(clip=np.remainder),
    )


@st.composite
def arrays_and_axes(draw):
    """Draw an array with ties and now and then a nan, one of its axes, and a place."""
    x = draw(arrays_with_axes(1, dtypes=ORDERED, layouts=PLAIN))
    x = x // 20 if x.dtype.kind in "iu" else x.copy()
    if x.size and x.dtype.kind in "fM" and draw(st.booleans()):
        x.flat[draw(st.integers(0, x.size - 1))] = (
            "nan" if x.dtype.kind == "f" else "NaT"
        )
    axis = draw(st.integers(-x.ndim, x.ndim - 1) | st.none())
    side = x.size if axis is None else x.shape[axis]
    return x, axis, draw(st.integers(0, max(side - 1, 0)))


def test_law_arg_round_trip():
    def join(*parts):
        return np.concatenate([np.ravel(part) for part in parts])

    def truth(x, axis, k):
        ends = [f(x, axis=axis) for f in (np.max, np.min)]
        ordered = np.sort(x, axis)
        return join(ordered, *ends, ordered.take([k], axis))

    def gathered(take, end):
        def rule(x, axis, k):
            ends = [end(x, f, axis) for f in (np.argmax, np.argmin)]
            part = np.argpartition(x, k, axis=axis).take([k], axis)
            return join(take(x, np.argsort(x, axis), axis), *ends, take(x, part, axis))

        return rule

    def along(x, i, axis):
        return np.take_along_axis(x, i, axis=axis)

    def kept_end(x, f, axis):
        return along(x, f(x, axis, keepdims=True), axis)

    def end(x, f, axis):
        return x.ravel()[f(x)] if axis is None else kept_end(x, f, axis)

    proved(
        arrays_and_axes(),
        truth,
        gathered(along, end),
        gathered(lambda x, i, axis: along(x, i, axis and 0), end),
        gathered(lambda x, i, axis: np.take(x, i, axis=axis), end),
        gathered(lambda x, i, axis: along(x, np.argsort(i, axis), axis), end),
        counterexamples={
            "no axis": (gathered(along, kept_end), (values((2, 3)), None, 0))
        },
    )


@st.composite
def labels_and_choices(draw):
    """Draw labels, now and then one that is no class, and an array for each class."""
    common = draw(st.sampled_from([(3,), (2, 3), (), (0,), (3, 1)]))
    shapes = st.sampled_from(shapes_within(common))
    dtype = draw(st.sampled_from(DTYPES))
    count = draw(st.integers(1, 4))
    choices = [values(draw(shapes), dtype) for _ in range(count)]
    y = draw(integer_arrays(count + 1, draw(shapes))) % (count + 1)
    y = y % count if draw(st.booleans()) else y - draw(st.integers(0, 1))
    forms = [form for form in dtypes_of(y) if form.dtype != np.uint64]
    return draw(st.sampled_from(forms)), choices


@st.composite
def labelled_rows(draw):
    """Draw a matrix, and a label for each row that may be out of bounds by one."""
    x = draw(arrays(shapes=st.tuples(SIDES, st.integers(1, 4)), layouts=PLAIN))
    y = draw(integer_arrays(x.shape[1], x.shape[:1])) % x.shape[1]
    return x, y + draw(st.sampled_from([0, 0, -1, 1]))


def test_law_choose_by_label():
    def cell_by_cell(y, choices):
        y, *choices = np.broadcast_arrays(np.asarray(y, dtype=np.intp), *choices)
        if ((y < 0) | (y >= len(choices))).any():
            raise ValueError
        result = np.empty(y.shape, choices[0].dtype)
        for place in np.ndindex(y.shape):
            result[place] = choices[y[place]][place]
        return result

    def negative_labels_wrap(y, choices):
        return cell_by_cell(
            np.where(np.less(y, 0), np.add(y, len(choices)), y), choices
        )

    proved(
        labels_and_choices(),
        np.choose,
        cell_by_cell,
        negative_labels_wrap,
        lambda y, choices: cell_by_cell(y, choices[::-1]),
    )

    def by_index(x, y):
        if ((y < 0) | (y >= x.shape[1])).any():
            raise ValueError
        return x[range(len(x)), y]

    proved(
        labelled_rows(),
        lambda x, y: np.choose(y, x.T),
        by_index,
        lambda x, y: x[range(len(x)), y],  # negative labels wrap
        lambda x, y: by_index(x[:, ::-1], y),
    )
