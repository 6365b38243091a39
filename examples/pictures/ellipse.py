"""The Hessian of the loss as ellipses on a plane of logits."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse

from examples.pictures.palette import BLUE, INK, LINE, MUTED

# Two directions, at right angles to each other and to (1, 1, 1).
PLANE = np.array([[1, -1, 0], [-1, -1, 2]]) / np.sqrt([[2], [6]])


def draw_ellipses(X, hessians):
    """Draw the Hessian at several logits of three classes as ellipses.

    Parameters
    ----------
    X : ndarray of floats, shape (n, 3)
        The logits. Only their differences matter, so the figure shows the
        plane of logits that sum to 0.
    hessians : ndarray of floats, shape (n, 3, 3)
        Symmetric matrices without negative eigenvalues.

    Returns
    -------
    matplotlib.figure.Figure
        An ellipse around each point. Its half axes are the square roots
        of the two eigenvalues on the plane, so it is wide where the
        curvature of the loss is large. Dashed lines separate the regions
        in which each logit is the largest.
    """
    figure = Figure(figsize=(5.2, 4.6))
    axes = figure.add_subplot()
    reach = 1.15 * np.abs(X @ PLANE.T).max() + 0.6
    for k, corner in enumerate(np.eye(3) @ PLANE.T):
        line = np.outer([0, 2 * reach], -corner)
        axes.plot(*line.T, "--", color=LINE, linewidth=1)
        away = 0.92 * reach * corner / np.linalg.norm(corner)
        text = axes.text(*away, f"class {k}", color=MUTED)
        text.set(ha="center", va="center")
    for point, hessian in zip(X @ PLANE.T, hessians, strict=True):
        widths, turned = np.linalg.eigh(PLANE @ hessian @ PLANE.T)
        half = np.sqrt(widths.clip(0))
        angle = np.degrees(np.arctan2(*turned[::-1, 1]))
        ellipse = Ellipse(point, 2 * half[1], 2 * half[0], angle=angle)
        ellipse.set(fill=False, edgecolor=BLUE, linewidth=1.8)
        axes.add_patch(ellipse)
        axes.plot(*point, ".", color=INK, markersize=4)
    axes.set(aspect="equal", xlim=(-reach, reach), ylim=(-reach, reach))
    axes.set_xlabel("(logit 0 − logit 1) / √2")
    axes.set_ylabel("(2 · logit 2 − logit 0 − logit 1) / √6")
    return figure
