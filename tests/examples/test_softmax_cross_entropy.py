"""The loss and its gradient are right, and say so when they are asked wrongly."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from examples.numerical_gradient import central_difference, relative_error
from examples.softmax_cross_entropy import (
    cross_entropy,
    cross_entropy_grad,
    delta_cross_entropy,
    log_softmax,
    softmax,
)
from examples.stopwatch import measure_peak_bytes

P = np.array([[0.2, 0.3, 0.5]])
X = np.log(P)


def compute_slowly(x, labels, weight, ignore_index, smoothing, reduction):
    """Compute the loss of (m, K) logits term by term, as its formula says."""
    losses, total = [], 0.0
    m, K = x.shape
    for i in range(m):
        logs = [x[i, k] - special.logsumexp(x[i]) for k in range(K)]
        if labels.dtype.kind == "f":
            target = [(1 - smoothing) * t + smoothing / K for t in labels[i]]
            losses.append(-sum(weight[k] * target[k] * logs[k] for k in range(K)))
            total += 1
        elif labels[i] == ignore_index:
            losses.append(0.0)
        else:
            spread = -sum(weight[k] * logs[k] for k in range(K)) / K
            hard = -weight[labels[i]] * logs[labels[i]]
            losses.append((1 - smoothing) * hard + smoothing * spread)
            total += weight[labels[i]]
    if reduction == "none":
        return np.array(losses)
    return sum(losses) / (total if reduction == "mean" else 1)


@st.composite
def cases(draw):
    """Draw logits (m, K) with class indices or probabilities, and all options."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    m, K = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    x = rng.normal(scale=draw(st.sampled_from([1.0, 10.0])), size=(m, K))
    labels = rng.integers(K, size=m)
    ignore_index = draw(st.sampled_from([None, -100, 0]))
    if draw(st.booleans()):
        labels, ignore_index = softmax(rng.normal(size=(m, K))), None
    elif ignore_index is not None:
        labels = np.where(rng.random(m) < 0.3, ignore_index, labels)
        labels[0] = K - 1  # at least one label counts, unless K is 1
        if K == 1:
            ignore_index, labels = None, np.zeros(m, dtype=int)
    weight = rng.uniform(0.5, 2, size=K) if draw(st.booleans()) else None
    options = {
        "weight": weight,
        "ignore_index": ignore_index,
        "label_smoothing": draw(st.sampled_from([0.0, 0.1, 1.0])),
        "reduction": draw(st.sampled_from(["mean", "sum", "none"])),
    }
    return x, labels, options


@settings(max_examples=150, deadline=None, derandomize=True)
@given(cases())
def test_the_loss_is_what_its_formula_says(case):
    x, labels, options = case
    weight = np.ones(x.shape[1]) if options["weight"] is None else options["weight"]
    rest = (options["ignore_index"], options["label_smoothing"], options["reduction"])
    wanted = compute_slowly(x, labels, weight, *rest)
    np.testing.assert_allclose(cross_entropy(x, labels, **options), wanted, atol=1e-13)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(cases())
def test_the_gradient_agrees_with_central_differences(case):
    x, labels, options = case
    found = cross_entropy_grad(x, labels, **options)
    total = (
        {**options, "reduction": "sum"} if options["reduction"] == "none" else options
    )
    wanted = central_difference(lambda x: cross_entropy(x, labels, **total), x)
    np.testing.assert_allclose(found, wanted, atol=1e-7)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(cases(), st.permutations(range(3)))
def test_the_class_axis_may_be_any_axis(case, order):
    x, labels, options = case
    x = np.stack([x, 2 * x])  # (2, m, K)
    labels = np.stack([labels, labels])
    axis = order.index(2)
    moved = x.transpose(order)
    if labels.dtype.kind == "f":
        turned = labels.transpose(order)
    else:
        turned = labels.transpose([a for a in order if a != 2])
    grad = cross_entropy_grad(moved, turned, axis=axis, **options)
    wanted = cross_entropy_grad(x, labels, **options).transpose(order)
    np.testing.assert_allclose(grad, wanted, rtol=1e-13, atol=1e-15)
    assert grad.shape == moved.shape


@pytest.mark.parametrize("axis", [0, 1, -1])
@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
def test_softmax_and_log_softmax_agree_with_scipy(axis, dtype):
    x = (np.random.default_rng(0).normal(size=(4, 5)) * 5).astype(dtype)
    rtol, tiny = 8 * np.finfo(dtype).eps, np.finfo(dtype).smallest_subnormal
    wanted = special.softmax(x.astype(float), axis)
    np.testing.assert_allclose(softmax(x, axis), wanted, rtol=rtol, atol=tiny)
    wanted = special.log_softmax(x.astype(float), axis)
    np.testing.assert_allclose(log_softmax(x, axis), wanted, rtol=rtol, atol=rtol)
    assert softmax(x).dtype == log_softmax(x).dtype == x.dtype


def test_the_worked_numbers():
    y = np.array([1])
    np.testing.assert_allclose(softmax(X), P)
    np.testing.assert_allclose(cross_entropy(X, y), -np.log(0.3))
    np.testing.assert_allclose(cross_entropy_grad(X, y), [[0.2, -0.7, 0.5]])
    np.testing.assert_allclose(delta_cross_entropy(X, y), [[0.2, -0.7, 0.5]])


def test_the_textbook_form_is_the_gradient_of_the_mean():
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(6, 4)), rng.integers(4, size=6)
    before = x.copy()
    found = delta_cross_entropy(x, y)
    np.testing.assert_allclose(found, cross_entropy_grad(x, y), atol=1e-16)
    wanted = central_difference(lambda x: cross_entropy(x, y), x)
    assert relative_error(found, wanted) < 1e-8
    np.testing.assert_array_equal(x, before)


def test_plausible_wrong_gradients_are_told_from_the_right_one():
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(6, 4)), rng.integers(4, size=6)
    right = central_difference(lambda x: cross_entropy(x, y), x)
    whole = np.exp(x) / np.exp(x).sum()  # one softmax over the whole matrix
    whole[range(6), y] -= 1
    columns = softmax(x)
    columns[:, y] -= 1
    for wrong in (whole / 6, columns / 6, delta_cross_entropy(x, y) * 6):
        assert relative_error(wrong, right) > 0.1


@pytest.mark.parametrize("y", [[0, 3], [0.0, 1.0], [0, 0, 0]])
def test_the_common_form_raises_an_error_for_what_is_no_cell(y):
    with pytest.raises(IndexError):
        delta_cross_entropy(np.zeros((2, 3)), np.array(y))


def test_each_gradient_row_sums_to_zero():
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(50, 10)) * 20, rng.integers(10, size=50)
    sums = cross_entropy_grad(x, y, reduction="sum").sum(axis=1)
    np.testing.assert_allclose(sums, 0, atol=1e-15)


def test_probabilities_sum_to_one_as_closely_as_their_denominator_is_right():
    rng = np.random.default_rng(0)
    eps = float(np.finfo(np.float32).eps)
    worst = {}
    for axis in (0, 1):
        x = rng.normal(scale=3, size=(10, 100_000)).astype(np.float32)
        x = x if axis == 1 else x.T.copy()
        exps = np.exp(x - x.max(axis=axis, keepdims=True))
        true = [math.fsum(row) for row in np.moveaxis(exps, axis, 1).tolist()]
        off = np.abs(true / exps.sum(axis=axis) - 1) / eps
        rows = np.moveaxis(softmax(x, axis), axis, 1).tolist()
        missed = np.abs([math.fsum(row) - 1 for row in rows]) / eps
        assert (missed <= off + 0.5).all()
        worst[axis] = missed.max()
    assert worst[1] < 2
    assert worst[0] > 100  # NumPy adds in pairs along a contiguous axis only


def test_two_logits_may_get_one_probability_so_the_logits_decide():
    x = np.array([0, 1e-17])
    assert x.argmax() == 1
    assert softmax(x).argmax() == 0


def test_large_logits_neither_overflow_nor_give_nan():
    x = np.array([[1000.0, 0.0], [-1000.0, 1000.0], [0.0, -2000.0]])
    y = np.array([1, 0, 0])
    np.testing.assert_allclose(cross_entropy(x, y, reduction="none"), [1000, 2000, 0])
    grad = cross_entropy_grad(x, y, reduction="sum")
    np.testing.assert_allclose(grad, [[1, -1], [-1, 1], [0, 0]])


def test_a_class_masked_by_minus_infinity_counts_nothing():
    x = np.array([[0.0, -np.inf, 0.0]])
    np.testing.assert_allclose(cross_entropy(x, [2]), np.log(2))
    np.testing.assert_allclose(cross_entropy_grad(x, [2]), [[0.5, 0, -0.5]])
    assert cross_entropy(x, [1]) == np.inf
    np.testing.assert_allclose(cross_entropy(x, [[0.5, 0.0, 0.5]]), np.log(2))


def test_a_row_without_a_finite_maximum_is_nan_in_silence_and_alone():
    x = np.array([[-np.inf, -np.inf], [np.inf, 0], [np.nan, 0], [1, 0]])
    losses = cross_entropy(x, [0, 0, 0, 0], reduction="none")[:, np.newaxis]
    for rows in (softmax(x), log_softmax(x), cross_entropy_grad(x, [0] * 4), losses):
        assert np.isnan(rows).all(axis=1).tolist() == [True, True, True, False]


def test_an_example_that_counts_nothing_may_be_nan():
    x = np.array([[0.0, 1.0], [np.nan, -np.inf]])
    soft = [[1.0, 0.0], [0.0, 0.0]]
    for labels, options in (([0, -1], {"ignore_index": -1}), (soft, {})):
        assert np.isfinite(cross_entropy(x, labels, **options))
        grad = cross_entropy_grad(x, labels, **options)
        assert np.isfinite(grad[0]).all()
        assert grad[1].tolist() == [0, 0]


def test_the_largest_finite_logits_give_the_right_probabilities():
    for dtype in ("f2", "f4"):  # in float64 their difference itself is inf
        most = np.finfo(dtype).max
        x = np.array([[most, -most]], dtype=dtype)
        with np.errstate(over="ignore"):  # float32: as float64 does
            np.testing.assert_array_equal(softmax(x), [[1, 0]])
            np.testing.assert_array_equal(cross_entropy_grad(x, [0]), [[0, 0]])


@pytest.mark.parametrize("axis", [0, 1])
def test_float16_sums_neither_stall_nor_overflow(axis):
    # Summed in float16, ones stop at 2048 along axis 0, and are inf from 65520 on.
    for K in (4096, 70_000):
        x = np.zeros((K, 2) if axis == 0 else (2, K), dtype=np.float16)
        np.testing.assert_array_equal(softmax(x, axis), np.float16(1 / K))
        np.testing.assert_array_equal(log_softmax(x, axis), np.float16(-np.log(K)))


def test_float16_is_rounded_once():
    x = np.random.default_rng(0).normal(scale=5, size=(50, 100)).astype(np.float16)
    for function in (softmax, log_softmax):
        wanted = function(x.astype(float))
        spacing = np.spacing(np.abs(wanted).astype(np.float16)).astype(float)
        assert (np.abs(function(x) - wanted) <= 0.51 * spacing).all()


@pytest.mark.parametrize("dtype", ["f4", "f8"])
def test_the_gradient_of_class_indices_makes_one_array_of_its_shape(dtype):
    x = np.zeros((4096, 1000), dtype)
    names = {"grad": cross_entropy_grad, "x": x, "y": np.zeros(4096, int)}
    assert measure_peak_bytes("g = grad(x, y)", names) <= 1.2 * x.nbytes
    options = ", label_smoothing=0.1, ignore_index=-1, weight=[2.0] * 1000"
    assert measure_peak_bytes(f"g = grad(x, y{options})", names) <= 1.2 * x.nbytes
    onehot = {**names, "Y": np.eye(1000)[names["y"]]}
    assert measure_peak_bytes("g = grad(x, Y)", onehot) > 2 * x.nbytes


def test_weights_beyond_float32_cancel_in_the_mean():
    x = np.zeros((2, 2), np.float32)
    grad = cross_entropy_grad(x, [0, 1], weight=[1e39, 1e39])
    np.testing.assert_array_equal(grad, [[-0.25, 0.25], [0.25, -0.25]])


def test_a_loss_of_zero_has_no_sign():
    losses = cross_entropy([[800.0, 0.0], [0.0, 800.0]], [0, 1], reduction="none")
    assert losses.tolist() == [0, 0]
    assert not np.signbit(losses).any()


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
def test_the_dtype_of_the_logits_is_kept(dtype):
    x = np.random.default_rng(0).normal(size=(3, 4)).astype(dtype)
    assert cross_entropy(x, [0, 1, 2]).dtype == x.dtype
    assert cross_entropy_grad(x, [0, 1, 2]).dtype == x.dtype
    wide = cross_entropy_grad(x.astype(float), [0, 1, 2])
    found = cross_entropy_grad(x, [0, 1, 2])
    np.testing.assert_allclose(found, wide, atol=2 * np.finfo(dtype).eps)


@pytest.mark.parametrize("dtype", ["u1", "i1", "u4", "i8", "u8"])
def test_labels_of_any_integer_dtype_are_labels(dtype):
    labels = np.array([1, 0], dtype=dtype)
    wanted = cross_entropy_grad(np.eye(2), [1, 0])
    np.testing.assert_array_equal(cross_entropy_grad(np.eye(2), labels), wanted)


def test_integer_logits_are_float64():
    assert cross_entropy_grad([[1, 0]], [0]).dtype == np.float64


def test_one_example_without_a_batch_axis():
    np.testing.assert_allclose(cross_entropy(X[0], 1), -np.log(0.3))
    np.testing.assert_allclose(cross_entropy_grad(X[0], 1), [0.2, -0.7, 0.5])


def test_a_mean_over_nothing_is_nan_and_a_sum_is_zero():
    for labels, x in (([-100], X), (np.zeros(0, int), np.zeros((0, 3)))):
        options = {"ignore_index": -100}
        assert np.isnan(cross_entropy(x, labels, **options))
        assert cross_entropy(x, labels, reduction="sum", **options) == 0


def test_an_ignored_example_has_gradient_zero_even_where_the_mean_is_nan():
    for labels, x in (([1, 1], np.vstack([X, X])), (1, X[0])):
        for smoothing in (0, 0.1):
            options = {"ignore_index": 1, "label_smoothing": smoothing}
            assert np.isnan(cross_entropy(x, labels, **options))
            np.testing.assert_array_equal(cross_entropy_grad(x, labels, **options), 0)


def test_an_ignored_example_has_gradient_zero_even_where_its_logits_are_nan():
    x = np.array([[np.nan, 0, 0], [-np.inf] * 3, [0, 0, 0]])
    grad = cross_entropy_grad(x, [1, 1, 0], ignore_index=1)
    np.testing.assert_allclose(grad, [[0] * 3, [0] * 3, [-2 / 3, 1 / 3, 1 / 3]])


def test_a_mean_over_weights_that_sum_to_zero_is_nan():
    for smoothing in (0, 0.1):
        options = {"weight": [1, 0, 1], "label_smoothing": smoothing}
        assert np.isnan(cross_entropy(X, [1], **options))
        assert np.isnan(cross_entropy_grad(X, [1], **options)).all()


def test_a_long_double_keeps_its_precision():
    x = X.astype(np.longdouble) * 3
    wanted = np.log(np.exp(x).sum()) - x[0, 1]
    eps = np.finfo(np.longdouble).eps
    np.testing.assert_allclose(cross_entropy(x, [1]), wanted, rtol=8 * eps)
    rows, weight = np.vstack([x, x]), np.array([1, 5, 0.5])
    P = np.exp(x) / np.exp(x).sum()
    found = cross_entropy_grad(rows, [1, 2], weight=weight)
    wanted = (P - np.eye(3)[[1, 2]]) * weight[[1, 2], np.newaxis]
    wanted /= weight[[1, 2]].sum().astype(np.longdouble)
    np.testing.assert_allclose(found, wanted, rtol=0, atol=4 * eps)


TWO = np.zeros((2, 3))
WRONG = {
    "logits have dtype bool": (TypeError, (TWO > 0, [0, 1]), {}),
    "logits have dtype complex128": (TypeError, (TWO * 1j, [0, 1]), {}),
    r"logits have shape \(2, 0\); expected at least one class": (
        ValueError,
        (np.zeros((2, 0)), [0, 1]),
        {},
    ),
    r"axis is 2; expected -2 to 1 for logits of shape \(2, 3\)": (
        ValueError,
        (TWO, [0, 1]),
        {"axis": 2},
    ),
    r"labels have shape \(2, 1\) and dtype int64; expected .* of shape \(2,\)": (
        ValueError,
        (TWO, np.array([[0], [1]], dtype=np.int64)),
        {},
    ),
    r"labels have shape \(1,\)": (ValueError, (TWO, [0]), {}),
    r"labels have shape \(2, 3\) and dtype int": (
        ValueError,
        (TWO, [[0, 1, 0]] * 2),
        {},
    ),
    "labels have dtype float64; expected integers": (TypeError, (TWO, [0.0, 1.0]), {}),
    "labels have dtype bool": (TypeError, (TWO, [True, False]), {}),
    "labels have dtype object": (TypeError, (TWO, np.array([0, None])), {}),
    "labels have dtype <U1": (TypeError, (TWO, ["0", "1"]), {}),
    r"labels\[1\] is 3; expected 0 to 2$": (ValueError, (TWO, [0, 3]), {}),
    r"labels\[0\] is -1; expected 0 to 2, or -100$": (
        ValueError,
        (TWO, [-1, 0]),
        {"ignore_index": -100},
    ),
    r"labels is 5; expected 0 to 2$": (ValueError, (TWO[0], 5), {}),
    "weight has dtype <U1": (TypeError, (TWO, [0, 1]), {"weight": ["1", "2", "3"]}),
    r"weight has shape \(2,\); expected \(3,\)": (
        ValueError,
        (TWO, [0, 1]),
        {"weight": [1, 2]},
    ),
    "ignore_index is 0; expected None, because labels are prob": (
        ValueError,
        (TWO, np.full((2, 3), 1 / 3)),
        {"ignore_index": 0},
    ),
    "label_smoothing is 1.5; expected a number from 0 to 1": (
        ValueError,
        (TWO, [0, 1]),
        {"label_smoothing": 1.5},
    ),
    "label_smoothing is nan": (ValueError, (TWO, [0, 1]), {"label_smoothing": np.nan}),
    "reduction is 'average'; expected 'mean', 'sum' or 'none'": (
        ValueError,
        (TWO, [0, 1]),
        {"reduction": "average"},
    ),
}


@pytest.mark.parametrize("function", [cross_entropy, cross_entropy_grad])
@pytest.mark.parametrize("message", WRONG)
def test_a_wrong_argument_is_named(message, function):
    error, arguments, options = WRONG[message]
    with pytest.raises(error, match=message):
        function(*arguments, **options)
