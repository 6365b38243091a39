"""The laws of docs/indexing/assignment.md."""

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
    change_copy,
    changed,
    values,
)
from tests.laws.proof import proved


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
        def assign(x, index, v):
            x[index] = cast(x, v)

        return change_copy(assign)

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


SECONDS = {"D": 86_400, "h": 3_600, "m": 60, "s": 1}
FIRST_CELLS = (slice(2), [0, 1], np.array([True, True, False]))


@st.composite
def dates_and_times(draw):
    """Draw dates or durations, an index, and two values in a unit of their own."""
    kind = draw(st.sampled_from(["datetime64", "timedelta64"]))
    unit, other = (draw(st.sampled_from([*SECONDS])) for _ in range(2))
    x = draw(arrays(st.just((3,)), [f"{kind}[{unit}]"], WRITEABLE))
    numbers = draw(st.lists(st.integers(-999, 999), min_size=2, max_size=2))
    index = draw(st.sampled_from(FIRST_CELLS))
    return x, index, np.array(numbers), other


def test_law_dates_are_floored():
    def units_after(operation):
        def truth(x, index, numbers, unit):
            return changed(x, index, operation(numbers, unit)).astype(np.int64)

        return truth

    def assign(numbers, unit):
        def change(x, index):
            kind = "datetime64" if x.dtype.kind == "M" else "timedelta64"
            x[index] = numbers.astype(f"{kind}[{unit}]")

        return change

    def subtract(numbers, unit):
        def change(x, index):
            x[index] -= numbers.astype(f"timedelta64[{unit}]")

        return change

    def by(divide, subtracted):
        def rule(x, index, numbers, unit):
            own = SECONDS[np.datetime_data(x.dtype)[0]]
            units = x.astype(np.int64)
            seconds = numbers * SECONDS[unit]
            if subtracted:
                seconds = units[index] * own - seconds
            units[index] = divide(seconds, own)
            return units

        return rule

    def toward_zero(seconds, own):
        return np.trunc(seconds / own)

    def to_the_nearest(seconds, own):
        return np.rint(seconds / own)

    for operation, subtracted in ((assign, False), (subtract, True)):
        divisions = (np.floor_divide, toward_zero, to_the_nearest)
        rules = [by(divide, subtracted) for divide in divisions]
        proved(dates_and_times(), units_after(operation), *rules)


@st.composite
def structured_arrays(draw):
    """Draw two structured arrays with at most three fields, and an index."""
    arrays = []
    for first, count in ((0, 3), (100.75, 2)):
        names = draw(st.permutations(["a", "b", "c"]))[: draw(st.integers(1, 3))]
        fields = [(name, draw(st.sampled_from(NUMBERS))) for name in names]
        arrays.append(np.zeros(count, fields))
        for number, name in enumerate(names):
            arrays[-1][name] = first + 10 * number + np.arange(count)
    return arrays[0], draw(st.sampled_from(FIRST_CELLS)), arrays[1]


def test_law_structured_by_position():
    def assign(x, index, v):
        x[index] = v

    def by(pair):
        def rule(x, index, v):
            x = x.copy()
            for left, right in pair(x.dtype.names, v.dtype.names):
                x[left][index] = v[right].real if x[left].dtype != "c8" else v[right]
            return x

        return rule

    def only_equal_numbers(rule):
        def checked(x, index, v):
            equal = len(x.dtype.names) == len(v.dtype.names)
            return rule(x, index, v) if equal else "TypeError"

        return checked

    by_position = by(zip)
    by_name = by(lambda left, right: [(name, name) for name in left if name in right])
    proved(
        structured_arrays(),
        change_copy(assign),
        only_equal_numbers(by_position),
        only_equal_numbers(by_name),
        by_position,  # the fields that both have
    )


@st.composite
def masked_arrays(draw):
    """Draw a masked array, an index, and a number or values for its cells."""
    x = draw(arrays(st.just((3,)), NUMBERS, WRITEABLE))
    mask = draw(st.lists(st.booleans(), min_size=3, max_size=3))
    hard = draw(st.booleans())
    x = np.ma.array(x, mask=mask, hard_mask=hard, copy=True)
    index = draw(st.sampled_from([*FIRST_CELLS, 0, [2, 1]]))
    # With a hard mask, a boolean array selects too few cells for several values.
    single = isinstance(index, int) or (hard and isinstance(index, np.ndarray))
    several = np.array([97, 98]).astype(x.dtype)
    return x, index, draw(st.sampled_from([99] if single else [99, several]))


def test_law_masked_assignment():
    def assign(x, index, v):
        x = x.copy()
        x[index] = v
        return np.stack([x.data.astype(complex), np.ma.getmaskarray(x)])

    def by(keep, unmask):
        def rule(x, index, v):
            data, mask = x.data.copy(), np.ma.getmaskarray(x).copy()
            selected = np.zeros(3, dtype=bool)
            selected[index] = True
            data[index] = v
            kept = keep(x) & mask
            data[kept] = x.data[kept]
            mask &= ~selected | kept | (not unmask)
            return np.stack([data.astype(complex), mask])

        return rule

    def hard(x):
        return x.hardmask

    def never(x):
        return False

    def always(x):
        return True

    rules = by(hard, True), by(never, True), by(always, True), by(hard, False)
    proved(masked_arrays(), assign, *rules)


def test_a_hard_mask_limits_the_values():
    x = np.ma.array([1, 2, 3], mask=[False, True, False], hard_mask=True)
    with pytest.raises(TypeError, match="Cannot cast array data"):
        x[[0, 1]] = np.array([7.0, 8.0])
    selected = np.array([True, True, False])
    with pytest.raises(ValueError, match="cannot assign"):
        x[selected] = [7, 8]
    x[selected] = 9
    assert x.data.tolist() == [9, 2, 3]
    x[np.array([True, True, True])] = [7, 8]  # values for the unmasked cells
    assert x.data.tolist() == [7, 2, 8]
