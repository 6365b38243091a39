"""The picture of a loss or another value over two logits shows what it is given."""

import numpy as np

from examples.pictures.surface import draw_surface

X = np.linspace(-2, 2, 9)
LOSS = np.logaddexp(0, X[:, None] - X[None, :])


def test_each_level_line_lies_where_the_loss_is_that_large():
    solid, flat = draw_surface(X, LOSS, [0.5, 1]).axes
    (lines,) = [c for c in flat.collections if hasattr(c, "levels")]
    for level, path in zip(lines.levels, lines.get_paths(), strict=True):
        logit_0, logit_1 = path.vertices.T
        # Between the points of the grid the lines are drawn straight.
        found = np.logaddexp(0, logit_1 - logit_0)
        np.testing.assert_allclose(found, level, atol=0.02)
    assert [solid.get_xlabel(), solid.get_zlabel()] == ["logit 0", "loss"]


def test_the_arrow_goes_along_1_1():
    *_, flat = draw_surface(X, LOSS, [0.5, 1]).axes
    (arrow,) = [t for t in flat.texts if getattr(t, "arrow_patch", None)]
    (x0, y0), (x1, y1) = arrow.xyann, arrow.xy
    assert x1 - x0 == y1 - y0 > 0


def test_the_upright_axis_has_the_name_of_the_value():
    solid, _ = draw_surface(X, np.exp(-LOSS), [0.5], "probability").axes
    assert solid.get_zlabel() == "probability"
