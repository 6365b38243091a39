"""The laws of docs/gradient/floating-point.md."""

import math
from functools import wraps

import numpy as np
from hypothesis import strategies as st
from scipy.special import logsumexp

from tests.laws.proof import proved


def silent(function):
    """Let a rule divide by 0 and overflow without a warning."""

    @wraps(function)
    def quiet(*case):
        with np.errstate(all="ignore"):
            return function(*case)

    return quiet


@st.composite
def far_rows(draw):
    """Draw logits whose rows, and whose entries, may lie far from each other."""
    m, K = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    far = st.sampled_from([0.0, 30.0, -800.0, 800.0, 3000.0])
    near = st.floats(-5, 5)
    rows = [[draw(far) + draw(near) for _ in range(K)] for _ in range(m)]
    return np.array(rows) + [[draw(far)] for _ in range(m)]


@st.composite
def far_examples(draw):
    """Draw logits that may lie far from each other, and a label for each row."""
    X = draw(far_rows())
    label = st.integers(0, X.shape[1] - 1)
    return X, np.array([draw(label) for _ in X])


@st.composite
def sparse_probabilities(draw):
    """Draw probabilities, of which some are 0, and a label for each row."""
    X, y = draw(far_examples())
    P = np.exp(X - X.max(axis=1, keepdims=True))
    return P / P.sum(axis=1, keepdims=True), y


def test_law_shift_each_row():
    def row_by_row(X):
        return np.array([np.exp(x - logsumexp(x)) for x in X])

    def less(shift):
        @silent
        def rule(X):
            exps = np.exp(X - shift(X))
            return exps / exps.sum(axis=1, keepdims=True)

        return rule

    own = less(lambda X: X.max(axis=1, keepdims=True))
    nothing = less(lambda X: 0)
    whole = less(lambda X: X.max())
    columns = less(lambda X: X.max(axis=0))
    mean = less(lambda X: X.mean(axis=1, keepdims=True))
    cases = far_rows().map(lambda X: (X,))
    proved(cases, row_by_row, own, nothing, whole, columns, mean)


def test_a_float16_sum_is_infinite_from_65520_classes_on_in_spite_of_the_shift():
    for K, finite in [(65_519, True), (65_520, False)]:
        X = np.full((1, K), 5, dtype=np.float16)
        shifted = X - X.max(axis=1, keepdims=True)
        assert np.exp(shifted).max() == 1
        with np.errstate(over="ignore"):
            total = np.exp(shifted).sum(axis=1, keepdims=True)
        assert np.isfinite(total).all() == finite
        assert np.isfinite(shifted - np.log(total)).all() == finite


def test_an_unshifted_log_sum_exp_less_the_logit_has_an_error_of_eps_times_the_logits():
    margins = np.arange(50) / 8
    loss, eps = np.log1p(np.exp(-margins)), np.finfo(float).eps
    for far in (1e3, 1e6, 1e9):
        X = far - np.stack([0 * margins, margins], axis=1)
        errors = np.abs(np.logaddexp.reduce(X, axis=1) - X[:, 0] - loss) / eps
        assert far / 8 < errors.max() < far
        Z = X - X.max(axis=1, keepdims=True)
        shifted = np.logaddexp.reduce(Z, axis=1) - Z[:, 0]
        assert (np.abs(shifted - loss) <= eps).all()


def test_law_loss_from_logits():
    def sum_of_logaddexp(X, y):
        picked = [x[k] for x, k in zip(X, y, strict=True)]
        return np.logaddexp.reduce(X, axis=1) - picked

    def shifted_less_log(X, y):
        shifted = X - X.max(axis=1, keepdims=True)
        total = np.exp(shifted).sum(axis=1, keepdims=True)
        return -(shifted - np.log(total))[range(len(y)), y]

    def log_of(change):
        @silent
        def rule(X, y):
            exps = np.exp(X - X.max(axis=1, keepdims=True))
            P = exps / exps.sum(axis=1, keepdims=True)
            return -np.log(change(P))[range(len(y)), y]

        return rule

    as_it_is = log_of(lambda P: P)
    added = log_of(lambda P: P + 1e-12)
    clipped = log_of(lambda P: np.clip(P, 1e-12, 1))
    rules = (sum_of_logaddexp, shifted_less_log, as_it_is, added, clipped)
    proved(far_examples(), *rules)


def test_law_pick_do_not_multiply():
    def one_by_one(P, y):
        picked = [P[i, k] for i, k in enumerate(y)]
        return [-math.log(p) if p else math.inf for p in picked]

    @silent
    def by_index(P, y):
        return -np.log(P[range(len(y)), y])

    def product(log):
        @silent
        def rule(P, y):
            return -(np.eye(P.shape[1])[y] * log(P)).sum(axis=1)

        return rule

    plain = product(np.log)
    added = product(lambda P: np.log(P + 1e-12))
    zeros_left_out = product(lambda P: np.log(np.where(P > 0, P, 1)))
    rules = (one_by_one, by_index, plain, added, zeros_left_out)
    proved(sparse_probabilities(), *rules)
