"""A reliability diagram shows a dot for each bin that holds answers."""

import numpy as np

from examples.calibration import measure_reliability
from examples.pictures.reliability import draw_reliability


def test_the_dots_are_confidence_and_accuracy():
    P = np.array([[0.62, 0.38], [0.4, 0.6], [1.0, 0.0]])
    labels = np.array([0, 0, 0])
    figure = draw_reliability({"a": P, "b": P[:, ::-1]}, labels)
    for axes, model in zip(figure.axes, (P, P[:, ::-1]), strict=True):
        _, confidence, accuracy = measure_reliability(model, labels)
        (dots,) = [c for c in axes.collections if c.get_offsets().size > 2]
        drawn = np.ma.getdata(dots.get_offsets())
        np.testing.assert_allclose(drawn.T, [confidence, accuracy])
    assert figure.axes[0].get_title() == "a\nECE 0.073"
    assert figure.axes[0].get_ylabel() == "accuracy"


def test_a_bin_with_more_answers_has_a_larger_dot():
    P = np.array([[0.55, 0.45]] * 3 + [[0.95, 0.05]])
    figure = draw_reliability({"a": P}, np.zeros(4, int))
    (dots,) = [c for c in figure.axes[0].collections if c.get_offsets().size > 2]
    sizes = dots.get_sizes()
    assert sizes[5] > sizes[9]


def test_a_fourth_panel_starts_a_new_row_of_two_columns():
    P, labels = np.array([[0.62, 0.38], [0.4, 0.6]]), np.array([0, 0])
    figure = draw_reliability(dict.fromkeys("abcd", P), labels, columns=2)
    places = [axes.get_subplotspec() for axes in figure.axes]
    rows = [place.rowspan.start for place in places]
    assert rows == [0, 0, 1, 1]
    assert [axes.get_ylabel() for axes in figure.axes] == ["accuracy", ""] * 2
    assert [bool(axes.get_xlabel()) for axes in figure.axes] == [False] * 2 + [True] * 2
