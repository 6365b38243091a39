"""Figures of the gradient: before and after the line, and its push."""

import numpy as np
from matplotlib.figure import Figure

from examples.pictures.grid import (
    GAP,
    draw_arrow,
    draw_grid,
    fit_figure,
    make_figure,
)
from examples.pictures.palette import BLUE, INK, LINE, ORANGE


def draw_line(P, y):
    """Draw probabilities before and after ``grad[range(m), y] -= 1``.

    Parameters
    ----------
    P : ndarray of floats, shape (m, K)
        Probabilities, one row for each example.
    y : ndarray of integers, shape (m,)
        Labels from 0 to K - 1.

    Returns
    -------
    matplotlib.figure.Figure
        Both grids have the selected cells outlined, one in each row.
    """
    m = len(P)
    grad = P.copy()
    grad[range(m), y] -= 1
    picked = np.arange(P.size).reshape(P.shape)[range(m), y]
    figure, axes = make_figure()
    wide, high = draw_grid(axes, P, (0, 0), "P", picked)
    draw_arrow(axes, (wide, high / 2))
    start, title = (wide + GAP, 0), "grad[range(m), y] -= 1"
    span, _ = draw_grid(axes, grad, start, title, picked)
    return fit_figure(figure, axes, wide + GAP + span, high)


def draw_push_pull(p, label):
    """Draw how a step against the gradient moves each logit of one example.

    Parameters
    ----------
    p : ndarray of floats, shape (K,)
        Probabilities of one example.
    label : int
        Its true class.

    Returns
    -------
    matplotlib.figure.Figure
        An arrow for each class, whose length is minus the gradient. It
        pulls the true class up by 1 - p, and pushes each other class down
        by its p.
    """
    step = -p.copy()
    step[label] += 1
    figure = Figure(figsize=(4.6, 2.8))
    axes = figure.add_subplot()
    axes.axhline(0, color=LINE, linewidth=1)
    for k, value in enumerate(step):
        color = BLUE if value > 0 else ORANGE
        style = {"arrowstyle": "-|>", "color": color, "lw": 3}
        style["shrinkA"] = style["shrinkB"] = 0
        axes.annotate("", xy=(k, value), xytext=(k, 0), arrowprops=style)
        beside = {"va": "center", "color": INK}
        axes.text(k + 0.1, value / 2, f"{value:+.2f}", **beside)
    names = [f"class {k}" for k in range(len(p))]
    names[label] += "\n(the label)"
    axes.set_xticks(range(len(p)), names)
    axes.set(
        xlim=(-0.5, len(p) - 0.2), ylim=(step.min() - 0.1, step.max() + 0.1)
    )
    axes.set_ylabel("minus the gradient")
    return figure
