"""Small multiples: the curves of each bug beside the correct ones."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from examples.pictures.map import draw_map
from examples.pictures.palette import BLUE, INK, ORANGE

WIDTH = 5.2  # inches
COLUMNS = 4  # panels beside each other
PANEL = 0.98  # inches from one row of panels to the next
ROWS = 5  # examples whose gradient is shown


def draw_losses(losses, right):
    """Draw the loss curve of each bug in a panel of its own.

    Parameters
    ----------
    losses : dict of str to sequence of float
        The losses of each bug.
    right : sequence of float
        The losses of the correct step, which are dashed in each panel.

    Returns
    -------
    matplotlib.figure.Figure
        The height of each panel is 2.2 times the larger of the two first
        losses. Higher losses are cut off.
    """
    rows = -(-len(losses) // COLUMNS)
    high = rows * PANEL
    figure = Figure(figsize=(WIDTH, high), layout="none")
    for place, (name, values) in enumerate(losses.items()):
        row, column = divmod(place, COLUMNS)
        left = 0.08 + 0.935 * column / COLUMNS
        bottom = 1 - (row + 1) / rows + 0.08 / high
        box = (left, bottom, 0.16, (PANEL - 0.36) / high)
        axes = figure.add_axes(box)
        axes.set_title(name, size=9, pad=3)
        axes.set_xticks([])
        draw_loss(axes, values, right)
    return figure


def draw_bug(seen, right, grad, labels):
    """Draw the loss, the accuracy and the gradient of a bug.

    Parameters
    ----------
    seen, right : Run
        The curves of the bug, and of the correct step, which are dashed.
    grad : ndarray of floats, shape (m, K)
        The gradient that the bug computes for a batch, times m.
    labels : ndarray of integers, shape (m,)
        The true classes, whose cells are outlined.

    Returns
    -------
    matplotlib.figure.Figure
        The map shows the first examples. Blue is positive, and orange
        with smaller squares is negative. Values from 1 on have the full
        color.
    """
    figure = Figure(figsize=(WIDTH, 1.5), layout="none")
    loss = figure.add_axes((0.08, 0.05, 0.24, 0.77))
    draw_loss(loss, seen.losses, right.losses)
    loss.set_title("loss")
    accuracy = figure.add_axes((0.38, 0.05, 0.24, 0.77))
    draw_pair(accuracy, seen.accuracies, right.accuracies)
    accuracy.set(ylim=(-0.03, 1.03), title="accuracy")
    accuracy.set_yticks([0, 1])
    for axes in (loss, accuracy):
        axes.set_xticks([])
    draw_rows(figure.add_axes((0.67, 0.05, 0.32, 0.77)), grad, labels)
    return figure


def draw_rows(axes, grad, labels):
    """Draw the first rows of a gradient as a map, with outlined labels."""
    shown = grad[:ROWS]
    draw_map(axes, np.nan_to_num(shown), 1)
    for row, label in enumerate(labels[:ROWS]):
        box = Rectangle((label, row), 1, 1, fill=False, edgecolor=INK)
        box.set_clip_on(False)
        axes.add_patch(box)
    if np.isnan(shown).any():
        write_word(axes, "nan")
    axes.set_anchor("N")
    axes.set_title("m · grad")
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set(visible=True)


def draw_loss(axes, losses, right):
    """Draw two loss curves, with ticks at 0 and at the bug's first loss."""
    draw_pair(axes, losses, right)
    first = losses[0] if np.isfinite(losses[0]) else right[0]
    top = 2.2 * max(first, right[0])
    axes.set_ylim(0, top)
    axes.set_yticks([first], [f"{first:.3g}"])
    if first > top / 5:  # else the two numbers would overlap
        axes.set_yticks([0, first], ["0", f"{first:.3g}"])
    if not np.isfinite(losses).all():
        write_word(axes, "nan" if np.isnan(losses).any() else "inf")


def draw_pair(axes, values, right):
    """Draw a curve, and the correct one dashed."""
    finite = np.where(np.isfinite(values), values, np.nan)
    if np.isfinite(finite).any():
        axes.plot(finite, color=ORANGE, linewidth=1.8, label="bug")
    # The correct curve bends near its start, so later points can be few.
    few = np.unique(np.geomspace(1, len(right), 25).astype(int)) - 1
    style = {"color": BLUE, "linewidth": 1.4, "linestyle": "--"}
    axes.plot(few, np.take(right, few), label="right", **style)
    axes.set_xlim(0, len(right) - 1)
    axes.tick_params(labelsize=8)


def write_word(axes, text):
    """Write a word into a panel, away from the ends of the curves."""
    place = {"ha": "right", "va": "top", "size": 9, "color": INK}
    axes.text(0.97, 0.97, text, transform=axes.transAxes, **place)
