"""The laws of docs/gradient/meaning.md."""

import numpy as np
from hypothesis import strategies as st

from examples.numerical_gradient import complex_step
from examples.softmax_cross_entropy import cross_entropy, cross_entropy_grad, softmax
from tests.laws.cases import batches, examples
from tests.laws.proof import proved


@st.composite
def beliefs(draw):
    """Draw two distributions over the same classes: soft, one-hot, maybe equal."""
    K = draw(st.integers(2, 5))
    logits = st.lists(st.integers(-3, 3), min_size=K, max_size=K).map(np.array)
    one_hot = st.integers(0, K - 1).map(lambda k: np.eye(K)[k])
    distribution = st.one_of(logits.map(softmax), one_hot)
    return draw(distribution), draw(distribution)


def weighted_log(t, q):
    """Sum t log q over the classes that have a positive t."""
    with np.errstate(divide="ignore"):
        return (t[t > 0] * np.log(q[t > 0])).sum()


def test_law_cross_entropy_splits():
    def crossed(t, p):
        # Beside the number: whether it is more than it would be for p = t.
        value = -weighted_log(t, p)
        return value, value > -weighted_log(t, t) + 1e-12

    def split(parts):
        return lambda t, p: (parts(t, p), not np.allclose(t, p))

    def divergence(t, p):
        return weighted_log(t, t) - weighted_log(t, p)

    def entropy_and_divergence(t, p):
        return -weighted_log(t, t) + divergence(t, p)

    def entropy_of_the_prediction(t, p):
        return -weighted_log(p, p) + divergence(t, p)

    def divergence_turned_round(t, p):
        return -weighted_log(t, t) + divergence(p, t)

    def divided_in_every_class(t, p):
        with np.errstate(divide="ignore", invalid="ignore"):
            return -weighted_log(t, t) - (t * np.log(p / t)).sum()

    wrong = (entropy_of_the_prediction, divergence_turned_round, divided_in_every_class)
    proved(beliefs(), crossed, *map(split, (entropy_and_divergence, *wrong)))


@st.composite
def families(draw):
    """Draw a finite exponential family, parameters of it, and an outcome."""
    outcomes, count = draw(st.integers(2, 5)), draw(st.integers(1, 3))
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    T, h = rng.normal(size=(outcomes, count)), rng.uniform(0.5, 2, size=outcomes)
    return T, h, rng.normal(size=count), draw(st.integers(0, outcomes - 1))


def log_partition(T, h, eta):
    return np.log((h * np.exp(T @ eta)).sum())


def probabilities(T, h, eta):
    w = h * np.exp(T @ eta)
    return w / w.sum()


def test_law_log_partition():
    def slopes(T, h, eta, z):
        def mean(eta, k):
            return (T[:, k] * h * np.exp(T @ eta)).sum() / (h * np.exp(T @ eta)).sum()

        first = complex_step(lambda eta: log_partition(T, h, eta), eta)
        second = [
            complex_step(lambda eta, k=k: mean(eta, k), eta) for k in range(len(eta))
        ]
        return np.vstack([first, *second])

    def moments(weights, centred=True):
        def rule(T, h, eta, z):
            q = weights(T, h, eta)
            mean = q @ T
            second = (T.T * q) @ T - centred * np.outer(mean, mean)
            return np.vstack([mean, second])

        return rule

    def without_parameters(T, h, eta):
        return h / h.sum()

    def without_base(T, h, eta):
        return softmax(T @ eta)

    proved(
        families(),
        slopes,
        moments(probabilities),
        moments(without_parameters),
        moments(without_base),
        moments(probabilities, centred=False),
    )


def test_on_the_boundary_of_the_parameters_the_hessian_need_not_be_the_variance():
    # h(z) = z**-3 for z = 1, 2, ...: finite for eta <= 0 alone.
    def sums(count, eta, power):
        z = np.arange(1.0, count + 1)
        return (z ** (power - 3) * np.exp(eta * z)).sum()

    for eta, power in [(0, 0), (0, 1), (-0.01, 0), (-0.01, 1), (-0.01, 2)]:
        assert np.isclose(sums(10_000, eta, power), sums(1e6, eta, power), rtol=1e-4)
    growth = sums(1e6, 0, 2) - sums(10_000, 0, 2)
    assert np.isclose(growth, np.log(100), rtol=1e-4)  # as the harmonic series grows


def test_law_expected_minus_observed():
    def slopes(T, h, eta, z):
        def loss(eta):
            return log_partition(T, h, eta) - T[z] @ eta - np.log(h[z])

        return complex_step(loss, eta)

    def expected_minus_observed(T, h, eta, z):
        return probabilities(T, h, eta) @ T - T[z]

    def observed_minus_expected(T, h, eta, z):
        return T[z] - probabilities(T, h, eta) @ T

    def plain_mean(T, h, eta, z):
        return T.mean(axis=0) - T[z]

    rules = (expected_minus_observed, observed_minus_expected, plain_mean)
    proved(families(), slopes, *rules)


def test_law_hessian_variance():
    def bend(x, y):
        v = np.cos(np.arange(len(x)) + y)

        def slope(x):
            # Along v, of the loss with the label y; a second complex step.
            p = np.exp(x) / np.exp(x).sum()
            return p @ v - v[y]

        second = complex_step(lambda s: slope(x + s[0] * v), np.zeros(1))[0]
        return second, second >= -1e-15, second <= v @ v / 2 + 1e-15

    def spread(moment):
        def rule(x, y):
            return moment(np.cos(np.arange(len(x)) + y), softmax(x)), True, True

        return rule

    def variance(v, p):
        return p @ (v - p @ v) ** 2

    def unweighted(v, p):
        return v.var()

    def not_centred(v, p):
        return p @ v**2

    def diagonal(v, p):
        return (p * (1 - p)) @ v**2

    proved(
        examples(), bend, *map(spread, (variance, unweighted, not_centred, diagonal))
    )


def test_a_large_shift_rounds_the_differences_of_the_logits_away():
    x = np.array([1.0, 2.0, 3.0])
    np.testing.assert_allclose(softmax(x - x.max()), softmax(x), rtol=1e-15)
    np.testing.assert_allclose(softmax(x + 1e17), 1 / 3)
    assert np.logaddexp.reduce([0, -800]) == 0  # the maximum, with nothing added


@st.composite
def steps(draw):
    """Draw logits, soft targets or a one-hot row, and a rate up to 8."""
    K = draw(st.integers(1, 5))
    entry = st.integers(-40, 40).map(lambda n: n / 8)
    x = np.array(draw(st.lists(entry, min_size=K, max_size=K)))
    t = softmax(np.array(draw(st.lists(entry, min_size=K, max_size=K))))
    hard = np.eye(K)[draw(st.integers(0, K - 1))]
    return x, hard if draw(st.booleans()) else t, draw(st.integers(0, 64)) / 8


def test_law_descent_lemma():
    def change(f, x, g, rate):
        return f(x - rate * g) - f(x)

    def cross_entropy_of(t):
        return lambda x: np.log(np.exp(x).sum()) - t @ x

    def steepest(x, t, rate):
        # The curvature of v @ v / 4 is 1/2 along every direction: no bound is
        # sharper than its change. Beside it: whether cross-entropy keeps the bound.
        return change(lambda v: v @ v / 4, x, x / 2, rate), True

    def bounded(factor):
        def rule(x, t, rate):
            def bound(g):
                return -rate * factor(rate / 2) * (g @ g)

            g = softmax(x) - t
            fall = change(cross_entropy_of(t), x, g, rate)
            return bound(x / 2), fall <= bound(g) + 1e-12

        return rule

    def lemma(rate_times_beta):
        return 1 - rate_times_beta / 2

    def without_the_half(rate_times_beta):
        return 1 - rate_times_beta

    def slope_alone(rate_times_beta):
        return 1

    rules = map(bounded, (lemma, without_the_half, slope_alone))
    proved(steps(), steepest, *rules)


def test_half_of_the_largest_eigenvalue_bounds_the_hessian_of_the_weights():
    rng = np.random.default_rng(0)
    used = []
    for _ in range(200):
        A, W, V = (rng.normal(size=shape) for shape in [(5, 2), (2, 3), (2, 3)])

        def slope(s, A=A, W=W, V=V):
            E = np.exp(A @ (W + s[0] * V))
            return ((A @ V) * E / E.sum(axis=1, keepdims=True)).sum() / 5

        bend = complex_step(slope, np.zeros(1))[0]
        bound = np.linalg.eigvalsh(A.T @ A / 5)[-1] / 2 * (V**2).sum()
        used.append(bend / bound)
    assert 0.5 < max(used) <= 1  # half as large a bound would not do


def test_with_a_hard_label_every_rate_lowers_the_loss_of_one_example():
    rng = np.random.default_rng(0)
    x, labels = rng.normal(scale=3, size=(100, 4)), rng.integers(4, size=100)
    before = cross_entropy(x, labels, reduction="none")
    for rate in (0.1, 4, 100):
        lower = x - rate * cross_entropy_grad(x, labels, reduction="sum")
        assert (cross_entropy(lower, labels, reduction="none") < before).all()


def test_law_smooth_maximum():
    def placed(x, y):
        excess = np.log(np.exp(x).sum()) - x.max()
        return len(x) == 1 or excess > 0, excess <= np.log(len(x)) + 1e-12

    def within(most):
        def rule(x, y):
            excess = np.logaddexp.reduce(x) - x.max()
            return True, excess <= most(len(x)) + 1e-12

        return rule

    def excess_at_most(K):
        return np.log(K)

    def half_as_much(K):
        return np.log(K) / 2

    def nothing(K):
        return 0

    proved(examples(), placed, *map(within, (excess_at_most, half_as_much, nothing)))


def test_law_logsumexp_shifts():
    def log_sum(x):
        return np.log(np.exp(x).sum())

    def shifted(x, y):
        c = 1.5 - y
        p = np.exp(x + c) / np.exp(x + c).sum()
        return np.array([log_sum(x + c), log_sum(x + c) - (x + c)[y], *p])

    def shift(by, softmax_of):
        def rule(x, y):
            c = 1.5 - y
            value = log_sum(x)
            return np.array([by(value, c), value - x[y], *softmax_of(softmax(x), c)])

        return rule

    def added(value, c):
        return value + c

    def same(value, c):
        return value

    def scaled(value, c):
        return value * c

    rules = (shift(added, same), shift(same, same), shift(added, scaled))
    proved(examples(), shifted, *rules)


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


def test_a_dropped_class_and_the_pseudo_inverse_give_the_same_newton_step():
    rng = np.random.default_rng(0)
    for p, t in zip(*rng.dirichlet(np.ones(4), size=(2, 50)), strict=True):
        J, g = np.diag(p) - np.outer(p, p), p - t
        assert np.linalg.matrix_rank(J) == 3  # singular: np.linalg.solve needs 4
        dropped = np.append(0, np.linalg.solve(J[1:, 1:], g[1:]))
        apart = np.linalg.pinv(J) @ g - dropped
        np.testing.assert_allclose(apart, apart[0], rtol=1e-6)
