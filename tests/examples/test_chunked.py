"""Blocks of rows, and blocks of classes, give what the whole gives."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples.chunked import (
    Sums,
    compute_by_classes,
    compute_by_rows,
    divide_in_place,
    find_label_cells,
    merge_summaries,
    start_summary,
    sum_over_rows,
    summarize_block,
)
from examples.softmax_cross_entropy import cross_entropy, cross_entropy_grad
from tests.bench import layer as measured
from tests.bench.case import check_ways

NAMES = ("loss", "dW", "db", "dA")


def make_layer(m=7, d=3, K=5, dtype=float, size=1.0, seed=0):
    """Return inputs, weights, bias and labels."""
    rng = np.random.default_rng(seed)
    shapes = ((m, d), (d, K), (K,))
    arrays = [(size * rng.normal(size=shape)).astype(dtype) for shape in shapes]
    return *arrays, rng.integers(K, size=m)


def compute_whole(A, W, b, labels, ignore_index=None):
    """Return loss and gradients from functions that are tested elsewhere."""
    options = {"ignore_index": ignore_index}
    loss = float(cross_entropy(A @ W + b, labels, **options))
    G = cross_entropy_grad(A @ W + b, labels, **options)
    kept = len(labels) if ignore_index is None else (labels != ignore_index).sum()
    return Sums(loss, int(kept), A.T @ G, G.sum(axis=0), G @ W.T)


def assert_same(found, wanted, **tolerance):
    """Compare all parts of two results."""
    assert found.count == wanted.count
    for name in NAMES:
        left, right = getattr(found, name), getattr(wanted, name)
        assert np.shape(left) == np.shape(right), name
        np.testing.assert_allclose(left, right, err_msg=name, **tolerance)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    sizes=st.tuples(*[st.integers(1, 9)] * 3),
    block=st.integers(1, 12),
    seed=st.integers(0, 99),
)
def test_blocks_of_any_size_give_the_whole(sizes, block, seed):
    given = make_layer(*sizes, seed=seed)
    wanted = compute_whole(*given)
    for form in (compute_by_rows, compute_by_classes):
        assert_same(form(*given, block), wanted, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("form", [compute_by_rows, compute_by_classes])
def test_ignored_examples_count_nothing(form):
    A, W, b, labels = make_layer()
    labels[[0, 3]] = -100
    found = form(A, W, b, labels, 2, ignore_index=-100)
    assert_same(found, compute_whole(A, W, b, labels, -100), rtol=1e-12, atol=1e-14)
    assert found.count == 5
    assert not found.dA[[0, 3]].any()


@pytest.mark.parametrize("form", [compute_by_rows, compute_by_classes])
def test_where_all_are_ignored_the_gradients_are_zero_and_the_loss_is_nan(form):
    A, W, b, labels = make_layer()
    found = form(A, W, b, np.full_like(labels, 9), 2, ignore_index=9)
    assert np.isnan(found.loss)
    assert not any(getattr(found, name).any() for name in NAMES[1:])


@pytest.mark.parametrize("form", [compute_by_rows, compute_by_classes])
def test_float32_stays_float32(form):
    given = make_layer(dtype=np.float32)
    found = form(*given, 2)
    assert {getattr(found, name).dtype.name for name in NAMES[1:]} == {"float32"}
    assert_same(found, compute_whole(*given), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("form", [compute_by_rows, compute_by_classes])
def test_large_logits_overflow_nothing(form):
    given = make_layer(size=100)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        found = form(*given, 2)
    assert_same(found, compute_whole(*given), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("form", [compute_by_rows, compute_by_classes])
def test_a_block_of_masked_classes_is_no_nan(form):
    A, W, b, labels = make_layer(K=6)
    b[:4] = -np.inf
    labels[:] = labels % 2 + 4
    with np.errstate(invalid="raise"):
        found = form(A, W, b, labels, 2)
    assert_same(found, compute_whole(A, W, b, labels), rtol=1e-12, atol=1e-14)
    assert not found.dW[:, :4].any()


@pytest.mark.parametrize("form", [compute_by_rows, compute_by_classes])
def test_the_arguments_are_not_changed(form):
    given = make_layer()
    copies = [x.copy() for x in given]
    form(*given, 3)
    for left, right in zip(given, copies, strict=True):
        np.testing.assert_array_equal(left, right)


def test_no_array_of_all_rows_and_all_classes_is_made(monkeypatch):
    shapes = []
    exp = np.exp

    def spying(x, **options):
        shapes.append(x.shape)
        return exp(x, **options)

    monkeypatch.setattr(np, "exp", spying)
    compute_by_rows(*make_layer(m=7, K=5), 3)
    assert shapes == [(3, 5), (3, 5), (1, 5)]
    shapes.clear()
    compute_by_classes(*make_layer(m=7, K=5), 3)
    assert {shape for shape in shapes if len(shape) == 2} == {(7, 3), (7, 2)}


def test_sums_add_up_and_the_mean_divides_once():
    A, W, b, labels = make_layer()
    parts = [sum_over_rows(A[s], W, b, labels[s]) for s in (slice(0, 4), slice(4, 7))]
    loss, count, dW, db = (x + y for x, y in zip(*[p[:4] for p in parts], strict=True))
    dA = np.concatenate([part.dA for part in parts])
    found = divide_in_place(Sums(loss, count, dW, db, dA))
    assert_same(found, compute_whole(A, W, b, labels), rtol=1e-12, atol=1e-14)


def test_classes_may_be_seen_in_any_order_and_grouping():
    X = np.random.default_rng(0).normal(size=(4, 6))
    labels = np.array([0, 5, 2, 3])
    parts = [summarize_block(X[:, k : k + 2].copy(), labels, k) for k in (0, 2, 4)]
    first = merge_summaries(merge_summaries(parts[0], parts[1]), parts[2])
    second = merge_summaries(
        parts[2],
        merge_summaries(start_summary(4, float), merge_summaries(*parts[1::-1])),
    )
    for left, right in zip(first, second, strict=True):
        np.testing.assert_allclose(left, right, rtol=1e-15)
    np.testing.assert_allclose(first.picked, X[range(4), labels])
    total = np.exp(X - first.largest[:, np.newaxis]).sum(axis=1)
    np.testing.assert_allclose(first.total, total)


def test_each_label_is_in_the_cells_of_one_block():
    labels = np.array([0, 5, 2, 3, 3])
    grad = np.zeros((5, 6))
    for first, n in ((0, 2), (2, 3), (5, 1)):
        part = grad[:, first : first + n]
        part[find_label_cells(labels, first, n)] -= 1
    np.testing.assert_array_equal(grad, -np.eye(6)[labels])


BAD = {
    "W of integers": ({"W": np.ones((3, 5), int)}, TypeError, "W has dtype int64"),
    "A of one row": ({"A": np.ones(3)}, ValueError, r"A has shape \(3,\); expected 2"),
    "W transposed": ({"W": np.ones((5, 3))}, ValueError, r"\(7, 3\), \(5, 3\) and"),
    "b as a column": ({"b": np.ones((5, 1))}, ValueError, "b has shape"),
    "no class": (
        {"W": np.ones((3, 0)), "b": np.ones(0)},
        ValueError,
        "K at least 1",
    ),
    "labels as a column": (
        {"labels": np.zeros((7, 1), int)},
        ValueError,
        r"labels have shape \(7, 1\) and dtype int64; expected integers of .*\(7,\)",
    ),
    "labels of floats": ({"labels": np.zeros(7)}, TypeError, "labels have dtype float"),
    "a label too large": (
        {"labels": np.array([0, 0, 0, 0, 0, 5, 0])},
        ValueError,
        r"labels\[5\] is 5; expected 0 to 4",
    ),
    "a negative label": (
        {"labels": np.array([0, -1, 0, 0, 0, 0, 0])},
        ValueError,
        r"labels\[1\] is -1",
    ),
}


@pytest.mark.parametrize("form", [compute_by_rows, compute_by_classes])
@pytest.mark.parametrize("case", BAD)
def test_bad_arguments_are_named(form, case):
    changed, error, message = BAD[case]
    given = zip(("A", "W", "b", "labels"), make_layer(), strict=True)
    arguments = dict(given) | changed
    with pytest.raises(error, match=message):
        form(*arguments.values(), 2)


@pytest.mark.parametrize(
    ("form", "name"), [(compute_by_rows, "rows"), (compute_by_classes, "classes")]
)
def test_an_empty_block_is_refused(form, name):
    with pytest.raises(ValueError, match=f"{name} is 0; expected 1 or more"):
        form(*make_layer(), 0)


@pytest.mark.parametrize("form", [compute_by_rows, compute_by_classes])
def test_another_label_than_the_ignored_one_is_named(form):
    A, W, b, labels = make_layer()
    labels[2] = -1
    with pytest.raises(ValueError, match=r"labels\[2\] is -1; .* or -100"):
        form(A, W, b, labels, 2, ignore_index=-100)


def test_what_is_measured_gives_the_same_gradient():
    (case,) = measured.cases()
    check_ways(case._replace(prepare=partial(measured.make_layer, 33, 40, "float64")))
