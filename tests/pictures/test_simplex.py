"""The triangle shows the probabilities and the arrows that it is given."""

import numpy as np
import pytest

from examples.pictures.simplex import CORNERS, draw_simplex

P = np.array([[0.2, 0.3, 0.5], [0.6, 0.3, 0.1]])
PULL = np.eye(3)[2] - P


def list_arrows(axes):
    """Return the starts and the ends of the arrows of a triangle."""
    drawn = [t for t in axes.texts if getattr(t, "arrow_patch", None)]
    return np.array([t.xyann for t in drawn]), np.array([t.xy for t in drawn])


def test_the_whole_of_one_hot_minus_p_ends_in_the_corner_of_the_label():
    (axes,) = draw_simplex(P, {"pull": (PULL, 1)}, 2, [1]).axes
    starts, ends = list_arrows(axes)
    np.testing.assert_allclose(starts, P @ CORNERS)
    np.testing.assert_allclose(ends, [CORNERS[2]] * 2)


def test_an_arrow_is_as_much_longer_as_it_says():
    figure = draw_simplex(P, {"a": (PULL, 0.2), "b": (PULL, 0.5)}, 2, [1])
    for axes, longer in zip(figure.axes, (0.2, 0.5), strict=True):
        starts, ends = list_arrows(axes)
        np.testing.assert_allclose(ends - starts, longer * (PULL @ CORNERS))


def test_a_dashed_line_joins_two_predictions_with_its_loss():
    (axes,) = draw_simplex(P, {"pull": (PULL, 1)}, 1, [0.7]).axes
    (line,) = [line for line in axes.lines if line.get_linestyle() == "--"]
    ends = np.linalg.solve(
        np.vstack([CORNERS.T, np.ones(3)]),
        np.vstack([line.get_data(), np.ones(2)]),
    )
    np.testing.assert_allclose(-np.log(ends[1]), 0.7)
    assert "0.7" in [text.get_text().strip() for text in axes.texts]


@pytest.mark.parametrize(
    ("points", "steps", "message"),
    [
        (P * 2, PULL, r"P\[0\] sums to 2; expected 1"),
        (P, PULL + 1, r"pull\[0\] sums to 3; expected 0"),
    ],
)
def test_what_does_not_lie_in_the_triangle_is_refused(points, steps, message):
    with pytest.raises(ValueError, match=message):
        draw_simplex(points, {"pull": (steps, 1)}, 2, [1])
