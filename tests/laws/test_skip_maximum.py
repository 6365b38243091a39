"""The law of docs/practice/skip-maximum.md."""

import numpy as np
from hypothesis import strategies as st

from tests.laws.proof import proved

TINY = np.finfo(np.float64).tiny


@st.composite
def rows_of_logits(draw):
    """Draw rows near the ends of the exponential's range, and in its middle."""
    K = draw(st.integers(1, 4))
    middle = draw(st.sampled_from([-745.0, -735.0, -710.0, 0.0, 700.0, 710.0]))
    X = [
        [middle + draw(st.floats(-40, 5)) for _ in range(K)]
        for _ in range(draw(st.integers(1, 3)))
    ]
    return np.array(X), draw(st.sampled_from([1, 10, 1000]))


def compute_exactly(X, m):
    """Return softmax / m in long double."""
    exps = np.exp(X.astype(np.longdouble) - X.max(axis=1, keepdims=True))
    return exps / (m * exps.sum(axis=1, keepdims=True))


def test_law_unshifted_softmax():
    def normal_entries(X, m):
        return compute_exactly(X, m) >= TINY

    def accurate_entries(is_safe):
        def rule(X, m):
            with np.errstate(all="ignore"):
                exps = np.exp(X)
                total = m * exps.sum(axis=1, keepdims=True)
                found = exps * (1 / total)
                shifted = np.exp(X - X.max(axis=1, keepdims=True))
                shifted /= m * shifted.sum(axis=1, keepdims=True)
            found = np.where(is_safe(total), found, shifted)
            exact = compute_exactly(X, m)
            near = np.isclose(found, exact.astype(float), rtol=1e-12, atol=0)
            return near & (exact >= TINY)

        return rule

    proved(
        rows_of_logits(),
        normal_entries,
        accurate_entries(lambda total: (total >= 1) & (total <= 1 / TINY)),
        accurate_entries(lambda total: total >= 0),  # never shifted
        accurate_entries(np.isfinite),  # only overflow is seen
        accurate_entries(lambda total: total >= 1),  # only underflow is seen
        accurate_entries(lambda total: (total > TINY) & (total <= 1 / TINY)),
    )
