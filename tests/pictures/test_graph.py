"""The computational graph shows each value beside the slope of the last one."""

import numpy as np
import pytest

from examples.pictures.graph import draw_graph
from tests.pictures.texts import list_texts

P = np.array([[0.2, 0.3, 0.5], [0.6, 0.3, 0.1]])
STAGES = [("x", P, P * 2), ("L", np.float64(7), np.ones(()))]


def test_the_graph_shows_each_value_beside_its_slope():
    texts = list_texts(draw_graph(STAGES, ["sum"]))
    assert {"x", "∂L/∂x", "L", "∂L/∂L", "sum", "7.00", "1.00"} <= set(texts)
    assert texts.count("0.30") == 2
    assert texts.count("0.40") == 1


def test_the_graph_shows_a_shortcut_from_the_second_value():
    without, added = draw_graph(STAGES, ["sum"]), draw_graph(STAGES, ["sum"], "cut")
    # An arrow is a text without letters.
    assert sorted([*list_texts(without), "", "cut"]) == sorted(list_texts(added))


def test_the_graph_refuses_a_slope_of_another_shape():
    stages = [("x", P, P[0]), *STAGES[1:]]
    with pytest.raises(
        ValueError, match=r"x has shape \(2, 3\) and its derivative .* \(3,\)"
    ):
        draw_graph(stages, ["sum"])


def test_the_graph_refuses_too_few_operations():
    with pytest.raises(ValueError, match="operations has length 0; expected 1"):
        draw_graph(STAGES, [])
