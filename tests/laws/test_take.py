"""The laws of docs/indexing/take.md."""

import numpy as np
from hypothesis import strategies as st

from tests.laws.cases import (
    PLAIN,
    WRITEABLE,
    array_forms,
    arrays,
    arrays_with_axes,
    integer_arrays,
    read_only,
    values,
)
from tests.laws.proof import proved

FULL = slice(None)
SHAPES = st.sampled_from([(), (1,), (3,), (0,), (2, 2), (1, 3), (2, 0)])


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
def takes_into_an_array(draw):
    """Draw an array, positions on one of its axes, and an array for the result.

    At most one thing is wrong: a position, the shape of the array for the result,
    or that it is read-only.
    """
    x = draw(arrays_with_axes(1, layouts=PLAIN))
    axis = draw(st.integers(-x.ndim, x.ndim - 1))
    side = x.shape[axis]
    i = draw(integer_arrays(side, draw(SHAPES) if side else (0,)))
    shape = np.take(x, i, axis=axis).shape
    fault = draw(st.sampled_from(["none", "none", "position", "shape", "read-only"]))
    if fault == "position" and i.size:
        i.flat[0] = draw(st.sampled_from([side, -side - 1]))
    if fault == "shape":
        shape = draw(st.sampled_from([(1, *shape), shape[1:] or (2,), (*shape, 1)]))
    layouts = [layout for layout in WRITEABLE if layout in PLAIN]
    layout = read_only if fault == "read-only" else draw(st.sampled_from(layouts))
    return x, i, axis, layout(np.zeros(shape, x.dtype))


def test_law_take_out():
    def take_into(x, i, axis, out):
        before = out.copy()
        try:
            assert np.take(x, i, axis=axis, out=out) is out
            return out.copy()
        except (IndexError, ValueError):
            assert np.array_equal(out, before)
            raise
        finally:
            if out.flags.writeable:
                out[...] = before

    def by(fit):
        def rule(x, i, axis, out):
            if not out.flags.writeable:
                raise ValueError
            return fit(x[(FULL,) * (axis % x.ndim) + (i,)], out)

        return rule

    def equal_shapes(result, out):
        if result.shape != out.shape:
            raise ValueError
        return result

    def broadcast_to_out(result, out):
        return np.broadcast_to(result, out.shape)

    def as_many_cells(result, out):
        return result.reshape(out.shape)

    def out_stays(result, out):
        equal_shapes(result, out)
        return out

    rules = map(by, (equal_shapes, broadcast_to_out, as_many_cells, out_stays))
    proved(takes_into_an_array(), take_into, *rules)
