"""Every law of the site, on many random cases, against two plausible wrong versions.

A law is a function of a case that predicts what NumPy does. The right one must agree
with NumPy on every case; for each wrong one a case must be found that refutes it.
"""

import re
import sys
from functools import partial

import numpy as np
from conftest import PAGES, ROOT
from hypothesis import find, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.special import softmax as softmax_of

from examples.numerical_gradient import complex_step

SETTINGS = settings(max_examples=200, deadline=None, derandomize=True, database=None)


def outcome(function, case):
    """Return what a function gives for a case, or the type of its error."""
    try:
        return np.asarray(function(*case))
    except (IndexError, ValueError) as error:
        return type(error)


def agree(left, right) -> bool:
    """Tell whether two outcomes are one error, or one array but for rounding."""
    if isinstance(left, type) or isinstance(right, type):
        return left is right
    return left.shape == right.shape and np.allclose(left, right, rtol=1e-9, atol=1e-9)


def proved(cases, truth, rule, *wrong) -> None:
    """See the rule agree with the truth always, and each wrong rule fail once."""
    assert len(wrong) >= 2, "two plausible wrong versions belong to a law"

    def same(guess, case) -> bool:
        return agree(outcome(guess, case), outcome(truth, case))

    @SETTINGS
    @given(cases)
    def always(case):
        assert same(rule, case)

    always()
    for guess in wrong:
        find(cases, lambda case, guess=guess: not same(guess, case), settings=SETTINGS)


softmax = partial(softmax_of, axis=-1)


def positions(x):
    """Number the cells of an array."""
    return np.arange(x.size).reshape(x.shape)


def values(shape):
    """Return an array with a different value in each cell."""
    return positions(np.empty(shape)) * 10 + 7


@st.composite
def arrays_and_indices(draw, most=3, same_shape=False):
    """Draw an array with a tuple of integer index arrays, one for each axis."""
    shape = draw(hnp.array_shapes(min_dims=2, max_dims=most, max_side=4))
    count = len(shape)
    shapes = hnp.mutually_broadcastable_shapes(num_shapes=count, max_dims=2, max_side=3)
    drawn = draw(shapes)
    index = []
    for side, part in zip(shape, drawn.input_shapes, strict=True):
        part = drawn.result_shape if same_shape else part
        index.append(
            draw(hnp.arrays(np.intp, part, elements=st.integers(-side, side - 1)))
        )
    return values(shape), tuple(index)


@st.composite
def batches(draw):
    """Draw a matrix and a label for each of its rows."""
    m, K = draw(st.integers(1, 6)), draw(st.integers(1, 4))
    labels = draw(hnp.arrays(np.intp, m, elements=st.integers(0, K - 1)))
    return values((m, K)), labels


@st.composite
def examples(draw):
    """Draw the logits of one example and its label."""
    logits = draw(st.lists(st.floats(-5, 5), min_size=1, max_size=5))
    return np.array(logits), draw(st.integers(0, len(logits) - 1))


@st.composite
def any_index(draw):
    """Draw an array with a basic or an advanced index that selects something."""
    x = values(draw(hnp.array_shapes(min_dims=1, max_dims=3, max_side=4)))
    side = len(x)
    start = draw(st.integers(0, side - 1))
    rows = st.lists(st.integers(-side, side - 1), min_size=1, max_size=4)
    mask = np.arange(side) == start
    index = st.one_of(st.just(slice(start, None)), rows.map(np.array), st.just(mask))
    return x, draw(index)


def test_law_pairs_not_grid():
    def paired(x, index):
        arrays = np.broadcast_arrays(*index)
        result = np.empty(arrays[0].shape, x.dtype)
        for place in np.ndindex(result.shape):
            result[place] = x[tuple(a[place] for a in arrays)]
        return result

    def grid(x, index):
        return x[np.ix_(*(a.ravel() for a in index))]

    def shape_of_the_first(x, index):
        return paired(x, index)[: index[0].shape[0] if index[0].ndim else None]

    truth = lambda x, index: x[index]  # noqa: E731 (reads as the law does)
    proved(arrays_and_indices(), truth, paired, grid, shape_of_the_first)


def test_law_slice_is_not_an_array():
    proved(
        batches(),
        lambda x, y: x[:, y],
        lambda x, y: np.stack([x[:, j] for j in y], axis=1),
        lambda x, y: x[np.arange(len(x)), y],  # the slice is an arange
        lambda x, y: x[:, np.unique(y)],  # each column once
    )


def changed(x, index, change):
    """Return a copy of the array, changed at the index by a function."""
    copy = x.copy()
    change(copy, index)
    return copy


def test_law_augmented_assignment():
    def operator(x, index):
        x[index] -= 3

    def three_calls(x, index):
        part = x.__getitem__(index)
        part -= 3
        x.__setitem__(index, part)

    def without_the_last(x, index):
        part = x.__getitem__(index)
        part -= 3

    def one_by_one(x, index):
        np.subtract.at(x, index, 3)

    rules = (operator, three_calls, without_the_last, one_by_one)
    proved(arrays_and_indices(), *(partial(changed, change=rule) for rule in rules))


def test_law_reading_copies():
    proved(
        any_index(),
        lambda x, index: np.shares_memory(x, x[index]),
        lambda x, index: isinstance(index, slice),
        lambda x, index: True,  # indexing gives a view
        lambda x, index: isinstance(index, slice) or (np.diff(index) == 1).all(),
    )


def test_law_writing_goes_through():
    def assign(x, index):
        x[index] = -1

    def cell_by_cell(x, index):
        for position in positions(x)[index].ravel():
            x.flat[position] = -1

    def into_what_was_read(x, index):
        x[index][...] = -1

    def the_first(x, index):
        x.flat[positions(x)[index].flat[0]] = -1

    rules = (assign, cell_by_cell, into_what_was_read, the_first)
    proved(any_index(), *(partial(changed, change=rule) for rule in rules))


def test_law_repeated_cell_counts_once():
    def operator(x, index):
        x[index] -= 3

    def each_cell_once(x, index):
        for position in set(positions(x)[index].ravel().tolist()):
            x.flat[position] -= 3

    def each_mention(x, index):
        for position in positions(x)[index].ravel():
            x.flat[position] -= 3

    def only_single_mentions(x, index):
        found, counts = np.unique(positions(x)[index], return_counts=True)
        x.flat[found[counts == 1]] -= 3

    rules = (operator, each_cell_once, each_mention, only_single_mentions)
    proved(arrays_and_indices(), *(partial(changed, change=rule) for rule in rules))


def test_law_distinct_rows():
    proved(
        batches(),
        lambda x, y: len(set(positions(x)[range(len(x)), y].tolist())),
        lambda x, y: len(x),
        lambda x, y: len(set(y.tolist())),  # as many as there are different labels
        lambda x, y: min(x.shape),
    )


def test_law_softmax_gradient():
    def slopes(x, y):
        return complex_step(lambda x: np.log(np.exp(x).sum()) - x[y], x)

    def p_minus_one_hot(x, y):
        return softmax(x) - np.eye(len(x))[y]

    def with_respect_to_p(x, y):
        return -np.eye(len(x))[y] / softmax(x)

    def diagonal_of_the_jacobian(x, y):
        return -(1 - softmax(x)) * np.eye(len(x))[y]

    rules = (slopes, p_minus_one_hot, with_respect_to_p, diagonal_of_the_jacobian)
    proved(examples(), *rules)


def test_law_softmax_jacobian():
    def slopes(x, label):
        parts = [lambda x, j=j: (np.exp(x) / np.exp(x).sum())[j] for j in range(len(x))]
        return np.stack([complex_step(part, x) for part in parts])

    def diagonal_less_outer(x, label):
        p = softmax(x)
        return np.diag(p) - np.outer(p, p)

    def diagonal(x, label):
        p = softmax(x)
        return np.diag(p * (1 - p))

    def sigmoid_everywhere(x, label):
        p = softmax(x)
        return np.outer(p, 1 - p)

    proved(examples(), slopes, diagonal_less_outer, diagonal, sigmoid_everywhere)


def test_law_jacobian_product():
    def product(x, label):
        p, v = softmax(x), np.cos(x + label)
        return v @ (np.diag(p) - np.outer(p, p))

    def through(mean):
        def rule(x, label):
            p, v = softmax(x), np.cos(x + label)
            return p * (v - mean(v, p))

        return rule

    means = (lambda v, p: (v * p).sum(), lambda v, p: v.mean(), lambda v, p: v * p)
    proved(examples(), product, *map(through, means))


def test_law_divide_once():
    def slopes(X, y):
        A, W = (
            np.linspace(-1, 1, 2 * len(X)).reshape(len(X), 2),
            np.ones((2, X.shape[1])),
        )
        return complex_step(lambda W: mean_loss(A @ W + X, y), W)

    def divided(X, y, times):
        A = np.linspace(-1, 1, 2 * len(X)).reshape(len(X), 2)
        P = softmax(A @ np.ones((2, X.shape[1])) + X)
        return A.T @ (P - np.eye(X.shape[1])[y]) / len(X) ** times

    def mean_loss(X, y):
        log_sum = np.log(np.exp(X).sum(axis=1))
        return (log_sum - X[range(len(X)), y]).mean()

    rules = (partial(divided, times=times) for times in (1, 0, 2))
    cases = batches().map(lambda case: (np.sin(case[0]), case[1]))
    proved(cases, slopes, *rules)


@st.composite
def splits(draw):
    """Draw losses, and a place that parts them into two batches."""
    losses = draw(st.lists(st.floats(0, 9), min_size=2, max_size=8))
    return np.array(losses), draw(st.integers(1, len(losses) - 1))


def test_law_batch_means():
    def means(losses, cut):
        return losses[:cut].mean(), losses[cut:].mean()

    def by_size(losses, cut):
        return np.average(means(losses, cut), weights=[cut, len(losses) - cut])

    proved(
        splits(),
        lambda losses, cut: losses.mean(),
        by_size,
        lambda losses, cut: np.mean(means(losses, cut)),
        lambda losses, cut: np.sum(means(losses, cut)),
    )


@st.composite
def layers(draw):
    """Draw inputs and weights of a layer, and a gradient of its result."""
    m, d, K = (draw(st.integers(1, 4)) for _ in range(3))
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    return rng.normal(size=(m, d)), rng.normal(size=(d, K)), rng.normal(size=(m, K))


def test_law_weights_gradient():
    def slopes(A, W, G):
        to_W = complex_step(lambda W: (G * (A @ W)).sum(), W)
        to_A = complex_step(lambda A: (G * (A @ W)).sum(), A)
        return np.concatenate([to_W.ravel(), to_A.ravel()])

    def products(A, W, G):
        return np.concatenate([(A.T @ G).ravel(), (G @ W.T).ravel()])

    def divided_again(A, W, G):
        return products(A, W, G) / len(A)

    def transposed(A, W, G):
        return np.concatenate([(G.T @ A).ravel(), (W @ G.T).ravel()])

    proved(layers(), slopes, products, divided_again, transposed)


def test_law_broadcast_sums():
    def slopes(x, index):
        small = np.asarray(np.sin(index[0].astype(float)))
        big = np.cos(np.broadcast_to(small, np.broadcast_shapes(*shapes(index))))
        return complex_step(lambda a: (a * big).sum(), small)

    def shapes(index):
        return [part.shape for part in index]

    def summed(over):
        def rule(x, index):
            small = np.asarray(np.sin(index[0].astype(float)))
            big = np.cos(np.broadcast_to(small, np.broadcast_shapes(*shapes(index))))
            extra = big.ndim - small.ndim
            sides = zip(big.shape, (1,) * extra + small.shape, strict=True)
            axes = [n for n, (b, s) in enumerate(sides) if over(n, extra, b, s)]
            return big.sum(axis=tuple(axes), keepdims=True).reshape(small.shape)

        return rule

    def along_broadcast(n, extra, big, small):
        return n < extra or big != small

    def only_new_axes(n, extra, big, small):
        return n < extra

    def only_the_first(n, extra, big, small):
        return n == 0

    wrong = map(summed, (only_new_axes, only_the_first))
    proved(arrays_and_indices(), slopes, summed(along_broadcast), *wrong)


def test_every_law_has_its_test_and_every_test_its_law():
    text = "\n".join((ROOT / "docs" / name).read_text("utf-8") for name in PAGES)
    laws = {
        name.replace("-", "_")
        for name in re.findall(r"^:{3,}\{law\} (\S+)", text, re.M)
    }
    tests = {name.removeprefix("test_law_") for name in vars(sys.modules[__name__])
             if name.startswith("test_law_")}  # fmt: skip
    assert laws - tests == set(), "laws without a test"
    assert tests - laws == set(), "tests without a law"
