"""The laws of docs/indexing/flat-index.md."""

import numpy as np
from hypothesis import strategies as st

from tests.laws.cases import arrays, matrices_and_labels, read_labels
from tests.laws.proof import proved


def test_law_flat_index():
    def flat(position, dtype=np.intp):
        def rule(x, y):
            rows = np.arange(len(x), dtype=dtype or y.dtype)
            return x.flat[position(rows, y.astype(dtype or y.dtype), *x.shape)]

        return rule

    def row_by_row(i, k, m, K):
        return i * i.dtype.type(K) + k

    def in_memory_order(x, y):
        stored = np.asfortranarray(x).ravel(order="K")
        return stored[np.arange(len(x)) * x.shape[1] + y.astype(np.intp)]

    def with_rows_of_int64(x, y):
        return x.flat[np.arange(len(x)) * x.shape[1] + y]

    x, y = np.arange(400).reshape(20, 20), np.arange(20)
    as_they_are = flat(row_by_row, dtype=None)
    proved(
        matrices_and_labels(),
        read_labels,
        flat(row_by_row),
        flat(lambda i, k, m, K: (i * m + k) % (m * K)),
        flat(lambda i, k, m, K: k * m + i),
        in_memory_order,
        counterexamples={
            "labels of a small dtype": (as_they_are, (x, y.astype("u1"))),
            "labels of dtype uint64": (with_rows_of_int64, (x, y.astype("u8"))),
        },
    )


def test_law_ravel_copies():
    def is_view(x, order):
        flat = x.ravel(order)
        return np.shares_memory(x, flat) if x.size else flat.base is not None

    def shares_memory(x, order):
        return x.flags.c_contiguous and x.size > 0

    def by(flag):
        return lambda x, order: x.flags[flag]

    proved(
        st.tuples(arrays(), st.sampled_from("CF")),
        is_view,
        lambda x, order: x.flags[order + "_CONTIGUOUS"],
        lambda x, order: True,
        by("FORC"),
        lambda x, order: np.shares_memory(x, x.reshape(-1, order=order)),
        counterexamples={
            "an empty array": (shares_memory, (np.zeros((0, 3)), "C")),
            "the order F": (by("C_CONTIGUOUS"), (np.zeros((2, 3)), "F")),
        },
    )
