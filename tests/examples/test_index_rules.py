"""The rules of indexing say what NumPy does: judged by NumPy, on random indices."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from examples import index_rules
from examples.index_rules import classify_index, explain, find_cells, result_shape
from examples.index_sample import (
    Index,
    compute_pair_shares,
    pick_one,
    sample_index,
    tabulate_sample,
)
from tests.examples.wrong_index_rules import WRONG

COUNT = 24_000
DTYPES = ("u1", "f4", "c16", "O", "U3", "?", "M8[s]", [("x", "i4"), ("y", "f8")])


def try_call(function, *arguments):
    """Return what a function gives, or the type of its error."""
    try:
        return function(*arguments)
    except DeprecationWarning:
        return IndexError  # NumPy 2.2 warned of what 2.3 refuses
    except Exception as error:
        return type(error)


def number_cells(shape):
    """Return an array in which each cell holds its position."""
    return np.arange(np.prod(shape, dtype=int)).reshape(shape)


def find_disagreement(shape, index, array, result) -> str:
    """Tell in which respect the rules and NumPy's result disagree, if in any."""
    guess = try_call(index_rules.find_cells, shape, index)
    length = try_call(index_rules.result_shape, shape, index)
    if isinstance(result, type):
        return "" if guess is length is result else f"error {result.__name__}"
    if isinstance(guess, type) or isinstance(length, type):
        return f"an error, {guess} and {length}, where NumPy gives a result"
    if not guess.shape == length == np.shape(result):
        return f"shape {length}, {guess.shape}"
    if not np.array_equal(guess, result):
        return f"cells {guess}"
    _, gives = index_rules.classify_index(index, len(shape))
    if (gives == "scalar") == isinstance(result, np.ndarray):
        return gives
    shared = np.shares_memory(array, result)
    if result.size and shared != (gives == "view"):
        return gives
    text = index_rules.explain(shape, index)
    return "" if f"= {length}\n" in text and text.endswith(gives) else text


@pytest.fixture(scope="module")
def sample() -> list[tuple]:
    """Return random shapes, indices and their kinds, with what NumPy gives."""
    rng = np.random.default_rng(0)
    found = []
    for _ in range(COUNT):
        shape, index, kinds = sample_index(rng)
        array = number_cells(shape)
        found.append((shape, index, kinds, array, try_call(array.__getitem__, index)))
    return found


def test_the_sample_holds_every_kind_and_every_pair(sample, capsys):
    draws = [kinds for _, _, kinds, _, _ in sample]
    raising = [isinstance(result, type) for *_, result in sample]
    with capsys.disabled():
        print("\n" + tabulate_sample(draws, raising))
    shares = compute_pair_shares(draws)
    assert len(draws) >= 20_000
    assert np.diag(shares).min() >= 0.03
    assert shares.min() >= 0.005
    assert 0.15 <= np.mean(raising) <= 0.40
    errors = {result for *_, result in sample if isinstance(result, type)}
    assert errors == {IndexError, ValueError, TypeError, OverflowError}


def test_the_rules_and_numpy_agree_on_the_sample(sample):
    faults = []
    for shape, index, kinds, array, result in sample:
        if fault := find_disagreement(shape, index, array, result):
            faults.append((shape, index, kinds, fault))
    assert faults[:5] == []


def test_the_dtype_and_the_order_of_the_array_do_not_matter(sample):
    for number, (shape, index, kinds, _, result) in enumerate(sample[:4000]):
        dtype = DTYPES[number % len(DTYPES)]
        if "refused" in kinds and isinstance(dtype, list):
            continue  # strings are the names of fields there
        other = np.zeros(shape[::-1], dtype).T
        got = try_call(other.__getitem__, index)
        if isinstance(result, type):
            assert got is result, (shape, index, dtype)
        else:
            assert np.shape(got) == np.shape(result), (shape, index, dtype)


def small_arrays(dtype, elements=None):
    shapes = hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3)
    return hnp.arrays(dtype, shapes, elements=elements)


@st.composite
def shapes_and_indices(draw):
    """Draw a shape and an index of any entries, which may fit it or not."""
    ends = st.none() | st.integers(-4, 4)
    few = st.integers(-3, 3)
    entry = st.one_of(
        few,
        st.builds(slice, ends, ends, ends),
        st.just(...),
        st.none(),
        st.booleans(),
        st.lists(few, max_size=3),
        st.builds(range, st.integers(0, 3)),
        small_arrays(hnp.integer_dtypes(endianness="?"), st.integers(0, 2)),
        small_arrays(np.dtype(np.intp), few),
        small_arrays(np.dtype(bool)),
        small_arrays(np.dtype(float)),
    )
    sides = {"min_dims": 0, "max_dims": 4, "min_side": 0, "max_side": 3}
    shape = draw(hnp.array_shapes(**sides))
    if len(shape) and 0 not in shape and draw(st.booleans()):
        return shape, draw(hnp.integer_array_indices(shape))
    return shape, draw(entry | st.lists(entry, max_size=4).map(tuple))


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(shapes_and_indices())
def test_the_rules_and_numpy_agree_on_whatever_hypothesis_finds(case):
    shape, index = case
    array = number_cells(shape)
    result = try_call(array.__getitem__, index)
    assert find_disagreement(shape, index, array, result) == ""


def test_the_rules_and_numpy_agree_on_numpys_own_expressions(capsys):
    if index_rules.NUMPY_2:
        from numpy._core.tests import test_indexing
    else:
        from numpy.core.tests import test_indexing
    counts = {}

    class Judged(test_indexing.TestMultiIndexingAutomated):
        """NumPy's own tests, with our rules in the place of its mimicry."""

        def _check_multi_index(self, array, index):
            array = number_cells(array.shape)
            result = try_call(array.__getitem__, index)
            assert find_disagreement(array.shape, index, array, result) == "", index
            raised = "raising" if isinstance(result, type) else "accepted"
            counts[raised] = counts.get(raised, 0) + 1

        def _check_single_index(self, array, index):
            self._check_multi_index(array, (index,))
            self._check_multi_index(array, index)

    judged = Judged()
    if hasattr(judged, "setup_method"):  # up to NumPy 2.3
        judged.setup_method()
    tests = [name for name in dir(judged) if name.startswith("test_")]
    for name in tests:
        getattr(judged, name)()
    with capsys.disabled():
        print(f"\nNumPy's own expressions: {counts}, from {', '.join(tests)}")
    assert {"test_1d", "test_boolean", "test_multidim"} <= set(tests)
    assert counts["accepted"] > 500
    assert counts["raising"] > 500


@pytest.mark.parametrize("wrong", WRONG)
def test_the_sample_refutes(wrong, sample, monkeypatch):
    name, rule = WRONG[wrong]
    monkeypatch.setattr(index_rules, name, rule)
    assert any(
        try_call(find_disagreement, shape, index, array, result)
        for shape, index, _, array, result in sample
    )


class Unwilling:
    """An object whose ``__index__`` fails in an unusual way."""

    def __index__(self):
        """Fail."""
        raise ZeroDivisionError


class Doubled(tuple):
    """A tuple that is iterated as another one."""

    def __iter__(self):
        """Iterate over something else."""
        return iter((1, 1))


M = index_rules.MOST_AXES
FULL = slice(None)
NO_STEP = slice(None, None, 0)
CASES = [
    ((), ()),
    ((), ...),
    ((), (True, True)),
    ((), []),
    ((), 2**63),
    ((2, 3), ()),
    ((2, 3), ((),)),
    ((2, 3), ((), ())),
    ((2, 3), Unwilling()),
    ((2, 3), Doubled((0,))),
    ((2, 3), np.ma.array([0, 1], mask=[0, 1])),
    ((2,), np.ma.array([True, True], mask=[0, 1])),
    ((2, 3), bytearray(b"\x01")),
    ((2, 3), memoryview(b"\x01")),
    ((2, 3), iter([0])),
    # Too many axes, entries or arrays.
    ((3,), (None,) * (M - 1)),
    ((3,), (None,) * M),
    ((3,), (None,) * M + (NO_STEP,)),
    ((3,), (None,) * (2 * M + 1)),
    ((3,), (True,) * M),
    ((3,), (True,) * (M + 1)),
    ((3,), np.zeros((1,) * M, int)),
    ((3, 3), np.zeros((1,) * M, int)),
    ((1,) * M, (0,) * M + (True,)),
    # One index array fewer if one position or none is kept beside them.
    ((1,) * M, ([0],) * M),
    ((1,) * M, ([0],) * (M - 1)),
    ((1,) * M, ([0],) * (M - 1) + (0,)),
    ((1,) * M, ([0],) * (M - 1) + (True,)),
    ((1,) * M, ([True],) * M),
    ((1,), (True,) * M),
    ((1,), (True,) * (M - 1)),
    ((0,), (True,) * M),
    ((3,), (True,) * (M - 1) + ([0],)),
    ((3, 3), (True,) * (M - 1) + ([0],)),
    ((3,), (True,) * (M + 1) + (NO_STEP,)),
    # A boolean array of the array's own shape is no array beside others.
    ((1,) * M, np.ones((1,) * M, bool)),
    ((1,) * M, (np.ones((1,) * M, bool), ...)),
    ((1,) * M, np.ones((1,) * (M - 1) + (0,), bool)),
    # Of two errors, the one that NumPy sees first.
    ((2, 3), (..., ..., [[0], [0, 1]])),
    ((2, 3), ([[0], [0, 1]], ..., ...)),
    ((2, 3), (9, NO_STEP)),
    ((2, 3), (NO_STEP, 9)),
    ((2, 3), ([9], NO_STEP)),
    ((2, 3, 4), ([0, 1], [0, 1, 2], NO_STEP)),
    ((2, 3), (NO_STEP, 0, 0)),
    ((2, 3), (NO_STEP, np.ones(4, bool))),
    ((2, 3), (2**63, NO_STEP)),
    ((2, 3), (NO_STEP, 2**63)),
    # Out of bounds, and nothing to select.
    ((2, 3), ([], [9])),
    ((2, 3), ([], 9)),
    ((2, 3), (slice(0), [9])),
    ((2, 0), ([9],)),
    ((0,), ([0],)),
    ((2, 3), (np.zeros((2, 3), bool), False)),
    # An axis of length 0 of a boolean array is compared with no axis.
    ((3,), np.zeros(0, bool)),
    ((2, 3), np.zeros((0, 3), bool)),
    ((2, 3), np.zeros((0, 5), bool)),
]


@pytest.mark.parametrize(("shape", "index"), CASES)
def test_the_rules_and_numpy_agree_at_the_edges(shape, index):
    array = number_cells(shape)
    result = try_call(array.__getitem__, index)
    assert find_disagreement(shape, index, array, result) == ""


def test_index_arrays_for_all_of_the_most_axes_are_one_too_many():
    shape = (1,) * M
    assert result_shape(shape, ([0],) * (M - 1)) == (1, 1)
    assert result_shape(shape, ([0],) * (M - 1) + (0,)) == (1,)
    with pytest.raises(IndexError, match=f"has {M} arrays; expected at most {M - 1}"):
        result_shape(shape, ([0],) * M)
    with pytest.raises(IndexError, match=f"cannot be above {M - 1}"):
        np.zeros(shape)[([0],) * M]


def index_near_the_limits(rng):
    """Draw a shape of few or very many axes, and an index of very many entries.

    All axes have length 1. NumPy crashes where masks of several axes become more
    index arrays than an index may have entries, so none is drawn here.
    """
    flat = [[0], 0, FULL, None, True, False, [True], [[0]], np.array(0), ...]
    deep = [np.zeros((1,) * n, int) for n in (3, M // 2, M - 2, M)]
    shape = (1,) * pick_one(rng, (0, 1, M - 3, M - 2, M - 1, M))
    counts = [len(shape) + n for n in (-2, -1, 0, 1)] + [M - 1, M, M + 1, 2 * M]
    entries = [pick_one(rng, flat[:-1])] * max(pick_one(rng, counts), 0)
    for _ in range(pick_one(rng, (0, 1, 2))):
        entries.insert(rng.integers(len(entries) + 1), pick_one(rng, flat + deep))
    return shape, tuple(entries)


def test_the_rules_and_numpy_agree_near_the_limits():
    rng = np.random.default_rng(0)
    accepted = 0
    for _ in range(4000):
        shape, index = index_near_the_limits(rng)
        array = number_cells(shape)
        result = try_call(array.__getitem__, index)
        assert find_disagreement(shape, index, array, result) == "", (len(shape), index)
        accepted += not isinstance(result, type)
    assert 1000 < accepted < 3000


def test_a_structured_scalar_is_a_view_and_an_object_is_itself():
    points = np.zeros(2, dtype=[("x", float), ("y", float)])
    for index in (0, np.array(0)):
        assert classify_index(index, ndim=1).gives == "scalar"
        assert np.shares_memory(points, points[index])
    things = np.array([None, {}], dtype=object)
    assert things[1] is things.item(1)
    assert things[np.array(1)] is things.item(1)


def test_more_cells_than_intp_counts_are_refused():
    text = r"shape is \(8589934592, 8589934592\); expected at most"
    with pytest.raises(ValueError, match=text):
        find_cells((2**33, 2**33), (0, 0))
    with pytest.raises(ValueError, match=r"shape is \(0, "):
        find_cells((0, 2**33, 2**33), ...)


def test_no_array_of_the_shape_is_needed():
    big = np.broadcast_to(np.int8(0), (10**6, 10**5, 10**6))
    index = (slice(None, None, -3), None, ..., 5)
    assert result_shape(big.shape, index) == big[index].shape
    assert result_shape(big.shape, [[0, 1]]) == (1, 2, 10**5, 10**6)
    assert find_cells(big.shape, (3, [7, -1], 5)).tolist() == [
        3 * 10**11 + 7 * 10**6 + 5,
        3 * 10**11 + (10**5 - 1) * 10**6 + 5,
    ]


def test_a_length_below_zero_is_named():
    with pytest.raises(ValueError, match=r"shape is \(2, -1\); expected lengths of 0"):
        result_shape((2, -1), 0)


@pytest.mark.parametrize(
    ("shape", "index", "message"),
    [
        ((3,), (0,) * (2 * M + 1), f"index has {2 * M + 1} entries; expected at most"),
        ((3,), (..., ...), "index has two Ellipses; expected at most one"),
        ((3,), 1.5, "an index entry is a float of dtype float64; expected a slice"),
        ((3,), (0, 0), "index has entries for 2 axes; expected at most 1"),
        (
            (2, 3),
            np.ones((2, 4), bool),
            r"shape \(2, 4\); expected \(2, 3\)",
        ),
        ((3,), (None,) * M, f"index gives {M + 1} axes; expected at most {M}"),
        ((3,), (True,) * (M + 1), f"index has {M + 1} arrays; expected at most {M}"),
        ((1,), (True,) * M, f"index has {M} arrays; expected at most {M - 1}"),
        ((2, 3), (0, 3), "index 3 is out of bounds for axis 1 with size 3"),
        ((2, 3), ([0, -3], 0), "index -3 is out of bounds for axis 0 with size 2"),
        (
            (2, 3),
            ([0, 0], [0, 0, 0]),
            r"\(2,\), \(3,\)\]; expected shapes that",
        ),
    ],
)
def test_an_error_says_what_was_given_and_what_was_expected(shape, index, message):
    for function in (result_shape, find_cells, explain):
        with pytest.raises(IndexError, match=message):
            function(shape, index)


def test_a_kind_can_be_asked_for_without_an_array():
    assert classify_index(0) == ("basic", "view")
    assert classify_index(0, ndim=1) == ("basic", "scalar")
    assert classify_index((0, ...), ndim=1) == ("basic", "view")
    assert classify_index(np.array(0), ndim=1) == ("basic", "scalar")
    assert classify_index(np.array(0), ndim=2) == ("advanced", "copy")
    assert classify_index((Index(0), [0])) == ("advanced", "copy")
    assert classify_index((FULL, [0])) == ("mixed", "copy")
    assert classify_index(True) == ("advanced", "copy")


def test_an_index_is_explained_step_by_step():
    index = (0, slice(1, None, 2), np.ones((2, 3), bool), ...)
    assert explain((4, 5, 2, 3, 6), index).split("\n") == [
        "axis 0: integer 0, an index array of shape ()",
        "axis 1: slice 1::2, kept with shape (2,)",
        "axes 2, 3: booleans with 6 True, 2 index arrays of shape (6,)",
        "axis 4: Ellipsis, kept with shape (6,)",
        "index arrays: () and (6,) and (6,) broadcast to (6,)",
        "place: separated, so the broadcast axes come first",
        "shape: () + (6,) + (2, 6) = (6, 2, 6)",
        "kind: mixed, gives a copy",
    ]
