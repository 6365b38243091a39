"""Maps show matrices, with their numbers, in one scale."""

import numpy as np

from examples.pictures.map import draw_maps
from tests.pictures.texts import list_texts

P = np.array([[0.2, 0.3, 0.5], [0.6, 0.3, 0.1]])


def test_the_maps_show_their_numbers_in_one_scale():
    figure = draw_maps({"a": P, "b": -2 * P}, "class", "row")
    assert {"0.20", "-0.40", "-1.20"} <= set(list_texts(figure))
    first, second = (axes.collections[0].get_facecolor() for axes in figure.axes)
    np.testing.assert_allclose(second[:, 3], 2 * first[:, 3])


def test_maps_side_by_side_are_as_high_as_one_of_them():
    figures = [draw_maps(dict.fromkeys("abc"[:n], P), "", "") for n in (1, 2, 3)]
    heights = [figure.get_size_inches()[1] - 0.6 for figure in figures]
    np.testing.assert_allclose(heights, heights[0] / np.arange(1, 4))
