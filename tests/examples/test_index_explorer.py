"""The index explorer shows what NumPy selects and subtracts."""

import numpy as np
import pytest

from examples.index_explorer import read_expressions, select_cells

GRAD = np.random.default_rng(0).permutation(12).reshape(4, 3) / 8  # all different
CASES = [
    ("[0, 1, 1, 2]", "range(m), y"),
    ("[0, 1, 1, 2]", ":, y"),
    ("[[0], [1], [1], [2]]", "range(m), y"),
    ("[0, 1, 1, 2]", "np.ix_([2, 0], y[:2])"),
    ("[0, 1, 1, 2]", "grad > 0.5"),
    ("[0, 1, 1, 2]", "1:, [2, 0]"),
    ("[0, 0, 0, 0]", "[1, 1, 3, 1], y"),
    ("[0, 1, 1, 2]", "::-2"),
    ("[0, 1, 1, 2]", "2, 1"),
    ("[0, 1, 1, 2]", "grad > 99"),
]


@pytest.mark.parametrize(("labels", "index"), CASES)
def test_the_cells_are_those_of_the_result_in_order(labels, index):
    index = read_expressions(labels, index, GRAD)
    before = GRAD.copy()
    found = select_cells(GRAD, index)
    assert [GRAD[cell] for cell in found.cells] == np.ravel(GRAD[index]).tolist()
    assert np.array_equal(found.read, GRAD[index])
    assert np.array_equal(GRAD, before)


@pytest.mark.parametrize(("labels", "index"), CASES)
def test_the_three_calls_change_what_one_line_changes(labels, index):
    index = read_expressions(labels, index, GRAD)
    wanted = GRAD.copy()
    wanted[index] -= 1
    assert np.array_equal(select_cells(GRAD, index).after, wanted)


@pytest.mark.parametrize(
    ("labels", "index", "error"),
    [
        ("[0, 1]", "range(m), y", IndexError),
        ("[0, 1, 1, 3]", "range(m), y", IndexError),
        ("[0.5]", "y", IndexError),
        ("[0, 1, 1, 2]", "range(m", SyntaxError),
        ("nothing", "y", NameError),
    ],
)
def test_what_numpy_and_python_refuse_is_refused(labels, index, error):
    with pytest.raises(error):
        select_cells(GRAD, read_expressions(labels, index, GRAD))
