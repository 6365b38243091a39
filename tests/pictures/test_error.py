"""The picture of the V shows the errors that it is given."""

import numpy as np
import pytest

from examples.pictures.error import draw_errors

STEPS = np.array([1e-3, 1e-2, 1e-1])
ERRORS = {"forward": [4e-3, 1e-3, 2e-3], "complex step": [1e-6, 1e-6, 1e-5]}


def test_the_curves_are_the_errors_and_the_dot_is_the_smallest():
    (axes,) = draw_errors(STEPS, ERRORS, marked=["forward"]).axes
    forward, dot, complex_step = axes.lines
    assert list(forward.get_ydata()) == ERRORS["forward"]
    assert list(complex_step.get_ydata()) == ERRORS["complex step"]
    assert [*dot.get_xdata(), *dot.get_ydata()] == [1e-2, 1e-3]
    assert forward.get_linestyle() != complex_step.get_linestyle()
    assert axes.get_xscale() == axes.get_yscale() == "log"


def test_a_thin_line_has_the_slope_of_its_power():
    (axes,) = draw_errors(STEPS, ERRORS, slopes={"h²": (5, 2, 1e-3, 1e-1)}).axes
    np.testing.assert_allclose(axes.lines[-1].get_ydata(), [5e-6, 5e-2])
    assert [text.get_text().strip() for text in axes.texts] == ["h²"]


def test_a_fourth_method_is_refused():
    with pytest.raises(ValueError, match="4 methods; expected at most 3"):
        draw_errors(STEPS, dict.fromkeys("abcd", STEPS))
