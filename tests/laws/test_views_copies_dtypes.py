"""The laws of docs/indexing/views-copies-dtypes.md."""

import platform
import warnings

import numpy as np
import pytest
from hypothesis import strategies as st

from examples.index_rules import NUMPY_2
from tests.laws.cases import (
    DTYPES,
    NUMBERS,
    WRITEABLE,
    arrays,
    arrays_and_any_indices,
    changed,
    index_arrays,
    values,
)
from tests.laws.proof import proved

NUMERIC = {"dtypes": (*NUMBERS, "O"), "layouts": WRITEABLE}


@st.composite
def labelled_rows(draw):
    """Draw a matrix of numbers, and a label for each of its rows."""
    shapes = st.tuples(st.integers(1, 4), st.integers(1, 3))
    P = draw(arrays(shapes=shapes, **NUMERIC))
    return P, draw(index_arrays(P.shape[1], P.shape[:1]))


def test_law_name_is_no_copy():
    def subtract(argument, y):
        argument[range(len(argument)), y] -= argument.dtype.type(1)

    def after_the_line(P, y):
        named, passed = P.copy(), P.copy()
        grad = named
        subtract(grad, y)
        subtract(passed, y)
        return named, passed

    def by(by_name, by_call):
        def rule(P, y):
            found = P.copy(), P.copy()
            for array, is_changed in zip(found, (by_name, by_call), strict=True):
                for i, k in enumerate(np.array(y, dtype=np.intp) * is_changed):
                    array[i : i + 1, k] -= P.dtype.type(1) * is_changed
            return found

        return rule

    wrong = by(False, False), by(True, False), by(False, True)  # what is no copy
    proved(labelled_rows(), after_the_line, by(True, True), *wrong)


@st.composite
def pairs_from_one_array(draw):
    """Draw two arrays that were made from one array, by views and by copies."""
    dtypes = (*NUMBERS, "U3", "M8[s]", "O", [("a", "i2"), ("b", "f4"), ("c", "i1")])
    layouts = WRITEABLE
    x = draw(
        arrays(st.sampled_from([(4,), (3, 4), (0, 4), (2, 3, 4)]), dtypes, layouts)
    )
    parts = [slice(None), slice(0, 2), slice(2, 4), slice(0, 4, 2), slice(1, 4, 2)]
    parts += [[0, 1], np.arange(4) > 1]
    makers = [lambda a: a, np.transpose, np.copy, lambda a: a[::-1], np.ravel]
    if x.dtype.kind == "c":
        makers += [np.real, np.imag]
    if x.dtype.kind == "V":
        makers += [lambda a: a["b"], lambda a: a[["a", "c"]], lambda a: a[["b"]]]
    return tuple(
        draw(st.sampled_from(makers))(x[..., draw(st.sampled_from(parts))])
        for _ in range(2)
    )


def split_fields(a):
    """Return the arrays of the fields of a structured array, else the array alone."""
    return [a[name] for name in a.dtype.names] if a.dtype.names else [a]


def map_file(path, start=0):
    """Return a memory map of four numbers in a file, from one of them on."""
    offset = 8 * start
    return np.memmap(path, np.int64, "r+", offset=offset, shape=4 - start)


def test_law_shares_memory_tells(tmp_path):
    def writing_changes(a, b):
        before, old = b.copy(), a.copy()
        a[...] = np.array(1 + 1j if a.dtype.kind == "c" else 1).astype(a.dtype)
        is_changed = not np.array_equal(before, b)
        a[...] = old
        return is_changed

    def any_fields(test):
        def rule(a, b):
            fields = (
                (left, right) for left in split_fields(a) for right in split_fields(b)
            )
            return any(test(left, right) for left, right in fields) or one_file(a, b)

        return rule

    def one_file(a, b):
        file = getattr(a, "filename", None)
        return file is not None and file == getattr(b, "filename", None)

    def has_a_base(a, b):
        return a.base is not None or b.base is not None

    def has_the_same_base(a, b):
        return (a if a.base is None else a.base) is (b if b.base is None else b.base)

    np.arange(1, 5, dtype=np.int64).tofile(path := tmp_path / "numbers")
    boxes = values((3,), [("a", "i2"), ("b", "f4"), ("c", "i1")])
    proved(
        pairs_from_one_array(),
        writing_changes,
        any_fields(np.shares_memory),
        any_fields(np.may_share_memory),
        has_a_base,
        has_the_same_base,
        counterexamples={
            "two memory maps of one file": (
                np.shares_memory,
                (map_file(path), map_file(path, start=1)),
            ),
            "fields on both sides of another field": (
                np.shares_memory,
                (boxes[["a", "c"]], boxes["b"]),
            ),
        },
    )


@st.composite
def assigned_values(draw):
    """Draw an array, an index of its first cells, and as many values of any dtype."""
    # NumPy 1.26 corrupts memory when it writes m8 into strings.
    dtypes = [kind for kind in DTYPES if kind != "m8[D]" and not isinstance(kind, list)]
    dtypes = draw(st.sampled_from([dtypes, NUMBERS]))
    x = draw(arrays(st.just((6,)), dtypes, WRITEABLE))
    kind = draw(st.sampled_from(dtypes))
    fractions, wide = st.floats(0, 99, width=16), st.integers(-999, 999)
    numbers = fractions if kind in ("f2", "f8", "c8") else wide
    numbers = draw(st.lists(numbers, min_size=1, max_size=4))
    count = len(numbers)
    part = [slice(count), slice(0, count, 1), np.arange(count), np.arange(6) < count]
    v = np.array(numbers).astype(kind)
    return x, draw(st.sampled_from(part)), v


def test_law_assignment_casts():
    def by(cast):
        def rule(x, index, v):
            x = x.copy()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # an imaginary part is lost
                try:
                    x[index] = cast(x, v)
                except (TypeError, RuntimeError) as error:
                    return type(error).__name__
            return x

        return rule

    def limited(x, v):
        if x.dtype.kind not in "iu" or v.dtype.kind not in "iuf":
            return v.astype(x.dtype)
        limits = np.iinfo(x.dtype)
        return np.clip(v, limits.min, limits.max).astype(x.dtype)

    def rounded(x, v):
        return (np.rint(v) if v.dtype.kind == "f" else v).astype(x.dtype)

    proved(
        assigned_values(),
        by(lambda x, v: v),
        by(lambda x, v: v.astype(x.dtype)),
        by(rounded),
        by(limited),
    )


@pytest.mark.skipif(
    platform.machine() not in ("x86_64", "AMD64"), reason="other processors differ"
)
def test_a_float_beyond_its_integer_dtype_gives_no_promised_number():
    x, v = np.zeros((2, 8), dtype=np.uint32), np.full(8, 1e10)
    with np.errstate(invalid="ignore"):
        x[:, :4] = v[:4]
        x[0, ::2] = v[:4]
        assert (x[0, 0], x[1, 0]) != (v.astype(np.uint32)[0],) * 2


@st.composite
def operands(draw):
    """Draw an array, an index, and an array or a number to subtract."""
    x = draw(arrays(st.just((3,)), DTYPES, WRITEABLE))
    kind = draw(st.sampled_from(DTYPES))
    numbers = [1, 1.5, 1j, True, 300, -1, 2**70, np.float64(1), np.timedelta64(1, "s")]
    v = st.sampled_from(numbers) | st.just(values((2,), kind))
    index = st.sampled_from([[0, 2], slice(0, 2), np.array([True, False, True])])
    return x, draw(index), draw(v)


def test_law_in_place_same_kind():
    def told(function):
        def rule(x, index, v):
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")  # integers as timedelta64
                try:
                    return str(function(x.copy(), index, v))
                except (TypeError, OverflowError) as error:
                    overflow = isinstance(error, OverflowError)
                    return "OverflowError" if overflow else "TypeError"

        return rule

    def operator(x, index, v):
        x[index] -= v
        return x.dtype

    def castable(casting, find=lambda x, index, v: (x[index] - v).dtype):
        def rule(x, index, v):
            if not np.can_cast(find(x, index, v), x.dtype, casting=casting):
                raise TypeError
            return x.dtype

        return told(rule)

    def common(x, index, v):
        return np.result_type(x, v)

    def equal_kinds(x, index, v):
        if np.asarray(v).dtype.kind != x.dtype.kind:
            raise TypeError
        return x.dtype

    earlier = castable("same_kind", find=common)
    dates = np.array(["2020-01-01", "2020-01-02"], dtype="M8[D]")
    counterexamples = {"dates minus dates": (earlier, (dates, [0, 1], dates.copy()))}
    if NUMPY_2:  # before, 300 became a uint16
        small = values((2,), "u1")
        counterexamples["300 from uint8"] = (earlier, (small, [0, 1], 300))
    proved(
        operands(),
        told(operator),
        castable("same_kind"),
        castable("safe"),
        castable("unsafe"),
        told(equal_kinds),
        counterexamples=counterexamples,
    )


@st.composite
def overlapping_slices(draw):
    """Draw an array with two slices of one length, forward or backward."""
    shape = draw(st.sampled_from([(2,), (5,), (7,), (4, 3), (5, 2)]))
    x = draw(arrays(st.just(shape), **NUMERIC))
    length, step = draw(st.integers(1, len(x))), draw(st.integers(1, 2))
    length = min(length, (len(x) + 1) // step)

    def draw_part():
        first = draw(st.integers(0, len(x) - 1 - (length - 1) * step))
        last = first + (length - 1) * step
        if draw(st.booleans()):
            return slice(first, last + 1, step)
        return slice(last, first - 1 if first else None, -step)

    return x, draw_part(), draw_part()


def test_law_overlap_as_if_copied():
    def by(change):
        def rule(x, left, right):
            return changed(x, None, lambda x, index: change(x, left, right))

        return rule

    def operator(x, left, right):
        x[left] -= x[right]

    def copied_first(x, left, right):
        x[left] -= x[right].copy()

    def in_order(x, left, right, backward=False):
        rows = np.arange(len(x))
        pairs = list(zip(rows[left], rows[right], strict=True))
        for i, j in reversed(pairs) if backward else pairs:
            x[i : i + 1] -= x[j : j + 1]

    def in_reverse(x, left, right):
        in_order(x, left, right, backward=True)

    proved(
        overlapping_slices(), *map(by, (operator, copied_first, in_order, in_reverse))
    )


@st.composite
def assignments_that_may_fail(draw):
    """Draw an array, an index in or out of bounds, and values of any number."""
    x, index = draw(arrays_and_any_indices(**NUMERIC))
    if index and np.size(x[index]) and draw(st.booleans()):
        n = draw(st.integers(0, len(index) - 1))
        index = (*index[:n], draw(st.sampled_from([9, [-9], [0, 9]])), *index[n + 1 :])
        v = values((), x.dtype)
    else:
        shape = np.shape(x[index])
        shape = draw(st.sampled_from([shape, (*shape, 2), shape[:-1], (5,), ()]))
        v = values(shape, x.dtype)
    return x, index, v


def test_law_failure_is_atomic():
    def left_by(operation):
        def rule(x, index, v):
            return changed(x, None, lambda x, _: attempt(operation, x, index, v))

        return rule

    def attempt(operation, x, index, v):
        try:
            operation(x, index, v)
        except (IndexError, ValueError, TypeError):
            return
        x[...] = np.zeros((), x.dtype)[()]  # it did not fail

    def assign(x, index, v):
        x[index] = v

    def subtract(x, index, v):
        x[index] -= v

    def fail_after(written):
        def operation(x, index, v):
            try:
                x.copy()[index] = v
            except (IndexError, ValueError, TypeError):
                written(x, v)
                raise

        return operation

    def nothing(x, v):
        pass

    def first_cell(x, v):
        x.flat[:1] = 0

    def every_cell(x, v):
        x[...] = 0

    for operation in (assign, subtract):
        rules = map(left_by, (operation, fail_after(nothing)))
        wrong = map(left_by, map(fail_after, (first_cell, every_cell)))
        proved(assignments_that_may_fail(), *rules, *wrong)
