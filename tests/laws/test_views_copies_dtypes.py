"""The laws of docs/indexing/views-copies-dtypes.md."""

import numpy as np
from hypothesis import strategies as st

from tests.laws.cases import batches, values
from tests.laws.proof import proved

INTEGERS = [np.int8, np.uint8, np.int16, np.int64]
NUMBERS = [*INTEGERS, np.uint64, np.float32, np.float64, np.complex64, np.complex128]


@st.composite
def pairs_from_one_array(draw):
    """Draw two arrays that were made from one array, by a view or by a copy."""
    x = values(draw(st.sampled_from([(4,), (3, 4)]))).astype(float)
    columns = [slice(None), slice(0, 2), slice(2, 4), slice(0, 4, 2), slice(1, 4, 2)]
    columns += [[0, 1], [1, 3], np.arange(4) > 1]
    parts = st.sampled_from(columns).map(lambda part: x[..., part])
    changes = [lambda a: a, lambda a: a.T, lambda a: a.copy(), lambda a: a + 0]
    return tuple(draw(st.sampled_from(changes))(draw(parts)) for _ in range(2))


@st.composite
def assigned_values(draw):
    """Draw an array, and values that it can hold or that wrap around in it."""
    x = np.zeros(5, draw(st.sampled_from([*INTEGERS, np.float32])))
    fractions, wide = st.floats(0, 99, width=16), st.integers(-999, 999)
    kinds = [st.lists(kind, min_size=1, max_size=4) for kind in (fractions, wide)]
    return x, np.array(draw(st.one_of(kinds)))


@st.composite
def dtypes_and_indices(draw):
    """Draw the dtypes of an array and of what is subtracted, and an index."""
    index = st.sampled_from([[0, 2], slice(0, 2), np.array([True, False, True])])
    dtypes = st.sampled_from(NUMBERS)
    return draw(dtypes), draw(dtypes), draw(index)


@st.composite
def overlapping_slices(draw):
    """Draw an array with two slices of one length, forwards or backwards."""
    x = values(draw(st.integers(2, 7))) ** 2
    length = draw(st.integers(1, len(x)))

    def part():
        first = draw(st.integers(0, len(x) - length))
        last = first + length - 1
        if draw(st.booleans()):
            return slice(first, last + 1)
        return slice(last, first - 1 if first else None, -1)

    return x, part(), part()


@st.composite
def assignments_that_may_fail(draw):
    """Draw an array, an index in or out of bounds, and values of any number."""
    x = values(draw(st.integers(1, 4)))
    index = draw(st.lists(st.integers(-6, 5), max_size=4))
    number = draw(st.one_of(st.just(len(index)), st.integers(0, 4)))
    return x, np.array(index, dtype=int), -np.arange(number)


def test_law_name_is_no_copy():
    def subtract(argument, y):
        argument[range(len(y)), y] -= 1

    def after_the_line(P, y):
        named, passed = P.copy(), P.copy()
        grad = named
        grad[range(len(y)), y] -= 1
        subtract(passed, y)
        return named, passed

    def changed(by_name, by_call):
        def rule(P, y):
            one_hot = np.eye(P.shape[1], dtype=int)[y]
            return P - by_name * one_hot, P - by_call * one_hot

        return rule

    wrong = (False, False), (True, False), (False, True)  # what is no copy
    proved(
        batches(),
        after_the_line,
        changed(by_name=True, by_call=True),
        *(changed(*pair) for pair in wrong),
    )


def test_law_shares_memory_tells():
    def writing_changes(a, b):
        before, old = b.copy(), a.copy()
        a[...] = -1
        changed = not np.array_equal(before, b)
        a[...] = old
        return changed

    def has_a_base(a, b):
        return a.base is not None or b.base is not None

    def has_the_same_base(a, b):
        return (a if a.base is None else a.base) is (b if b.base is None else b.base)

    rules = (np.shares_memory, np.may_share_memory, has_a_base, has_the_same_base)
    proved(pairs_from_one_array(), writing_changes, *rules)


def test_law_assignment_casts():
    def told(x):
        return [*x, x.itemsize]

    def assigned(x, v):
        x = x.copy()
        x[np.arange(len(v))] = v
        return told(x)

    def by(cast):
        def rule(x, v):
            rest = x[len(v) :]
            return told(np.concatenate([cast(x, v), rest]))

        return rule

    def limited(x, v):
        if x.dtype.kind == "f":
            return v.astype(x.dtype)
        limits = np.iinfo(x.dtype)
        return np.clip(v, limits.min, limits.max).astype(x.dtype)

    proved(
        assigned_values(),
        assigned,
        by(lambda x, v: v.astype(x.dtype)),
        by(lambda x, v: np.rint(v).astype(x.dtype)),
        by(limited),
        by(lambda x, v: v),  # the common dtype of both
    )


def test_law_in_place_same_kind():
    def told(accepted, dtype):
        return [accepted, np.dtype(dtype).num]

    def operator(into, of, index):
        x = np.ones(3, into)
        try:
            x[index] -= np.ones(2, of)
        except TypeError:
            return told(False, x.dtype)
        return told(True, x.dtype)

    def common(into, of):
        return np.result_type(into, of)

    def castable(casting):
        return lambda into, of, index: told(
            np.can_cast(common(into, of), into, casting=casting), into
        )

    def equal_kinds(into, of, index):
        return told(np.dtype(into).kind == np.dtype(of).kind, into)

    wrong = (castable("safe"), castable("unsafe"), equal_kinds)
    proved(dtypes_and_indices(), operator, castable("same_kind"), *wrong)


def test_law_overlap_as_if_copied():
    def operator(x, left, right):
        x = x.copy()
        x[left] -= x[right]
        return x

    def copied_first(x, left, right):
        y = x.copy()
        y[left] -= x[right].copy()
        return y

    def in_order(x, left, right, backwards=False):
        x, cells = x.copy(), np.arange(len(x))
        pairs = list(zip(cells[left], cells[right], strict=True))
        for i, j in reversed(pairs) if backwards else pairs:
            x[i] -= x[j]
        return x

    def in_reverse(x, left, right):
        return in_order(x, left, right, backwards=True)

    proved(overlapping_slices(), operator, copied_first, in_order, in_reverse)


def test_law_failure_is_atomic():
    def broken_off(x, index, v):
        x = x.copy()
        try:
            x[index] = v
        except (IndexError, ValueError):
            return x
        return np.zeros(0)

    def fails(x, index, v):
        return ((index < -len(x)) | (index >= len(x))).any() or len(v) not in {
            1,
            len(index),
        }

    def unchanged(x, index, v):
        return x if fails(x, index, v) else np.zeros(0)

    def up_to_the_first_bad_one(x, index, v):
        if not fails(x, index, v):
            return np.zeros(0)
        x = x.copy()
        for i, value in zip(index, v, strict=False):
            if not -len(x) <= i < len(x):
                break
            x[i] = value
        return x

    def all_good_ones(x, index, v):
        if not fails(x, index, v):
            return np.zeros(0)
        x = x.copy()
        for i, value in zip(index, v, strict=False):
            if -len(x) <= i < len(x):
                x[i] = value
        return x

    wrong = (up_to_the_first_bad_one, all_good_ones)
    proved(assignments_that_may_fail(), broken_off, unchanged, *wrong)
