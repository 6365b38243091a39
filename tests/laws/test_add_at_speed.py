"""The laws of docs/indexing/add-at-speed.md."""

import numpy as np
from hypothesis import strategies as st

from tests.laws.cases import NUMBERS, WRITEABLE, change_copy, integer_arrays
from tests.laws.proof import proved


@st.composite
def subtractions(draw):
    """Draw a vector of numbers, positions in it, and values of another dtype."""
    dtype = draw(st.sampled_from([*NUMBERS, "m8[s]", "M8[s]"]))
    x = np.array([100, 101, 102]).astype(dtype)
    index = draw(integer_arrays(3, (draw(st.integers(1, 6)),)))
    kind = draw(st.sampled_from(["?", *NUMBERS, "m8[ms]", "M8[s]"]))
    v = (np.arange(len(index) + 1) % 3).astype(kind)
    v = v + v.dtype.type(0.3) if v.dtype.kind in "fc" else v
    forms = [v[: len(index)], v[0], v[:1]]
    forms += [v[0].item()] if v.dtype.kind in "biufc" else []
    return draw(st.sampled_from(WRITEABLE))(x), index, draw(st.sampled_from(forms))


def test_law_at_value_becomes_an_array():
    def cell_by_cell(cast):
        def subtract(x, index, v):
            v = cast(x, np.asarray(v))
            for n, i in enumerate(index):
                value = v if v.ndim == 0 or len(v) == 1 else v[n : n + 1]
                x[i : i + 1 or None] = np.subtract(x[i : i + 1 or None], value)

        return subtract

    def rounded_at_the_end(x, index, v):
        wide = x.astype(np.result_type(x, np.asarray(v)))
        np.subtract.at(wide, index, v)
        x[...] = wide

    def operator(x, index, v):
        for n, i in enumerate(index):
            x[i : i + 1 or None] -= v[n] if np.ndim(v) and len(v) > 1 else v

    def in_the_common_dtype(x, index, v):
        wide = np.result_type(x, np.asarray(v))
        cell_by_cell(lambda x, v: v.astype(wide))(x, index, v)

    wrong = cell_by_cell(lambda x, v: v.astype(x.dtype)), rounded_at_the_end, operator
    right = cell_by_cell(lambda x, v: v)
    dates = np.array(["2020-01-01", "2020-01-02"], dtype="M8[D]")
    proved(
        subtractions(),
        *map(change_copy, (np.subtract.at, right, *wrong)),
        counterexamples={
            "integers subtracted from dates": (
                change_copy(in_the_common_dtype),
                (dates, np.array([0, 0]), np.array([1, 2])),
            )
        },
    )
