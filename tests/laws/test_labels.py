"""The laws of docs/indexing/labels.md."""

import numpy as np
from hypothesis import strategies as st

from examples.index_rules import INTP, read_index
from tests.laws.cases import (
    SIDES,
    array_forms,
    arrays,
    index_arrays,
    integer_arrays,
)
from tests.laws.proof import proved


@st.composite
def labels_of_any_shape(draw):
    """Draw a matrix, the number of its first rows, and labels of any shape."""
    x = draw(arrays(shapes=st.tuples(st.integers(1, 5), st.integers(1, 3))))
    shape = tuple(draw(st.lists(SIDES | st.just(len(x)), max_size=3)))
    return x, draw(st.integers(1, len(x))), draw(index_arrays(x.shape[1], shape))


def test_law_silent_label_shapes():
    def passes(x, m, y):
        try:
            x[range(m), y]
        except IndexError:
            return False
        return True

    def by(rule):
        return lambda x, m, y: rule(m, np.shape(read_index((y,))[0]))

    proved(
        labels_of_any_shape(),
        passes,
        by(lambda m, shape: m == 1 or shape == () or shape[-1] in (1, m)),
        by(lambda m, shape: m == 1 or shape in ((), (1,), (m,))),
        by(lambda m, shape: m == 1 or shape == () or shape[0] in (1, m)),
        by(lambda m, shape: shape == () or shape[-1] in (1, m)),
    )


@st.composite
def any_labels(draw):
    """Draw a matrix and an integer for each of its rows, often no class."""
    x = draw(arrays(shapes=st.tuples(st.integers(1, 4), st.integers(1, 3))))
    y = draw(integer_arrays(x.shape[1] + draw(st.integers(0, 1)), x.shape[:1]))
    if draw(st.sampled_from([False, False, False, True])):
        y[0] = draw(st.sampled_from([INTP.min, INTP.max]))
    return x, draw(st.sampled_from(array_forms(y)))


def test_law_negative_labels():
    def by(first, to_class):
        def rule(x, y):
            K, y = x.shape[1], read_index((y,))[0].tolist()
            if any(k < first(K) or k >= K for k in y):
                raise IndexError
            cells = [x[i, to_class(k, K)] for i, k in enumerate(y)]
            return np.array(cells, dtype=x.dtype)

        return rule

    def counted_from_the_end(k, K):
        return k + K if k < 0 else k

    proved(
        any_labels(),
        lambda x, y: x[range(len(x)), y],
        by(lambda K: -K, counted_from_the_end),
        by(lambda K: 0, counted_from_the_end),  # negative raises
        by(lambda K: -K, lambda k, K: abs(k) % K),
        by(lambda K: INTP.min, lambda k, K: k % K),  # wraps as often as needed
    )


@st.composite
def masked_labels(draw):
    """Draw a matrix and a masked array of labels, of any shape that fits its rows."""
    x = draw(arrays(shapes=st.tuples(st.integers(1, 4), st.integers(1, 3))))
    shape = draw(st.sampled_from([x.shape[:1], (2, len(x)), (1,), ()]))
    y = draw(integer_arrays(x.shape[1], shape))
    hidden = draw(integer_arrays(1, shape)) + 1
    return x, np.ma.array(y, mask=hidden)


def test_law_masked_labels():
    def only_the_labelled(x, y):
        shown = ~np.ma.getmaskarray(y)
        rows = np.broadcast_to(np.arange(len(x)), shown.shape)
        return x[rows[shown], y.data[shown]]

    proved(
        masked_labels(),
        lambda x, y: x[range(len(x)), y],
        lambda x, y: x[range(len(x)), y.data],
        only_the_labelled,
        lambda x, y: x[range(len(x)), y.filled(0)],
    )
