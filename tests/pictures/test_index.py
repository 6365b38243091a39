"""A picture marks the cells that NumPy selects, in NumPy's order."""

import io

import matplotlib
import numpy as np
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from matplotlib.patches import Rectangle

from examples.pictures.grid import format_value
from examples.pictures.index import draw_index, draw_indices
from examples.pictures.palette import PICK
from tests.pictures.texts import list_texts


def read_orders(figure, result: bool) -> dict[str, list[int]]:
    """Read back the order numbers of each value, before or after the arrow."""
    (axes,) = figure.axes
    (arrow,) = [t for t in axes.texts if hasattr(t, "arrow_patch") and t.arrow_patch]
    (_, y0), (x1, y1) = arrow.xyann, arrow.xy
    orders = [t for t in axes.texts if t.get_label() == "order"]
    values = [t for t in axes.texts if t.get_label() == "value"]
    found = {}
    for value in values:
        x, y = value.get_position()
        behind = x > x1 if y0 == y1 else y > y1
        if behind == result:
            near = [
                order.get_text()
                for order in orders
                if np.floor(order.get_position()).tolist() == np.floor([x, y]).tolist()
            ]
            found[value.get_text()] = [int(n) for n in ",".join(near).split(",") if n]
    return found


@st.composite
def arrays_and_indices(draw):
    """Draw an array with one of the indices that NumPy accepts for it."""
    shape = draw(hnp.array_shapes(min_dims=1, max_dims=3, max_side=3))
    array = np.arange(np.prod(shape)).reshape(shape)
    basic = hnp.basic_indices(shape, allow_newaxis=False)
    arrays = hnp.integer_array_indices(shape, result_shape=hnp.array_shapes(max_dims=2))
    mask = hnp.arrays(bool, shape)
    return array, draw(st.one_of(basic, arrays, mask))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(arrays_and_indices())
def test_the_marked_cells_are_the_selected_ones_in_order(case):
    array, index = case
    wanted = {str(value): [] for value in array.ravel()}
    for order, value in enumerate(np.ravel(array[index])):
        wanted[str(value)].append(order)
    figure = draw_index(array, index)
    assert read_orders(figure, result=False) == wanted
    (axes,) = figure.axes
    filled = sum(
        matplotlib.colors.to_hex(patch.get_facecolor()) == PICK
        for patch in axes.patches
        if isinstance(patch, Rectangle) and patch.get_facecolor()[3]
    )
    picked = np.size(array[index])
    assert filled == len(set(np.ravel(array[index]).tolist())) + picked


def test_the_result_stands_beside_with_its_shape():
    A = np.arange(12).reshape(4, 3)
    figure = draw_index(A, (range(4), [2, 0, 1, 2]), "A[range(4), y]")
    texts = list_texts(figure)
    assert "A, shape (4, 3)" in texts
    assert "A[range(4), y], shape (4,)" in texts
    assert read_orders(figure, result=True) == {"2": [0], "3": [1], "7": [2], "11": [3]}


def test_a_result_too_wide_for_a_phone_is_below():
    figure = draw_index(np.arange(16).reshape(2, 8), (1, range(8)))
    wanted = {str(value): [value - 8] for value in range(8, 16)}
    assert read_orders(figure, result=True) == wanted
    wide, high = figure.get_size_inches()
    assert wide < high + 3


def test_layers_too_wide_for_a_phone_are_one_below_the_other():
    narrow = draw_index(np.arange(8).reshape(2, 2, 2), 0)
    figure = draw_index(np.arange(24).reshape(3, 2, 4), 0)
    assert figure.get_size_inches()[0] <= 5.7
    assert narrow.get_size_inches()[1] < figure.get_size_inches()[1]


def test_a_cell_that_is_selected_twice_has_two_numbers():
    figure = draw_index(np.arange(3), [0, 2, 0])
    assert read_orders(figure, result=False) == {"0": [0, 2], "1": [], "2": [1]}


def test_several_indices_stand_one_below_the_other():
    figure = draw_indices(np.arange(3), {"A[0]": 0, "A[[1, 2]]": [1, 2]})
    texts = list_texts(figure)
    assert {"A[0], shape ()", "A[[1, 2]], shape (2,)"} <= set(texts)


def test_a_zero_is_shown_without_a_sign():
    values = np.array([-0.0, -0.001, -0.01])
    assert [format_value(value) for value in values] == ["0.00", "0.00", "-0.01"]


def test_floats_are_shown_with_two_digits():
    texts = list_texts(draw_index(np.array([0.123]), 0))
    assert "0.12" in texts


def test_what_numpy_refuses_is_refused():
    with pytest.raises(IndexError, match="shape mismatch"):
        draw_index(np.ones((3, 3)), ([0, 1, 2], [0, 1]))


@pytest.mark.parametrize(
    ("array", "index", "message"),
    [
        (np.float64(1), (), "array has 0 dimensions; expected 1 to 3"),
        (np.ones((1, 1, 1, 1)), 0, "array has 4 dimensions; expected 1 to 3"),
        (np.ones(201), 0, "array has 201 cells; expected at most 200"),
        (np.ones(2), np.zeros((1, 1, 1, 1), int), "result has 4 dimensions"),
        (np.ones(2), np.zeros(201, int), "result has 201 cells"),
    ],
)
def test_what_does_not_fit_a_picture_is_named(array, index, message):
    with pytest.raises(ValueError, match=message):
        draw_index(array, index)


def test_the_same_picture_is_the_same_bytes():
    def save_svg() -> bytes:
        figure, data = draw_index(np.arange(4), [3, 0]), io.BytesIO()
        figure.savefig(data, format="svg", metadata={"Date": None})
        return data.getvalue()

    with matplotlib.rc_context(fname=ROOT / ".config" / "matplotlibrc"):
        assert save_svg() == save_svg()
