"""The other pictures show the numbers that they are given."""

import numpy as np
import pytest

from examples.pictures.curve import draw_curves
from examples.pictures.gradient import draw_line, draw_push_pull
from examples.pictures.graph import draw_graph
from examples.pictures.map import draw_maps
from examples.pictures.training import (
    draw_answers,
    draw_gradient,
    draw_weights,
)

P = np.array([[0.2, 0.3, 0.5], [0.6, 0.3, 0.1]])
Y = np.array([1, 0])


def texts(figure) -> list[str]:
    """Return all that is written in a figure."""
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def test_the_line_is_shown_before_and_after():
    shown = texts(draw_line(P, Y))
    assert {"0.30", "-0.70", "0.60", "-0.40"} <= set(shown)
    assert shown.count("0.20") == 2


def test_the_arrows_are_minus_the_gradient():
    figure = draw_push_pull(P[0], 1)
    assert [x for x in texts(figure) if x] == ["-0.20", "+0.70", "-0.50"]
    tips = [t.xy[1] for t in figure.axes[0].texts if getattr(t, "arrow_patch", None)]
    np.testing.assert_allclose(tips, [-0.2, 0.7, -0.5])


def test_the_curves_are_the_values():
    figure = draw_curves({"a": [3, 2, 1], "b": [1, 1, 2]}, "loss")
    lines = figure.axes[0].lines
    assert [list(line.get_ydata()) for line in lines] == [[3, 2, 1], [1, 1, 2]]
    assert len({line.get_linestyle() for line in lines}) == 2
    assert figure.axes[0].get_ylabel() == "loss"


def test_curves_may_stand_at_x_on_logarithmic_axes():
    figure = draw_curves({"a": [3, 2]}, "error", xlabel="h", x=[0.1, 1], log=True)
    (axes,) = figure.axes
    assert list(axes.lines[0].get_xdata()) == [0.1, 1]
    assert axes.get_xscale() == axes.get_yscale() == "log"


def test_a_fifth_curve_is_refused():
    with pytest.raises(ValueError, match="5 lines; expected at most 4"):
        draw_curves({name: [1, 2] for name in "abcde"}, "loss")


def test_the_maps_are_the_probabilities_and_the_gradient():
    grad = P - np.eye(3)[Y]
    figure = draw_gradient(P, grad, Y)
    for axes, values in zip(figure.axes, (P, grad), strict=True):
        (drawn,) = axes.collections
        alphas = drawn.get_facecolor()[:, 3]
        np.testing.assert_allclose(alphas, np.abs(values).ravel())
        sides = [np.ptp(path.vertices[:, 0]) for path in drawn.get_paths()]
        np.testing.assert_allclose(sides, np.where(values > 0, 1, 0.7).ravel())
        corners = [patch.get_xy() for patch in axes.patches]
        assert corners == [(1, 0), (0, 1)]


def test_each_class_has_its_weights_and_each_digit_its_answer():
    W = np.arange(8.0).reshape(4, 2)
    figure = draw_weights(W, (2, 2))
    assert [axes.get_title() for axes in figure.axes] == ["0", "1"]
    alphas = figure.axes[1].collections[0].get_facecolor()[:, 3]
    np.testing.assert_allclose(alphas, W[:, 1] / 7)
    figure = draw_answers(np.ones((2, 2, 2)), np.array([3, 4]), np.array([3, 5]))
    assert [axes.get_title() for axes in figure.axes] == ["3 ✓", "4, not 5"]


def test_the_graph_shows_each_value_beside_its_slope():
    stages = [("x", P, P * 2), ("L", np.float64(7), np.ones(()))]
    shown = texts(draw_graph(stages, ["sum"]))
    assert {"x", "∂L/∂x", "L", "∂L/∂L", "sum", "7.00", "1.00"} <= set(shown)
    assert shown.count("0.30") == 2
    assert shown.count("0.40") == 1


def test_the_graph_shows_a_shortcut_from_the_second_value():
    stages = [("x", P, P * 2), ("L", np.float64(7), np.ones(()))]
    without, added = draw_graph(stages, ["sum"]), draw_graph(stages, ["sum"], "cut")
    # An arrow is a text without letters.
    assert sorted([*texts(without), "", "cut"]) == sorted(texts(added))


def test_the_graph_refuses_what_does_not_fit():
    stages = [("x", P, P[0]), ("L", np.float64(7), np.ones(()))]
    with pytest.raises(ValueError, match=r"x has shape \(2, 3\), its slope \(3,\)"):
        draw_graph(stages, ["sum"])
    with pytest.raises(ValueError, match="0 operations; expected 1"):
        draw_graph(stages, [])


def test_the_maps_show_their_numbers_in_one_scale():
    figure = draw_maps({"a": P, "b": -2 * P}, "class", "row")
    assert {"0.20", "-0.40", "-1.20"} <= set(texts(figure))
    first, second = (axes.collections[0].get_facecolor() for axes in figure.axes)
    np.testing.assert_allclose(second[:, 3], 2 * first[:, 3])
