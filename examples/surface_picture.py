"""The loss as a surface over the two logits of one example."""

import numpy as np
from matplotlib.figure import Figure

from examples.palette import BLUE, INK, LINE, MUTED, ORANGE

WIRES = 11  # lines of the surface in each direction


def draw_surface(x, loss, levels):
    """Draw a loss over two logits: as a surface, and by its level lines.

    Parameters
    ----------
    x : ndarray of floats, shape (n,)
        The values that each of the two logits takes, in order.
    loss : ndarray of floats, shape (n, n)
        ``loss[i, j]`` belongs to the logits ``x[j]`` and ``x[i]``.
    levels : sequence of float
        The losses whose level lines are drawn, dashed, in order.

    Returns
    -------
    matplotlib.figure.Figure
        Left the surface, right the level lines with their losses, and
        an arrow in the direction (1, 1).
    """
    figure = Figure(figsize=(6.2, 3))
    if engine := figure.get_layout_engine():
        engine.set(wspace=0.18)  # the name of the upright axis needs room
    grid = np.meshgrid(x, x)
    lines = {"levels": levels, "colors": ORANGE, "linestyles": "dashed"}
    solid = figure.add_subplot(1, 2, 1, projection="3d")
    wires = {"rcount": WIRES, "ccount": WIRES, "linewidth": 0.8}
    solid.plot_wireframe(*grid, loss, color=BLUE, **wires)
    solid.contour(*grid, loss, **lines, linewidths=1.8)
    solid.set(xlabel="logit 0", ylabel="logit 1", zlabel="loss")
    solid.view_init(elev=24, azim=-72)
    solid.grid(False)
    for axis in (solid.xaxis, solid.yaxis, solid.zaxis):
        axis.pane.set(fill=False, edgecolor=LINE, alpha=1)
        axis.line.set_color(LINE)
    flat = figure.add_subplot(1, 2, 2)
    drawn = flat.contour(*grid, loss, **lines, linewidths=1.4)
    flat.clabel(drawn, colors=MUTED, fmt="%.1f", fontsize=8)
    flat.set(xlabel="logit 0", ylabel="logit 1", aspect="equal")
    start, length = (x[-1] / 6, -x[-1] / 6), x[-1] / 2
    end = (start[0] + length, start[1] + length)
    style = {"arrowstyle": "-|>", "color": INK, "lw": 2}
    flat.annotate("", xy=end, xytext=start, arrowprops=style)
    flat.text(*end, " (1, 1)", color=INK, va="bottom", ha="center")
    return figure
