"""The picture of a mask shows the index arrays that NumPy makes of it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.extra import numpy as hnp

from examples.pictures.mask import draw_mask

A = np.array([[3, 8, 1], [9, 2, 7], [4, 6, 0]])


def read_rows(figure) -> dict[str, list[str]]:
    """Read back the values below each title, from left to right."""
    texts = figure.axes[0].texts
    titles = [t for t in texts if t.get_family() == ["monospace"]]
    values = [t for t in texts if t.get_label() == "value"]
    found = {}
    for title in titles:
        _, y = title.get_position()
        line = [v for v in values if 0 < v.get_position()[1] - y < 1]
        found[title.get_text()] = [v.get_text() for v in line]
    return found


def test_the_rows_are_the_index_arrays_and_the_result():
    found = read_rows(draw_mask(A, A > 5))
    assert found["mask.nonzero()[0]"] == ["0", "1", "1", "2"]
    assert found["mask.nonzero()[1]"] == ["1", "0", "2", "1"]
    assert found["A[mask], shape (4,)"] == ["8", "9", "7", "6"]


@settings(max_examples=50, deadline=None, derandomize=True)
@given(hnp.arrays(bool, hnp.array_shapes(max_dims=3, max_side=3)))
def test_the_cells_are_numbered_in_mask_and_array(mask):
    (axes,) = draw_mask(np.arange(mask.size).reshape(mask.shape), mask).axes
    orders = [t.get_text() for t in axes.texts if t.get_label() == "order"]
    count = np.count_nonzero(mask)
    copies = 2 + mask.ndim + 1  # mask, array, index arrays, result
    assert sorted(orders) == sorted([str(n) for n in range(count)] * copies)


@pytest.mark.parametrize(
    ("mask", "error", "message"),
    [
        (A, TypeError, r"mask has dtype int\d+; expected bool"),
        (A[0] > 5, ValueError, r"mask has shape \(3,\); expected \(3, 3\)"),
    ],
)
def test_what_is_no_mask_of_the_array_is_refused(mask, error, message):
    with pytest.raises(error, match=message):
        draw_mask(A, mask)
