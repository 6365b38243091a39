"""The laws of docs/indexing/group-sums.md."""

import numpy as np
from hypothesis import strategies as st

from tests.laws.cases import LAYOUTS, integer_arrays, values
from tests.laws.proof import proved


@st.composite
def labels_with_weights(draw):
    """Draw labels of any integer dtype, a weight for each, and a number of classes."""
    K = draw(st.integers(0, 5))
    count = draw(st.integers(0, 6)) if K else 0
    y = draw(integer_arrays(K, (count,))) % max(K, 1)
    y = y.astype(draw(st.sampled_from(["i1", "u1", ">i4", "u4", np.intp])))
    w = values(
        (count,), draw(st.sampled_from(["?", "i1", "u1", "i8", "u8", "f2", "f4", "f8"]))
    )
    return draw(st.sampled_from(LAYOUTS))(y), w, K


def test_law_bincount_is_add_at():
    def added(y, w, K):
        x = np.zeros(K)
        np.add.at(x, y.astype(np.intp), w)
        return x

    def added_by_a_mask(y, w, K):
        x = np.zeros(K)
        np.add.at(x, y, w)
        return x

    def once(y, w, K):
        x = np.zeros(K)
        x[y] += w
        return x

    flags = np.array([True, False, True]), np.array([1.0, 2.0, 4.0]), 2
    proved(
        labels_with_weights(),
        lambda y, w, K: np.bincount(y, weights=w, minlength=K),
        added,
        once,
        lambda y, w, K: np.bincount(y, weights=w),  # as long as the labels need
        lambda y, w, K: np.bincount(y, minlength=K),
        counterexamples={"labels that are booleans": (added_by_a_mask, flags)},
    )
    proved(
        labels_with_weights(),
        lambda y, w, K: np.bincount(y, minlength=K),
        lambda y, w, K: added(y, np.ones(len(y)), K),
        lambda y, w, K: once(y, np.ones(len(y)), K),
        lambda y, w, K: np.bincount(y),
    )
