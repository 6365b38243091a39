"""The law of docs/practice/libraries.md."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tests.laws.cases import values
from tests.laws.proof import proved


@st.composite
def labels_of_any_value(draw):
    """Draw a matrix and labels, some of which are no class."""
    m, K = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    labels = hnp.arrays(np.intp, m, elements=st.integers(-K - 1, K + 1))
    return values((m, K)), draw(labels)


def test_law_no_class_no_change():
    def one_by_one(x, y):
        result = x.copy()
        for row, label in zip(result, y, strict=True):
            if label in range(len(row)):
                row[label] -= 1
        return result

    def by_index(choose):
        def changed(x, y):
            result = x.copy()
            result[np.arange(len(x)), choose(y, x.shape[1])] -= 1
            return result

        return changed

    proved(
        labels_of_any_value(),
        lambda x, y: x - (y[:, np.newaxis] == np.arange(x.shape[1])),
        one_by_one,
        by_index(lambda y, K: y),  # raises, and counts −1 from the end
        by_index(lambda y, K: y % K),
        by_index(lambda y, K: np.clip(y, 0, K - 1)),
    )
