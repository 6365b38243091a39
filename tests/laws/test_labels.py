"""The laws of docs/indexing/labels.md."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tests.laws.cases import batches, values
from tests.laws.proof import proved


@st.composite
def label_shapes(draw):
    """Draw the number of rows, and any shape of labels."""
    side = st.integers(0, 4)
    return draw(st.integers(1, 4)), tuple(draw(st.lists(side, max_size=3)))


def test_law_silent_label_shapes():
    def passes(m, shape):
        try:
            values((m, 2))[range(m), np.zeros(shape, dtype=int)]
        except IndexError:
            return False
        return True

    proved(
        label_shapes(),
        passes,
        lambda m, shape: m == 1 or shape == () or shape[-1] in (1, m),
        lambda m, shape: m == 1 or shape in ((), (1,), (m,)),
        lambda m, shape: m == 1 or shape == () or shape[0] in (1, m),
        lambda m, shape: shape == () or shape[-1] in (1, m),
    )


@st.composite
def any_labels(draw):
    """Draw a matrix and an integer for each of its rows, often no class."""
    x = values((draw(st.integers(1, 4)), draw(st.integers(1, 3))))
    return x, draw(hnp.arrays(np.intp, len(x), elements=st.integers(-5, 5)))


def test_law_negative_labels():
    def picked(x, y, first, to_class):
        K = x.shape[1]
        if ((y < first(K)) | (y >= K)).any():
            raise IndexError
        return [row[to_class(int(k), K)] for row, k in zip(x, y, strict=True)]

    proved(
        any_labels(),
        lambda x, y: x[range(len(x)), y],
        lambda x, y: picked(x, y, lambda K: -K, lambda k, K: k + K if k < 0 else k),
        lambda x, y: picked(x, y, lambda K: 0, lambda k, K: k),  # negative raises
        lambda x, y: picked(x, y, lambda K: -K, lambda k, K: abs(k) % K),
        lambda x, y: picked(x, y % x.shape[1], lambda K: 0, lambda k, K: k),
    )


@st.composite
def masked_labels(draw):
    """Draw a matrix and a masked array of a label for each of its rows."""
    x, y = draw(batches())
    return x, np.ma.array(y, mask=draw(hnp.arrays(bool, len(x))))


def test_law_masked_labels():
    def only_the_labelled(x, y):
        rows = np.flatnonzero(~np.ma.getmaskarray(y))
        return x[rows, y.data[rows]]

    proved(
        masked_labels(),
        lambda x, y: x[range(len(x)), y],
        lambda x, y: x[range(len(x)), y.data],
        only_the_labelled,
        lambda x, y: x[range(len(x)), y.filled(0)],
    )
