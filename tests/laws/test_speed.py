"""The laws of docs/indexing/speed.md."""

import numpy as np
from hypothesis import strategies as st

from tests.laws.cases import arrays_and_indices
from tests.laws.proof import proved


class Counted:
    """An index that is no array, and counts how often it is converted to one."""

    def __init__(self, entries):
        self.entries, self.converted = entries, 0

    def __array__(self, dtype=None, copy=None):
        """Be converted, and count it."""
        self.converted += 1
        return self.entries


def test_law_index_converted_twice():
    def conversions(x, index):
        operator = tuple(map(Counted, index))
        method = tuple(map(Counted, index))
        x[operator] -= 3
        np.subtract.at(x, method, 3)
        return [part.converted for part in operator + method]

    proved(
        arrays_and_indices(),
        conversions,
        lambda x, index: [2] * len(index) + [1] * len(index),
        lambda x, index: [1] * len(index) + [1] * len(index),  # and then kept
        lambda x, index: [2] * len(index) + [2] * len(index),
        lambda x, index: [2 * part.size for part in index * 2],  # for each entry
    )


@st.composite
def subtractions(draw):
    """Draw a vector, places in it, and a number or one number for each place."""
    dtype, other = draw(st.permutations([np.float16, np.float32, np.float64]))[:2]
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    x, v = rng.normal(size=3).astype(dtype), rng.normal(size=6).astype(other)
    kinds = (v, v[0], float(v[0]), int(10 * v[0]), v.astype(dtype))
    return x, rng.integers(3, size=6), draw(st.sampled_from(kinds))


def mention_by_mention(x, index, v, dtype):
    """Subtract in a dtype; round to the dtype of x after each mention."""
    x = x.copy()
    values = np.broadcast_to(np.asarray(v), index.shape)
    for i, value in zip(index, values.astype(dtype), strict=True):
        x[i] = (x[i].astype(dtype) - value).astype(x.dtype)
    return x


def test_law_at_value_becomes_an_array():
    def at(x, index, v):
        x = x.copy()
        np.subtract.at(x, index, v)
        return x

    def in_the_result_type(x, index, v):
        return mention_by_mention(x, index, v, np.result_type(x, np.asarray(v)))

    def in_the_type_of_x(x, index, v):
        return mention_by_mention(x, index, v, x.dtype)

    def rounded_at_the_end(x, index, v):
        wide = np.result_type(x, np.asarray(v))
        return mention_by_mention(x.astype(wide), index, v, wide).astype(x.dtype)

    proved(subtractions(), at, in_the_result_type, in_the_type_of_x, rounded_at_the_end)
