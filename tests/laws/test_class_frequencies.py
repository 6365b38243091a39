"""The laws of docs/gradient/class-frequencies.md."""

import numpy as np
from hypothesis import strategies as st

from examples.numerical_gradient import complex_step
from examples.softmax_cross_entropy import softmax
from tests.laws.cases import batches
from tests.laws.proof import proved


def test_law_bias_calibrates():
    def slopes(X, y):
        X = np.sin(X)

        def loss(b):
            return (
                np.log(np.exp(X + b).sum(axis=1)) - (X + b)[range(len(X)), y]
            ).mean()

        return complex_step(loss, np.zeros(X.shape[1]))

    def predicted_less(seen):
        return lambda X, y: softmax(np.sin(X)).mean(axis=0) - seen(y, X.shape[1])

    def share(y, K):
        return np.bincount(y, minlength=K) / len(y)

    def count(y, K):
        return np.bincount(y, minlength=K)

    def even(y, K):
        return np.full(K, 1 / K)

    proved(batches(), slopes, *map(predicted_less, (share, count, even)))


def test_where_an_indicator_is_not_penalized_the_means_agree_in_its_group():
    rng = np.random.default_rng(0)
    X, labels = rng.normal(size=(6, 3)), rng.integers(3, size=6)
    group = np.array([1, 0, 1, 1, 0, 0])

    def mean_loss(w):
        Z = X + group[:, np.newaxis] * w
        return (np.log(np.exp(Z).sum(axis=1)) - Z[range(6), labels]).mean()

    gap = (softmax(X) - np.eye(3)[labels])[group == 1].sum(axis=0) / 6
    np.testing.assert_allclose(complex_step(mean_loss, np.zeros(3)), gap, atol=1e-15)


@st.composite
def labels_and_biases(draw):
    """Draw labels in which every class occurs, and biases."""
    K = draw(st.integers(1, 4))
    more = draw(st.lists(st.integers(0, K - 1), max_size=6))
    entry = st.integers(-12, 12).map(lambda n: n / 4)
    b = draw(st.lists(entry, min_size=K, max_size=K))
    return np.array([*range(K), *more]), np.array(b)


def test_law_log_share_biases():
    def loss(y, b):
        return np.log(np.exp(b).sum()) - b[y].mean()

    def entropy_and_no_less(y, b):
        shares = np.bincount(y) / len(y)
        return -(shares * np.log(shares)).sum(), True

    def reached_by(biases):
        def rule(y, b):
            reached = loss(y, biases(np.bincount(y) / len(y)))
            return reached, reached <= loss(y, b) + 1e-12

        return rule

    def log_shares(shares):
        return np.log(shares) + 3  # a number added to all biases

    def the_shares(shares):
        return shares

    def zeros(shares):
        return 0 * shares

    rules = map(reached_by, (log_shares, the_shares, zeros))
    proved(labels_and_biases(), entropy_and_no_less, *rules)


@st.composite
def populations(draw):
    """Draw the shares of K classes before and after, and features within them."""
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    K, cells = draw(st.integers(2, 4)), draw(st.integers(1, 4))
    old, new = rng.dirichlet(np.ones(K), size=2)
    return old, new, rng.dirichlet(np.ones(cells), size=K)


def test_law_logit_adjustment():
    def given_features(joint):
        return joint / joint.sum(axis=0)

    def by_bayes(old, new, within):
        return given_features(new[:, np.newaxis] * within)

    def shifted(offset):
        def rule(old, new, within):
            logits = np.log(given_features(old[:, np.newaxis] * within)) + 1.7
            return softmax(logits.T + offset(old, new)).T

        return rule

    def log_ratio(old, new):
        return np.log(new) - np.log(old)

    def log_new(old, new):
        return np.log(new)

    def other_sign(old, new):
        return np.log(old) - np.log(new)

    rules = map(shifted, (log_ratio, log_new, other_sign))
    proved(populations(), by_bayes, *rules)
