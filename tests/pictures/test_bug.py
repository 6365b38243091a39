"""The pictures of the bugs show their curves and their gradients."""

import numpy as np
import pytest

from examples.pictures.bug import ROWS, draw_bug, draw_losses
from examples.pictures.palette import BLUE, ORANGE
from examples.wrong_lines import Run

RIGHT = Run([2.0, 1.0, 0.5], [0.1, 0.5, 0.9], "")
LABELS = np.array([1, 0, 2, 0, 1, 2, 2])
GRAD = np.full((7, 3), 0.5) - np.eye(3)[LABELS]


def list_words(axes) -> list[str]:
    """Return what is written into a panel."""
    return [text.get_text() for text in axes.texts]


def test_each_bug_has_a_panel_with_its_losses_and_the_right_ones():
    losses = {"a": [2, 3, 4], "b": [5.0, 4.0, np.nan]}
    first, second = draw_losses(losses, RIGHT.losses).axes
    assert [axes.get_title() for axes in (first, second)] == ["a", "b"]
    wrong, right = first.lines
    assert list(wrong.get_ydata()) == [2, 3, 4]
    assert list(right.get_ydata()) == RIGHT.losses
    assert (wrong.get_linestyle(), right.get_linestyle()) == ("-", "--")
    assert (wrong.get_color(), right.get_color()) == (ORANGE, BLUE)
    assert first.get_ylim() == pytest.approx((0, 4.4))
    assert [text.get_text() for text in second.get_yticklabels()] == ["0", "5"]
    assert (list_words(first), list_words(second)) == ([], ["nan"])


def test_a_loss_that_overflows_says_so_and_is_not_drawn():
    (axes,) = draw_losses({"a": [2.0, np.inf, 1.0]}, RIGHT.losses).axes
    assert list_words(axes) == ["inf"]
    assert np.isnan(axes.lines[0].get_ydata()[1])


def test_two_numbers_that_would_touch_are_one():
    (axes,) = draw_losses({"a": [0.1, 0.1, 0.1]}, RIGHT.losses).axes
    assert [text.get_text() for text in axes.get_yticklabels()] == ["0.1"]


def test_the_right_curve_is_drawn_by_some_of_its_values():
    right = list(np.linspace(3, 1, 100))
    (axes,) = draw_losses({"a": [1.0] * 100}, right).axes
    line = axes.lines[1]
    drawn = dict(zip(line.get_xdata(), line.get_ydata(), strict=True))
    assert {0, 1, 2, 3, 99} <= drawn.keys()
    assert all(right[x] == y for x, y in drawn.items())


def test_a_bug_has_its_loss_its_accuracy_and_its_gradient():
    seen = Run([2.0, 3.0, 4.0], [0.3, 0.2, 0.1], "")
    loss, accuracy, rows = draw_bug(seen, RIGHT, GRAD, LABELS).axes
    titles = [axes.get_title() for axes in (loss, accuracy, rows)]
    assert titles == ["loss", "accuracy", "m · grad"]
    assert list(accuracy.lines[0].get_ydata()) == seen.accuracies
    assert [patch.get_xy() for patch in rows.patches] == [
        (label, row) for row, label in enumerate(LABELS[:ROWS])
    ]
    (drawn,) = rows.collections
    np.testing.assert_allclose(drawn.get_facecolor()[:, 3], 0.5)
    assert len(drawn.get_paths()) == 3 * ROWS


def test_a_gradient_of_nan_says_so():
    *_, rows = draw_bug(RIGHT, RIGHT, GRAD * np.nan, LABELS).axes
    assert list_words(rows) == ["nan"]
    assert len(rows.collections[0].get_paths()) == 0
