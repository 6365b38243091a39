"""The picture of axes leads each one to where NumPy puts it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.patches import Rectangle

from examples.pictures.axes import draw_axes
from tests.pictures.texts import list_texts

SHAPE = (2, 3, 4)
pair = [1, 2]


def list_links(figure) -> set[str]:
    """Return what the lines join: "slot to axis"."""
    return {
        line.get_label() for line in figure.axes[0].lines if " to " in line.get_label()
    }


def list_kinds(figure) -> list[str]:
    """Return the kinds of all boxes, above and then below."""
    return [p.get_label() for p in figure.axes[0].patches if isinstance(p, Rectangle)]


@pytest.mark.parametrize(
    ("index", "lines"),
    [
        (np.s_[:, 0, pair], {"0 to 0", "1 to 1", "2 to 1"}),  # adjacent
        (np.s_[0, :, pair], {"0 to 0", "2 to 0", "1 to 1"}),  # separated
        (np.s_[0, pair], {"0 to 0", "1 to 0", "2 to 1"}),
        (np.s_[:, [0, 1], ..., [0, 1]], {"1 to 0", "3 to 0", "0 to 1"}),  # empty ...
        (np.s_[:, pair], {"0 to 0", "1 to 1", "2 to 2"}),
        (np.s_[0, None, pair], {"0 to 0", "2 to 0", "1 to 1", "3 to 2"}),
        (np.s_[1, ..., None], {"1 to 0", "2 to 1", "3 to 2"}),  # the integer: none
        (np.s_[:, np.ones((3, 4), bool)], {"0 to 0", "1 to 1", "2 to 1"}),
        (np.s_[[[0], [1]], :, pair], {"0 to 0.5", "2 to 0.5", "1 to 2"}),
    ],
)
def test_the_lines_lead_where_the_rule_says(index, lines):
    assert list_links(draw_axes(SHAPE, {"x[index]": index})) == lines


@st.composite
def indices(draw):
    """Draw a shape and an index with its entries in any order."""
    shape = tuple(draw(st.lists(st.integers(2, 4), min_size=1, max_size=4)))
    array = st.lists(st.integers(0, 1), min_size=1, max_size=1)
    entry = st.one_of(st.just(slice(None)), st.integers(0, 1), array)
    index = [draw(entry) for _ in shape]
    for extra in draw(st.lists(st.just(None), max_size=2)):
        index.insert(draw(st.integers(0, len(index))), extra)
    return shape, tuple(index)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(indices())
def test_a_slice_leads_to_the_axis_along_which_its_coordinates_change(case):
    shape, index = case
    lines = list_links(draw_axes(shape, {"x[index]": index}))
    axis = 0
    for place, entry in enumerate(index):
        if isinstance(entry, slice):
            coordinates = np.indices(shape)[axis][index]
            changing = [
                n for n in range(coordinates.ndim) if np.diff(coordinates, axis=n).any()
            ]
            assert f"{place} to {changing[0]}" in lines
            assert len(changing) == 1
        axis += entry is not None


@settings(max_examples=50, deadline=None, derandomize=True)
@given(indices())
def test_the_boxes_hold_the_two_shapes(case):
    shape, index = case
    figure = draw_axes(shape, {"x[index]": index})
    assert list_texts(figure, "taken") == [str(n) for n in shape]
    result = np.zeros(shape)[index].shape
    assert list_texts(figure, "given") == [str(n) for n in result]


def test_an_integer_is_an_index_array_only_beside_one():
    assert list_kinds(draw_axes(SHAPE, {"x[0]": 0}))[0] == "integer"
    assert list_kinds(draw_axes(SHAPE, {"x[0, [1]]": (0, [1])}))[0] == "index"


def test_each_entry_is_written_under_its_axis():
    figure = draw_axes((2, 3, 4, 5), {"x[i]": np.s_[1:, ..., None, ::2]})
    texts = list_texts(figure)
    for words in ("1:", "...", "newaxis", "::2", "x[i], shape (1, 3, 4, 1, 3)"):
        assert words in texts
    assert texts.count("...") == 2
    big = draw_axes((2, 3), {"x[i]": np.zeros((2, 2), int), "x[[0]]": [0]})
    texts = list_texts(big)
    assert {"array (2, 2)", "[0]", "x, shape (2, 3)"} <= set(texts)


@pytest.mark.parametrize(
    ("shape", "index", "error", "message"),
    [
        ((2, 3), (0, 5), IndexError, "index 5 is out of bounds for axis 1"),
        ((1,) * 7, 0, ValueError, "turns 7 axes into 6; expected at most 6"),
        ((2,), (None,) * 6, ValueError, "turns 1 axes into 7"),
        ((2,), True, ValueError, "the 0-d mask True; expected a mask"),
    ],
)
def test_what_cannot_be_drawn_is_named(shape, index, error, message):
    with pytest.raises(error, match=message):
        draw_axes(shape, {"x[i]": index})
