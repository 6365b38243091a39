"""Figures of a function of two logits, such as the loss."""

import numpy as np
from matplotlib.figure import Figure

from examples.pictures.palette import BLUE, INK, LINE, MUTED, ORANGE

WIRES = 11  # lines of the surface in each direction


def draw_surface(x, height, levels, name="loss", azimuth=-72):
    """Draw a function of two logits as a surface and by contour lines.

    Parameters
    ----------
    x : ndarray of floats, shape (n,)
        The values that each of the two logits takes, in order.
    height : ndarray of floats, shape (n, n)
        The values of the function: ``height[i, j]`` for the logits
        ``x[j]`` and ``x[i]``.
    levels : sequence of float
        The heights of the dashed contour lines, in order.
    name : str, optional
        The name of the function.
    azimuth : float, optional
        The direction from which you see the surface, in degrees around
        the vertical axis.

    Returns
    -------
    matplotlib.figure.Figure
        The surface is above. The contour lines with their heights are
        below, with an arrow in the direction (1, 1).
    """
    figure = Figure(figsize=(3.7, 6))
    if engine := figure.get_layout_engine():
        engine.set(hspace=0.1)  # between the label of logit 0 and the lines
    grid = np.meshgrid(x, x)
    lines = {"levels": levels, "colors": ORANGE, "linestyles": "dashed"}
    solid = figure.add_subplot(2, 1, 1, projection="3d")
    wires = {"rcount": WIRES, "ccount": WIRES, "linewidth": 0.8}
    solid.plot_wireframe(*grid, height, color=BLUE, **wires)
    solid.contour(*grid, height, **lines, linewidths=1.8)
    solid.set(xlabel="logit 0", ylabel="logit 1", zlabel=name)
    solid.view_init(elev=24, azim=azimuth)
    solid.grid(False)
    for axis in (solid.xaxis, solid.yaxis, solid.zaxis):
        axis.pane.set(fill=False, edgecolor=LINE, alpha=1)
        axis.line.set_color(LINE)
    flat = figure.add_subplot(2, 1, 2)
    drawn = flat.contour(*grid, height, **lines, linewidths=1.4)
    flat.clabel(drawn, colors=MUTED, fmt="%.1f", fontsize=8)
    flat.set(xlabel="logit 0", ylabel="logit 1", aspect="equal")
    start, length = (x[-1] / 6, -x[-1] / 6), x[-1] / 2
    end = (start[0] + length, start[1] + length)
    style = {"arrowstyle": "-|>", "color": INK, "lw": 2}
    flat.annotate("", xy=end, xytext=start, arrowprops=style)
    flat.text(*end, " (1, 1)", color=INK, va="bottom", ha="center")
    return figure
