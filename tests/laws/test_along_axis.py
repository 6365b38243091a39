"""The laws of docs/indexing/along-axis.md."""

import numpy as np
from hypothesis import strategies as st

from tests.laws.cases import (
    DTYPES,
    NUMBERS,
    PLAIN,
    SIDES,
    WRITEABLE,
    array_forms,
    arrays,
    arrays_with_axes,
    changed,
    integer_arrays,
    shapes_within,
    values,
)
from tests.laws.proof import join_arrays, proved

ORDERED = ("?", *NUMBERS, "M8[s]", "m8[D]")


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
    def truth(x, axis, k):
        ends = [f(x, axis=axis) for f in (np.max, np.min)]
        ordered = np.sort(x, axis)
        return join_arrays(ordered, *ends, ordered.take([k], axis))

    def gathered(take, end):
        def rule(x, axis, k):
            ends = [end(x, f, axis) for f in (np.argmax, np.argmin)]
            part = np.argpartition(x, k, axis=axis).take([k], axis)
            return join_arrays(
                take(x, np.argsort(x, axis), axis), *ends, take(x, part, axis)
            )

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
