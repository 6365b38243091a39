"""The picture of stages shows each array as it was given."""

import numpy as np
import pytest

from examples.pictures.stage import draw_once_and_each, draw_stages


def test_each_stage_has_its_values_and_its_numbers():
    x = np.array([10, 20])
    figure = draw_stages([[("x", x, [0, 0]), ("x - 1", x - 1, [])], [("y", x, [1])]])
    (axes,) = figure.axes
    texts = [(t.get_text(), *np.floor(t.get_position())) for t in axes.texts]
    assert [(t, *place) for t, *place in texts if t in ("10", "20", "9", "19")] == [
        ("10", 0, 0),
        ("20", 1, 0),
        ("9", 0, 2),
        ("19", 1, 2),
        ("10", 3, 0),
        ("20", 4, 0),
    ]
    orders = [t.get_text() for t in axes.texts if t.get_label() == "order"]
    assert orders == ["0,1", "0"]


def test_a_repeated_cell_changes_once_on_the_left_and_often_on_the_right():
    (axes,) = draw_once_and_each([10, 20], [0, 0]).axes
    values = [t for t in axes.texts if t.get_label() == "value"]
    left = [t.get_text() for t in values if t.get_position()[0] < 3]
    right = [t.get_text() for t in values if t.get_position()[0] > 3]
    assert left == ["10", "20", "10", "10", "9", "9", "9", "20"]
    assert right == ["10", "20", "9", "20", "8", "20"]


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match="array has 201 cells"):
        draw_stages([[("x", np.zeros(201), [])]])
