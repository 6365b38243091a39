"""An ellipse shows the eigenvalues and the directions of its Hessian."""

import numpy as np
import pytest
from matplotlib.patches import Ellipse

from examples.pictures.ellipse import PLANE, draw_ellipses
from examples.softmax_cross_entropy import softmax

X = np.array([[0.0, 0.0, 0.0], [2.0, 2.0, -4.0], [3.0, -1.0, -2.0]])
P = softmax(X)
HESSIANS = np.array([np.diag(p) - np.outer(p, p) for p in P])


def ellipses():
    """Return the ellipses of a figure, in order."""
    (axes,) = draw_ellipses(X, HESSIANS).axes
    return [patch for patch in axes.patches if isinstance(patch, Ellipse)]


def test_the_plane_is_at_right_angles_to_the_direction_that_changes_nothing():
    np.testing.assert_allclose(PLANE @ PLANE.T, np.eye(2), atol=1e-15)
    np.testing.assert_allclose(PLANE @ np.ones(3), 0, atol=1e-15)


def test_the_half_axes_are_the_roots_of_the_eigenvalues():
    for ellipse, hessian in zip(ellipses(), HESSIANS, strict=True):
        roots = np.sqrt(np.linalg.eigvalsh(hessian).clip(0))[1:]
        np.testing.assert_allclose([ellipse.height / 2, ellipse.width / 2], roots)


def test_the_long_axis_is_the_direction_in_which_the_loss_curves_most():
    for ellipse, hessian in zip(ellipses()[1:], HESSIANS[1:], strict=True):
        turn = np.radians(ellipse.angle)
        direction = np.array([np.cos(turn), np.sin(turn)]) @ PLANE
        largest = np.linalg.eigvalsh(hessian)[-1]
        assert direction @ hessian @ direction == pytest.approx(largest)


def test_an_ellipse_stands_at_its_logits():
    for ellipse, point in zip(ellipses(), X @ PLANE.T, strict=True):
        np.testing.assert_allclose(ellipse.center, point)
