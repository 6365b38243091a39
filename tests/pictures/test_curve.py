"""A figure of curves draws one line for each name."""

import pytest

from examples.pictures.curve import draw_curves


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
