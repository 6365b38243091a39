"""The probabilities of three classes as points of a triangle."""

import numpy as np
from matplotlib.figure import Figure

from examples.pictures.palette import BLUE, INK, LINE, MUTED, ORANGE

CORNERS = np.array([[0, 0], [1, 0], [0.5, np.sqrt(3) / 2]])
GROUND = {"color": LINE, "linewidth": 1}


def draw_simplex(P, arrows, label, levels):
    """Draw arrows on the triangle of probabilities, with contour lines.

    At a corner of the triangle, one class has probability 1. In the
    middle, all classes have the same probability.

    Parameters
    ----------
    P : ndarray of floats, shape (n, 3)
        The points from which the arrows start. Each row sums to 1.
    arrows : dict of str to (ndarray of floats, shape (n, 3), float)
        For each title, the arrows of one triangle, whose rows sum to 0,
        and the factor by which they are lengthened.
    label : int
        The true class.
    levels : sequence of float
        The losses ``-log(p[label])`` of the dashed contour lines.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If a row of `P` does not sum to 1, or a row of the arrows to 0.
    """
    check_row_sums("P", P, 1)
    figure = Figure(figsize=(3.6, 3 * len(arrows)))
    for place, (title, (steps, longer)) in enumerate(arrows.items()):
        check_row_sums(title, steps, 0)
        axes = figure.add_subplot(len(arrows), 1, place + 1)
        axes.set_title(title)
        axes.set(aspect="equal", xlim=(-0.2, 1.2), ylim=(-0.12, 1))
        axes.set_axis_off()
        axes.plot(*CORNERS[[0, 1, 2, 0]].T, **GROUND)
        draw_levels(axes, label, levels)
        style = {"arrowstyle": "-|>", "color": BLUE, "lw": 1.3}
        style |= {"shrinkA": 0, "shrinkB": 0, "mutation_scale": 8}
        for start, step in zip(P @ CORNERS, steps @ CORNERS, strict=True):
            axes.plot(*start, ".", color=INK, markersize=4)
            end = start + longer * step
            axes.annotate("", xy=end, xytext=start, arrowprops=style)
        name_corners(axes, label)
    return figure


def check_row_sums(name, rows, expected):
    """Raise an error if a row does not have the expected sum."""
    for row, total in enumerate(rows.sum(axis=1)):
        if not np.isclose(total, expected):
            raise ValueError(
                f"{name}[{row}] sums to {total:.3g}; expected {expected}"
            )


def draw_levels(axes, label, levels):
    """Draw the contour line of each loss, with the loss as a number."""
    one, other = (k for k in range(3) if k != label)
    for loss in levels:
        p = np.exp(-loss)
        ends = p * CORNERS[label] + (1 - p) * CORNERS[[one, other]]
        axes.plot(*ends.T, "--", color=ORANGE, linewidth=1)
        text = axes.text(*ends[1], f" {loss:.1f}", color=MUTED, size=8)
        text.set(va="center")


def name_corners(axes, label):
    """Write the name of the class beside each corner."""
    for k, (x, y) in enumerate(CORNERS):
        top = y > 0
        text = axes.text(x, y + (0.03 if top else -0.03), f"class {k}")
        text.set(ha="center", va="bottom" if top else "top", color=INK)
        text.set_weight("bold" if k == label else "normal")
