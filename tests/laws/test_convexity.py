"""The laws of docs/gradient/convexity.md."""

import numpy as np
from hypothesis import strategies as st

from examples.numerical_gradient import complex_step
from examples.softmax_cross_entropy import cross_entropy, cross_entropy_grad, softmax
from tests.laws.cases import examples
from tests.laws.proof import proved


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


def test_a_dropped_class_and_the_pseudo_inverse_give_the_same_newton_step():
    rng = np.random.default_rng(0)
    for p, t in zip(*rng.dirichlet(np.ones(4), size=(2, 50)), strict=True):
        J, g = np.diag(p) - np.outer(p, p), p - t
        assert np.linalg.matrix_rank(J) == 3  # singular: np.linalg.solve needs 4
        dropped = np.append(0, np.linalg.solve(J[1:, 1:], g[1:]))
        apart = np.linalg.pinv(J) @ g - dropped
        np.testing.assert_allclose(apart, apart[0], rtol=1e-6)
