"""Random logits whose classes are split into blocks or over workers."""

import numpy as np
from hypothesis import strategies as st


@st.composite
def split_classes(draw):
    """Draw logits, their labels, and the places where the class axis is cut."""
    m, K = draw(st.integers(1, 4)), draw(st.integers(2, 7))
    logits = st.floats(-50, 50).map(lambda x: round(x, 3))
    X = np.array(draw(st.lists(logits, min_size=m * K, max_size=m * K))).reshape(m, K)
    labels = draw(st.lists(st.integers(0, K - 1), min_size=m, max_size=m))
    cuts = draw(st.sets(st.integers(1, K - 1), max_size=3))
    return X, np.array(labels), sorted(cuts)
