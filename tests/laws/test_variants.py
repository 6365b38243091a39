"""The laws of docs/gradient/variants.md."""

import math

import numpy as np
from hypothesis import strategies as st

from examples.numerical_gradient import complex_step
from examples.softmax_cross_entropy import cross_entropy, cross_entropy_grad, softmax
from tests.laws.proof import proved


@st.composite
def problems(draw, least=1):
    """Draw logits (m, K), class indices, and a generator for what else is needed."""
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    m, K = draw(st.integers(least, 4)), draw(st.integers(2, 5))
    return rng.normal(size=(m, K)), rng.integers(K, size=m), rng


def log_softmax(X):
    return X - np.log(np.exp(X).sum(axis=-1, keepdims=True))


def one_hot(X, y):
    return np.eye(X.shape[1])[y]


def test_law_any_targets():
    def drawn(case):
        X, _, rng = case
        return X, rng.uniform(-1, 2, size=X.shape)

    def slopes(X, T):
        return complex_step(lambda X: -(T * log_softmax(X)).sum(), X)

    def law(X, T):
        return softmax(X) * T.sum(axis=1, keepdims=True) - T

    def as_if_they_summed_to_1(X, T):
        return softmax(X) - T

    def times_the_targets(X, T):
        return T * (softmax(X) - 1)  # right at the label of a one-hot row alone

    rules = (slopes, law, as_if_they_summed_to_1, times_the_targets)
    proved(problems().map(drawn), *rules)


def test_law_label_smoothing():
    cases = problems().map(lambda case: (*case[:2], case[2].uniform(0.01, 0.3)))

    def over_the_others(X, y, eps):
        Y, K = one_hot(X, y), X.shape[1]
        T = (1 - eps) * Y + eps / (K - 1) * (1 - Y)
        return complex_step(lambda X: -(T * log_softmax(X)).sum(), X)

    def over_all(factor):
        def rule(X, y, eps):
            Y, K = one_hot(X, y), X.shape[1]
            eps = eps * factor(K)
            return softmax(X) - np.where(Y == 1, 1 - eps + eps / K, eps / K)

        return rule

    factors = (lambda K: K / (K - 1), lambda K: 1, lambda K: (K - 1) / K)
    proved(cases, over_the_others, *map(over_all, factors))


def test_law_class_weights():
    def drawn(case):
        X, y, rng = case
        return X, y, rng.uniform(0.5, 4, size=X.shape[1])

    def slopes(X, y, w):
        def mean(X):
            picked = log_softmax(X)[range(len(y)), y]
            return -np.average(picked, weights=w[y])

        return complex_step(mean, X)

    def rows(divide):
        def rule(X, y, w):
            rows = w[y][:, np.newaxis] * (softmax(X) - one_hot(X, y))
            return rows / divide(y, w)

        return rule

    def columns(X, y, w):
        return w * (softmax(X) - one_hot(X, y)) / w[y].sum()

    divisors = (lambda y, w: w[y].sum(), lambda y, w: len(y), lambda y, w: w.sum())
    proved(problems().map(drawn), slopes, *map(rows, divisors), columns)


def test_law_ignored_labels():
    def drawn(case):
        X, y, rng = case
        kept = rng.random(len(y)) < 0.5
        kept[0] = True
        return X, np.where(kept, y, -100)

    def of_the_others(X, y):
        kept = np.flatnonzero(y != -100)
        grad = np.zeros_like(X)
        grad[kept] = cross_entropy_grad(X[kept], y[kept])
        return grad

    def library(X, y):
        return cross_entropy_grad(X, y, ignore_index=-100)

    def divided_by_all(X, y):
        return library(X, y) * (y != -100).sum() / len(y)

    def without_the_mask(X, y):
        grad = softmax(X)
        kept = y != -100
        grad[kept, y[kept]] -= 1
        return grad / kept.sum()

    rules = (of_the_others, library, divided_by_all, without_the_mask)
    proved(problems(least=2).map(drawn), *rules)


def test_law_temperature():
    cases = problems().map(lambda case: (*case[:2], case[2].uniform(0.5, 9)))

    def slopes(X, y, tau):
        def mean(X):
            return -log_softmax(X / tau)[range(len(y)), y].mean()

        return complex_step(mean, X)

    def divided(power):
        return lambda X, y, tau: cross_entropy_grad(X / tau, y) / tau**power

    proved(cases, slopes, *map(divided, (1, 0, 2)))


def test_law_sigmoid_gradient():
    cases = problems().map(lambda case: (case[0][:, 0], case[1] % 2))

    def slopes(x, y):
        pairs = np.stack([np.zeros(len(x)), x], axis=1)
        return cross_entropy_grad(pairs, y, reduction="sum")[:, 1]

    def law(x, y):
        loss = lambda x: (np.log(1 + np.exp(x)) - y * x).sum()  # noqa: E731
        assert np.allclose(complex_step(loss, x), 1 / (1 + np.exp(-x)) - y)
        return 1 / (1 + np.exp(-x)) - y

    def with_respect_to_p(x, y):
        p = 1 / (1 + np.exp(-x))
        return (p - y) / (p * (1 - p))

    def squared_error(x, y):
        p = 1 / (1 + np.exp(-x))
        return (p - y) * p * (1 - p)

    proved(cases, slopes, law, with_respect_to_p, squared_error)


@st.composite
def margins(draw):
    """Draw logits up to 600 from 0, and labels of any dtype that labels have."""
    x = np.array(draw(st.lists(st.floats(-600, 600), min_size=1, max_size=4)))
    y = np.array([draw(st.integers(0, 1)) for _ in x])
    return x, y.astype(draw(st.sampled_from([np.int64, np.uint8, np.bool_])))


def test_the_sigmoid_loss_of_the_flipped_logit_keeps_all_digits():
    # Logarithms are compared, so that a relative error shows at any size.
    def digit_by_digit(x, y):
        lead = [-a if label else a for a, label in zip(x, y, strict=True)]
        return np.log([max(z, 0) + math.log1p(math.exp(-abs(z))) for z in lead])

    def loss(form):
        def rule(x, y):
            with np.errstate(divide="ignore"):
                return np.log(form(x, y))

        return rule

    def where(x, y):
        return np.logaddexp(0, np.where(y, -x, x))

    def as_written(x, y):
        return np.logaddexp(0, x) - y * x

    def sign_of_the_label(x, y):
        y = y.astype(np.uint8)
        return np.logaddexp(0, (1 - 2 * y) * x)

    rules = (where, as_written, sign_of_the_label)
    proved(margins(), digit_by_digit, *map(loss, rules))


def test_rows_sum_to_0_if_a_shift_leaves_the_loss_and_not_with_z_loss_or_capping():
    X, y = np.array([[1.0, 2.0, 0.5], [3, -1, 0]]), [1, 0]

    def sums(loss):
        return np.abs(complex_step(loss, X).sum(axis=1))

    def cross(X):
        return -log_softmax(X)[range(2), y].mean()

    def z_loss(X):
        return cross(X) + 0.1 * (np.log(np.exp(X).sum(axis=1)) ** 2).sum()

    assert (sums(cross) < 1e-15).all()
    assert (sums(z_loss) > 0.1).all()
    assert (sums(lambda X: cross(5 * np.tanh(X / 5))) > 1e-3).all()


def test_law_masked_classes():
    def drawn(case):
        X, y, rng = case
        allowed = rng.random(X.shape) < 0.5
        allowed[range(len(y)), y] = True
        return X, y, allowed

    def of_the_allowed(X, y, allowed):
        grad = np.zeros_like(X)
        for i, label in enumerate(y):
            classes = np.flatnonzero(allowed[i])
            place = classes.tolist().index(label)
            grad[i, classes] = cross_entropy_grad(X[i, classes], place)
        return grad

    def minus_infinity(X, y, allowed):
        Z = np.where(allowed, X, -np.inf)
        grad = cross_entropy_grad(Z, y, reduction="sum")
        assert (grad[~allowed] == 0).all()
        return grad

    def zero_logits(X, y, allowed):
        return cross_entropy_grad(np.where(allowed, X, 0), y, reduction="sum")

    def masked_afterwards(X, y, allowed):
        return allowed * cross_entropy_grad(X, y, reduction="sum")

    rules = (of_the_allowed, minus_infinity, zero_logits, masked_afterwards)
    proved(problems().map(drawn), *rules)
    Z = np.array([[0.0, -np.inf], [-np.inf, -np.inf]])
    assert cross_entropy(Z[0], 1) == np.inf
    assert np.isnan(cross_entropy(Z[1], 1))
