"""What is outside the scope of the laws of docs/indexing/index.md, and why."""

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from tests.laws.cases import memory_mapped, values


def test_a_matrix_keeps_two_axes():
    matrix = np.arange(4).reshape(2, 2).view(np.matrix)
    assert matrix[0].shape == (1, 2)  # an integer removes its axis
    assert matrix[matrix > 0].shape == (1, 3)  # a mask selects into one axis
    assert matrix[[0, 1], [0, 1]].shape == (1, 2)  # pairs have the arrays' shape
    assert matrix.ravel().shape == (1, 4)


def test_a_masked_array_hides_a_cell():
    x = np.ma.array([7, 17], mask=[True, False])
    assert x[0] is np.ma.masked  # one integer for each axis gives the cell


def test_distinct_cells_may_overlap_in_memory():
    once, twice = (
        sliding_window_view(np.zeros(4), 2, writeable=True) for _ in range(2)
    )
    once[range(3), [1, 0, 1]] -= 1
    np.subtract.at(twice, (range(3), [1, 0, 1]), 1)
    assert (once[0, 1], twice[0, 1]) == (-1, -2)  # distinct rows count once each


def test_a_mask_may_read_what_it_has_just_written():
    x = np.array([5, 4, 3, 2, 1, 0])
    x[[False, True, False, True, False, True]] = x[:3]
    assert x.tolist() == [5, 5, 3, 5, 1, 3]  # 4, the old x[1], would be right at 3


def test_the_name_of_a_field_is_alone_in_its_brackets():
    points = values((2,), [("x", "f8"), ("y", "f8")])
    assert points["x"].shape == (2,)
    with pytest.raises(IndexError):
        points[("x",)]


def test_a_memory_mapped_array_is_indexed_like_any_other():
    x = memory_mapped(values((3, 4)))
    assert isinstance(x, np.memmap)
    assert np.shares_memory(x, x[1:])
    assert type(x[[0, 2]]) is np.ndarray
    x[range(3), [1, 0, 1]] -= 1
    assert x[1, 0] == values((3, 4))[1, 0] - 1
