"""The laws of docs/indexing/views-copies-dtypes.md."""

import numpy as np
from hypothesis import strategies as st

from tests.laws.cases import (
    NUMBERS,
    NUMERIC,
    WRITEABLE,
    arrays,
    changed,
    index_arrays,
    values,
)
from tests.laws.proof import proved


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
