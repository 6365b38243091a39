"""Labels that would change a wrong cell are refused; the others pass as they are."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from examples.label_guard import check_labels
from examples.softmax_cross_entropy import cross_entropy

M, K = 4, 5
Y = np.array([3, 2, 1, 0], dtype=np.int64)
ONE_HOT = np.eye(K, dtype=np.int64)[Y]


RIGHT = {
    "list": Y.tolist(),
    "tuple": tuple(Y.tolist()),
    "range": range(3, -1, -1),
    "Series": pd.Series(Y, index=[9, 8, 7, 6]),
    "mask without a masked entry": np.ma.array(Y, mask=False),
    "True among integers": [3, 2, True, 0],
    "read-only": np.broadcast_to(Y, (M,)),
    **{code: Y.astype(code) for code in ("i1", "i2", "i4", "i8")},
    **{code: Y.astype(code) for code in ("u1", "u2", "u4", "u8", ">i4")},
}

SHAPE = {
    "one-hot int": (ONE_HOT, r"\(4, 5\) and dtype int64"),
    "one-hot bool": (ONE_HOT > 0, r"\(4, 5\) and dtype bool"),
    "one-hot float": (ONE_HOT * 1.0, r"\(4, 5\) and dtype float64"),
    "(m, 1)": (Y[:, np.newaxis], r"\(4, 1\) and dtype int64"),
    "(1, m)": (Y[np.newaxis], r"\(1, 4\) and dtype int64"),
    "DataFrame": (pd.DataFrame({"y": Y}), r"\(4, 1\) and dtype int64"),
    "length 1": (Y[:1], r"\(1,\) and dtype int64"),
    "scalar": (np.int64(3), r"\(\) and dtype int64"),
    "too short": (Y[:3], r"\(3,\) and dtype int64"),
    "empty list": ([], r"\(0,\) and dtype int64"),
    "empty array": (np.array([], dtype=np.int64), r"\(0,\) and dtype int64"),
    "None": (None, r"\(\) and dtype object"),
    "True": (True, r"\(\) and dtype bool"),
    "set": ({0, 1, 2, 3}, r"\(\) and dtype object"),
    "generator": ((int(k) for k in Y), r"\(\) and dtype object"),
    "words": ("3210", r"\(\) and dtype <U4"),
}
DTYPE = {
    "float": (Y * 1.0, "float64"),
    "nan": ([3, 2, np.nan, 0], "float64"),
    "Series with a gap": (pd.Series([3, 2, None, 0]), "float64"),
    "bool": (Y > 0, "bool"),
    "object": (Y.astype(object), "object"),
    "None among integers": ([3, 2, None, 0], "object"),
    "string": (Y.astype(str), "<U"),
    "complex": (Y * 1j, "complex128"),
    "dates": (Y.astype("m8[D]"), "timedelta64"),
}
VALUE = {
    "negative": ([3, 2, -1, 0], r"labels\[2\] is -1"),
    "K": ([3, 2, K, 0], r"labels\[2\] is 5"),
    "-100": ([3, -100, 1, 0], r"labels\[1\] is -100"),
    "an unsigned -1": (
        np.array([3, 2, 2**64 - 1, 0], dtype=np.uint64),
        r"labels\[2\] is 18446744073709551615",
    ),
    "NaN that was cast": (
        np.array([np.iinfo(np.int64).min, 2, 1, 0]),
        r"labels\[0\] is -9223372036854775808",
    ),
}


@pytest.mark.parametrize("labels", RIGHT.values(), ids=RIGHT)
def test_integers_of_any_dtype_and_container_are_labels(labels):
    found = check_labels(labels, M, K)
    assert type(found) is np.ndarray
    assert found.dtype == np.intp
    np.testing.assert_array_equal(found, Y)


@pytest.mark.parametrize(("labels", "text"), SHAPE.values(), ids=SHAPE)
def test_another_shape_is_refused(labels, text):
    text = rf"labels have shape {text}; expected integers of shape \(4,\)$"
    with pytest.raises(ValueError, match=text):
        check_labels(labels, M, K)


@pytest.mark.parametrize(("labels", "dtype"), DTYPE.values(), ids=DTYPE)
def test_another_dtype_is_refused(labels, dtype):
    with pytest.raises(TypeError, match=f"labels have dtype {dtype}.*; expected int"):
        check_labels(labels, M, K)


@pytest.mark.parametrize(("labels", "text"), VALUE.values(), ids=VALUE)
def test_a_number_that_is_no_class_is_refused_with_its_place(labels, text):
    with pytest.raises(ValueError, match=f"{text}; expected 0 to 4$"):
        check_labels(labels, M, K)


def test_a_masked_label_is_refused_here_and_by_the_loss():
    masked = np.ma.array(Y, mask=[0, 0, 1, 0])
    text = "labels have masked entries; expected a class for each example$"
    with pytest.raises(ValueError, match=text):
        check_labels(masked, M, K)
    with pytest.raises(ValueError, match=text):
        cross_entropy(np.zeros((M, K)), masked)


def test_the_batch_may_have_more_axes():
    labels = np.arange(6).reshape(2, 3)
    np.testing.assert_array_equal(check_labels(labels, (2, 3), 6), labels)
    with pytest.raises(ValueError, match=r"labels\[1, 2\] is 5; expected 0 to 4$"):
        check_labels(labels, (2, 3), 5)
    assert check_labels(2, (), 3) == 2
    with pytest.raises(ValueError, match=r"labels is 3; expected 0 to 2$"):
        check_labels(3, (), 3)


def test_one_value_may_be_allowed_and_is_returned():
    found = check_labels([3, -100, 1, 0], M, K, ignored=-100)
    assert found.tolist() == [3, -100, 1, 0]
    with pytest.raises(ValueError, match=r"labels\[1\] is -1; expected 0 to 4, or -9"):
        check_labels([3, -1, 1, 0], M, K, ignored=-9)


EMPTY = {
    "list": [],
    "tuple": (),
    "range": range(0),
    "Series": pd.Series([], dtype=float),
    "array of integers": np.zeros(0, dtype=np.uint8),
}


@pytest.mark.parametrize("labels", EMPTY.values(), ids=EMPTY)
def test_an_empty_batch_has_an_empty_list_of_labels(labels):
    found = check_labels(labels, 0, K)
    assert found.shape == (0,)
    assert found.dtype == np.intp
    grad = np.zeros((0, K))
    grad[range(0), labels] -= 1
    assert cross_entropy(grad, labels, reduction="sum") == 0


@pytest.mark.parametrize("dtype", [float, bool, object, "U1"])
def test_an_empty_array_of_another_dtype_is_refused(dtype):
    with pytest.raises(TypeError, match=r"labels have dtype .*; expected integers"):
        check_labels(np.zeros(0, dtype=dtype), 0, K)


def test_index_arrays_are_not_copied():
    labels = Y.astype(np.intp)
    assert check_labels(labels, M, K) is labels


def as_series(labels):
    """Return labels of one axis as a column of a table, others as they are."""
    return pd.Series(labels) if labels.ndim == 1 else labels


CONTAINERS = {
    "array": lambda labels: labels,
    "strided array": lambda labels: np.repeat(labels, 2)[::2].reshape(labels.shape),
    "reversed array": lambda labels: labels[::-1].copy()[::-1],
    "read-only array": lambda labels: np.broadcast_to(labels, labels.shape),
    "Fortran order": np.asfortranarray,
    "big-endian": lambda labels: labels.astype(labels.dtype.newbyteorder(">")),
    "list": lambda labels: labels.tolist(),
    "tuple": lambda labels: tuple(labels.tolist()),
    "Series": as_series,
    "masked array": lambda labels: np.ma.array(labels, mask=labels.astype(bool)),
    "nothing masked": np.ma.array,
    "list that begins with True": lambda labels: [True, *labels.tolist()[1:]],
}
NUMBERS = [*"bBhHiIlLqQ", "?", "e", "d", "O", "U21", "m8[s]"]


@st.composite
def any_labels(draw):
    """Draw a number of rows and of classes, and labels of any kind."""
    m, k = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    shapes = hnp.array_shapes(min_dims=1, max_dims=2, min_side=0, max_side=3)
    shape = draw(st.just((m,)) | shapes)
    numbers = draw(hnp.arrays(np.int64, shape, elements=st.integers(-1, k)))
    if draw(st.booleans()):
        numbers %= k
    labels = numbers.astype(draw(st.sampled_from(NUMBERS)))
    return m, k, draw(st.sampled_from(list(CONTAINERS.values())))(labels)


def reads_the_cell_of_each_label(m, k, labels):
    """Tell whether the line reads cell (i, label) for each of m unmasked labels."""
    try:
        cells = np.arange(m * k).reshape(m, k)[range(m), labels]
    except (IndexError, ValueError):  # ValueError for a list of unequal lists
        return False
    if np.ma.is_masked(labels) or np.shape(labels) != (m,):
        return False
    classes = np.asarray(labels, dtype=object).tolist()
    wanted = [i * k + label for i, label in enumerate(classes) if 0 <= label < k]
    return cells.tolist() == wanted


@settings(max_examples=800, deadline=None, derandomize=True, database=None)
@given(any_labels())
def test_m_labels_pass_exactly_if_the_line_reads_the_cell_of_each(case):
    m, k, labels = case
    try:
        found = check_labels(labels, m, k)
    except (TypeError, ValueError):
        assert not reads_the_cell_of_each_label(m, k, labels)
    else:
        assert reads_the_cell_of_each_label(m, k, labels)
        assert reads_the_cell_of_each_label(m, k, found)
