"""The fast function gives what the textbook gives, and no fewer digits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import fast_cross_entropy as fast
from examples.fast_cross_entropy import fast_cross_entropy
from examples.stopwatch import measure_peak_bytes

DTYPES = ("f2", "f4", "f8", "g")
SHAPES = (
    *((1, 1), (1, 7), (5, 1), (3, 2), (128, 10), (300, 3)),
    *((4, 255), (4, 256), (3, 1000), (2, 8191), (3, 8192), (2, 50257)),
)


def compute_exactly(X, y):
    """Return loss and gradient in long double, from logits of any size."""
    wide = X.astype(np.longdouble)
    shifted = wide - wide.max(axis=1, keepdims=True)
    rows = np.arange(len(X))
    P = np.exp(shifted)
    total = P.sum(axis=1)
    P /= total[:, np.newaxis]
    losses = np.log(total) - shifted[rows, y]
    P[rows, y] -= 1
    return losses.mean(), P / len(X)


def compute_textbook(X, y):
    """Return the gradient by the lines that everyone writes."""
    exps = np.exp(X - X.max(axis=1, keepdims=True))
    P = exps / exps.sum(axis=1, keepdims=True)
    P[range(len(y)), y] -= 1
    return P / X.dtype.type(len(y))


def measure_ulps(found, wanted, y):
    """Return the errors of all entries but the labels', in ulps of the truth."""
    rest = np.ones(found.shape, dtype=bool)
    rest[np.arange(len(y)), y] = False
    rest &= wanted > np.finfo(found.dtype).tiny
    ulp = np.spacing(wanted.astype(found.dtype)).astype(np.longdouble)
    return (np.abs(found - wanted) / ulp)[rest]


def draw_batch(m, K, dtype, scale=1.0, seed=0):
    """Return logits and labels."""
    rng = np.random.default_rng(seed)
    X = rng.normal(scale=scale, size=(m, K))
    return X.astype(dtype), rng.integers(K, size=m)


def check(X, y, **options):
    """Compare with the exact result, to a few roundings of numbers near 1 / m."""
    loss, grad = fast_cross_entropy(X, y, **options)
    exact_loss, exact_grad = compute_exactly(X, y)
    eps = np.finfo(X.dtype).eps
    assert grad.shape == X.shape
    assert grad.dtype == np.asarray(loss).dtype == X.dtype
    atol = 6 * eps / len(X) + np.finfo(X.dtype).smallest_subnormal
    np.testing.assert_allclose(grad.astype("g"), exact_grad, rtol=0, atol=atol)
    rtol = 6 * eps + np.finfo("g").eps * X.shape[1]
    np.testing.assert_allclose(np.longdouble(loss), exact_loss, rtol, 8 * eps)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_every_shape_and_dtype_gives_the_exact_result(shape, dtype):
    check(*draw_batch(*shape, dtype))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("scale", [0.0, 30.0, 300.0, 1e4])
def test_logits_of_any_size_give_the_exact_result(scale, dtype):
    check(*draw_batch(50, 20, dtype, scale))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.data())
def test_any_finite_logits_give_the_exact_result(data):
    dtype = data.draw(st.sampled_from(["f2", "f4", "f8"]))
    m, K = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 4))
    width = 8 * np.dtype(dtype).itemsize
    number = st.floats(width=width, allow_nan=False, allow_infinity=False)
    some = st.one_of(number, st.floats(-100, 100, width=width), st.just(0.0))
    values = data.draw(st.lists(some, min_size=m * K, max_size=m * K))
    labels = data.draw(st.lists(st.integers(0, K - 1), min_size=m, max_size=m))
    X, y = np.array(values, dtype).reshape(m, K), np.array(labels)
    loss, grad = fast_cross_entropy(X, y)
    exact_loss, exact_grad = compute_exactly(X, y)
    eps, largest = np.finfo(dtype).eps, np.finfo(dtype).max
    atol = 6 * eps / m + np.finfo(dtype).smallest_subnormal
    np.testing.assert_allclose(grad.astype("g"), exact_grad, rtol=0, atol=atol)
    if exact_loss < largest / 4:
        np.testing.assert_allclose(np.longdouble(loss), exact_loss, 8 * eps, 8 * eps)
    else:
        assert loss > largest / 8


@pytest.mark.parametrize("dtype", ["f4", "f8"])
@pytest.mark.parametrize("scale", [1.0, 5.0, 20.0])
@pytest.mark.parametrize("shape", [(128, 10), (64, 1000), (8, 50257)], ids=str)
def test_no_digit_is_lost_against_the_textbook(shape, scale, dtype):
    X, y = draw_batch(*shape, dtype, scale)
    _, exact = compute_exactly(X, y)
    ours = measure_ulps(fast_cross_entropy(X, y)[1], exact, y)
    textbook = measure_ulps(compute_textbook(X, y), exact, y)
    assert ours.mean() < 1.05 * textbook.mean()
    assert ours.max() < textbook.max() + 1


EXTREME = {
    "sums overflow": [[90.0, 0, 1], [800, 0, 1], [1e4, 0, 1], [20_000, 0, 1]],
    "sums are below 1 / m": [[-90.0, -91, -92], [-800, -801, -802], [-2e4] * 3],
    "the label's probability underflows": [[0.0, -300, 0], [0, -2e4, 0]],
    "the reciprocal is no normal number": [[85.0, 0, 0], [86, 0, 0], [87, 1, 0]],
    "safe rows between others": [[0.0, 1, 2], [1e4, 0, 0], [0, 1, 2], [-1e4, 0, 0]],
}


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", EXTREME)
def test_rows_that_need_the_shift_get_it(name, dtype):
    X = np.array(EXTREME[name], dtype)
    for m in (1, 500):
        rows = np.tile(X, (m, 1))
        check(rows, np.ones(len(rows), int))


def test_only_the_rows_that_need_the_shift_are_computed_again(monkeypatch):
    seen = []

    def count(X, y, m):
        seen.append(X.tolist())
        return compute(X, y, m)

    compute = fast.compute_shifted
    monkeypatch.setattr(fast, "compute_shifted", count)
    X, y = draw_batch(100, 3, "f8")
    fast_cross_entropy(X, y)
    assert seen == []
    X[7], X[70] = [0, 800, 0], [-800, -801, -802]
    rows = X[[7, 70]].tolist()
    fast_cross_entropy(X, y)
    assert seen == [rows]


def test_extreme_finite_logits_are_no_trouble():
    for dtype in ("f2", "f4", "f8"):
        most = np.finfo(dtype).max
        X = np.array([[most, -most], [-most, -most], [most, most]], dtype)
        loss, grad = fast_cross_entropy(X, [0, 1, 0])
        wanted = np.array([[0, 0], [0.5, -0.5], [-0.5, 0.5]]) / 3
        np.testing.assert_allclose(grad, wanted, rtol=2 * np.finfo(dtype).eps)
        np.testing.assert_allclose(loss, 2 / 3 * np.log(2), 2 * np.finfo(dtype).eps)
        losses = np.array([[0, most / 2]] * 4, dtype)  # their sum overflows
        loss, _ = fast_cross_entropy(losses, [0, 0, 0, 0])
        assert loss == most / 2


def test_masked_infinite_and_nan_logits_do_what_the_textbook_does():
    inf, nan = np.inf, np.nan
    X = np.array([[0.0, -inf, 0], [-inf] * 3, [inf, 0, 0], [nan, 0, 0], [0, 1, 2]])
    loss, grad = fast_cross_entropy(X, [0, 0, 0, 0, 0])
    with np.errstate(invalid="ignore"):
        wanted = compute_textbook(X, np.zeros(5, int))
    np.testing.assert_allclose(grad, wanted, rtol=1e-15, atol=1e-16)
    assert np.isnan(loss)
    loss, grad = fast_cross_entropy(X[:1], [1])
    assert (loss, grad.tolist()) == (inf, [[0.5, -1, 0.5]])


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("threads", [1, 2, 3, 7, 100])
def test_threads_share_the_rows(threads, dtype):
    X, y = draw_batch(50, 6, dtype, scale=30)
    check(X, y, threads=threads)
    wanted = fast_cross_entropy(X, y)[1]
    found = fast_cross_entropy(X, y, threads=threads)[1]
    # BLAS may add a row in another order if there are more or fewer rows.
    atol = 4 * np.finfo(dtype).eps / len(X)
    np.testing.assert_allclose(found, wanted, rtol=0, atol=atol)


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
def test_blocks_change_nothing(dtype, monkeypatch):
    X, y = draw_batch(50, 6, dtype, scale=30)
    wanted = fast_cross_entropy(X, y)
    for block in (1, 100, 1000):
        monkeypatch.setattr(fast, "BLOCK", block)
        loss, grad = fast_cross_entropy(X, y)
        atol = 4 * np.finfo(dtype).eps / len(X)
        np.testing.assert_allclose(grad, wanted[1], rtol=0, atol=atol)
        np.testing.assert_allclose(loss, wanted[0], rtol=4 * np.finfo(dtype).eps)


def test_the_given_array_is_filled_and_the_arguments_are_kept():
    X, y = draw_batch(20, 300, "f4", scale=40)
    before, labels = X.copy(), y.copy()
    out = np.full_like(X, np.nan)
    _, grad = fast_cross_entropy(X, y, out=out)
    assert grad is out
    np.testing.assert_array_equal(grad, fast_cross_entropy(X, y)[1])
    np.testing.assert_array_equal(X, before)
    np.testing.assert_array_equal(y, labels)


def test_logits_of_any_layout_and_labels_of_any_integer_dtype_will_do():
    X, y = draw_batch(20, 30, "f8")
    wanted = fast_cross_entropy(X, y)[1]
    wide = np.zeros((40, 60))
    wide[::2, ::2] = X
    swapped = X.astype(X.dtype.newbyteorder())
    for same in (np.asfortranarray(X), wide[::2, ::2], X.tolist(), swapped):
        np.testing.assert_array_equal(fast_cross_entropy(same, y)[1], wanted)
    for dtype in ("i1", "u1", "i4", "u8", ">i8"):
        found = fast_cross_entropy(X, y.astype(dtype))[1]
        np.testing.assert_array_equal(found, wanted)
    np.testing.assert_array_equal(fast_cross_entropy(X, y.tolist())[1], wanted)


def test_the_state_of_numpy_is_left_alone():
    X = np.array([[1e4] * 300, [0] * 300])
    size, errors = np.getbufsize(), np.geterr()
    with np.errstate(all="raise"):
        fast_cross_entropy(X, [0, 1])
    assert (np.getbufsize(), np.geterr()) == (size, errors)


@pytest.mark.parametrize("scale", [1.0, 1000.0])
@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
def test_beside_the_gradient_there_are_only_blocks(dtype, scale):
    X, y = draw_batch(4096, 1000, dtype, scale)
    names = {"f": fast_cross_entropy, "X": X, "y": y, "G": np.empty_like(X)}
    spare = 3 * fast.BLOCK + 20 * 8 * len(X)
    assert measure_peak_bytes("f(X, y)", names) <= X.nbytes + spare
    assert measure_peak_bytes("f(X, y, out=G)", names) <= spare


ZEROS, LABELS = np.zeros((2, 3)), np.array([0, 1])
FIXED = np.zeros((2, 3))
FIXED.flags.writeable = False
WRONG = {
    "logits have dtype int64; expected floats": (np.eye(2, dtype="i8"), LABELS, {}),
    "logits have dtype complex128; expected floats": (ZEROS * 1j, LABELS, {}),
    r"logits have shape \(3,\); expected \(m, K\)": (ZEROS[0], LABELS, {}),
    r"logits have shape \(0, 3\); expected .* at least": (ZEROS[:0], LABELS[:0], {}),
    r"logits have shape \(2, 0\); expected .* at least": (ZEROS[:, :0], LABELS, {}),
    "labels have dtype float64; expected integers": (ZEROS, [0.0, 1.0], {}),
    "labels have dtype bool; expected integers": (ZEROS, [True, False], {}),
    r"labels have shape \(2, 1\); expected \(2,\)": (ZEROS, LABELS[:, None], {}),
    r"labels have shape \(1,\); expected \(2,\)": (ZEROS, [0], {}),
    r"labels\[1\] is 3; expected 0 to 2": (ZEROS, [0, 3], {}),
    r"labels\[0\] is -1; expected 0 to 2": (ZEROS, [-1, 3], {}),
    r"labels\[1\] is 18446744073709551615; expected": (
        ZEROS,
        np.array([0, 2**64 - 1], dtype=np.uint64),
        {},
    ),
    r"out has shape \(3, 2\) and dtype float64; expected \(2, 3\)": (
        ZEROS,
        LABELS,
        {"out": np.zeros((3, 2))},
    ),
    r"out has shape \(2, 3\) and dtype float32; expected .* float64": (
        ZEROS,
        LABELS,
        {"out": np.zeros((2, 3), "f4")},
    ),
    r"out has strides \(8, 16\) and writeable is True; expected C order": (
        ZEROS,
        LABELS,
        {"out": np.zeros((3, 2)).T},
    ),
    "writeable is False; expected C order and True": (ZEROS, LABELS, {"out": FIXED}),
    "out shares memory with logits": (ZEROS, LABELS, {"out": ZEROS}),
    "threads is 0; expected 1 or more": (ZEROS, LABELS, {"threads": 0}),
}


@pytest.mark.parametrize("message", WRONG)
def test_a_wrong_argument_is_named(message):
    logits, labels, options = WRONG[message]
    with pytest.raises((TypeError, ValueError), match=message):
        fast_cross_entropy(logits, labels, **options)
