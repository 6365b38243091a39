"""Matrices as maps of squares, whose color shows the size of an entry."""

import numpy as np
from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from examples.pictures.grid import format_value
from examples.pictures.palette import INK, MUTED, color_signed

FAINTEST = 0.02  # paler squares are not drawn


def draw_maps(maps, xlabel, ylabel):
    """Draw matrices side by side, with their numbers, in one color scale.

    Parameters
    ----------
    maps : dict of str to ndarray of floats, shape (rows, columns)
        A matrix for each title. All have the same number of rows.
    xlabel, ylabel : str
        The labels of the columns and of the rows.

    Returns
    -------
    matplotlib.figure.Figure
        Blue is positive, and orange with smaller squares is negative.
    """
    largest = max(np.abs(values).max() for values in maps.values())
    figure = Figure(figsize=(5.2, 0.6 + 5.2 / len(maps) * 0.9))
    for place, (title, values) in enumerate(maps.items()):
        axes = figure.add_subplot(1, len(maps), place + 1)
        # Half as strong, so that the numbers on top are readable.
        draw_map(axes, values, 2 * largest)
        for (row, column), value in np.ndenumerate(values):
            text = axes.text(column + 0.5, row + 0.5, format_value(value))
            text.set(ha="center", va="center", color=INK, size=8)
        rows, columns = values.shape
        axes.set_title(title)
        axes.set(xlabel=xlabel, ylabel="" if place else ylabel)
        axes.set_xticks(np.arange(columns) + 0.5, range(columns))
        axes.set_yticks(np.arange(rows) + 0.5, range(rows))
        for spine in axes.spines.values():
            spine.set(visible=True, color=MUTED)
    return figure


def draw_map(axes, values, largest, ink=None):
    """Draw each entry as a square whose color shows its size.

    A negative entry has a smaller square, so you see its sign without
    color.
    """
    cells = list(np.ndindex(values.shape))
    colors = [
        (ink, alpha) if ink else (red, green, blue, alpha)
        for red, green, blue, alpha in color_signed(values, largest)
    ]
    alphas = [color[-1] for color in colors]
    drawn = [n for n, alpha in enumerate(alphas) if alpha > FAINTEST]
    boxes = [make_square(cells[n], values[cells[n]]) for n in drawn]
    squares = PatchCollection(
        boxes, facecolors=[colors[n] for n in drawn], lw=0
    )
    squares.set_clip_on(False)  # clip paths are a quarter of the file
    axes.add_collection(squares)
    rows, columns = values.shape
    axes.set(xlim=(0, columns), ylim=(rows, 0), aspect="equal")


def make_square(cell, value):
    """Return the square of an entry, smaller if the entry is negative."""
    row, column = cell
    side = 1 if value > 0 else 0.7
    margin = (1 - side) / 2
    return Rectangle((column + margin, row + margin), side, side)
