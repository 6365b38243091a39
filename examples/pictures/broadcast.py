"""Figures of how index arrays of different shapes are paired."""

import numpy as np
from matplotlib.patches import Rectangle

from examples.pictures.grid import (
    LETTER,
    draw_arrow,
    fit_figure,
    make_figure,
)
from examples.pictures.palette import INK, LINE, MUTED, PICK

ROOM = 1.6  # cells between the index arrays and the pairs
BETWEEN = 1.2  # cells from one index array to the next, for its title
MOST_CELLS = 40


def draw_broadcast(arrays, meant=False):
    """Draw index arrays, broadcast to one shape, and the cells they select.

    Parameters
    ----------
    arrays : dict of str to array_like of integers
        One to three index arrays with their names, in the order of the
        axes that they index.
    meant : array_like of bool, optional
        True for each pair that is filled and has a bold frame. By
        default, none is.

    Returns
    -------
    matplotlib.figure.Figure
        On the left, the result of `broadcast_arrays` for each index
        array. The array's own entries are filled and have a bold frame,
        and their repetitions are pale. On the right, the indices from all
        arrays for each position of the common shape.

    Raises
    ------
    ValueError
        If the arrays and `meant` do not broadcast, if there are more than
        three arrays, or if the common shape has more than two dimensions,
        no cell, or more than 40 cells.

    References
    ----------
    NumPy user guide, Integer array indexing; Broadcasting.
    """
    copies = {name: np.array(array) for name, array in arrays.items()}
    stretched = check_drawable(np.broadcast_arrays(*copies.values()))
    figure, axes = make_figure()
    top = left = 0
    for (name, array), big in zip(copies.items(), stretched, strict=True):
        title = f"{name}, shape {array.shape}"
        wide, high = draw_stretched(axes, big, (0, top), title)
        left, top = max(left, wide), top + high + BETWEEN
    bottom = top - BETWEEN
    rows = as_grid(stretched[0]).shape[0]
    start = (bottom - rows) / 2
    draw_arrow(axes, (left, start + rows / 2))
    title = f"selected, shape {stretched[0].shape}"
    marked = np.broadcast_to(meant, stretched[0].shape)
    corner = (left + ROOM, start)
    wide = draw_cells(axes, stretched, as_grid(marked), corner, title)
    return fit_figure(figure, axes, left + ROOM + wide, bottom)


def check_drawable(stretched):
    """Return the broadcast arrays; raise an error if they are too large."""
    if len(stretched) > 3:
        raise ValueError(
            f"arrays has {len(stretched)} arrays; expected at most 3"
        )
    shape = stretched[0].shape
    if len(shape) > 2 or not 0 < stretched[0].size <= MOST_CELLS:
        raise ValueError(
            f"arrays broadcast to shape {shape}; expected at most 2 "
            f"dimensions and 1 to {MOST_CELLS} cells"
        )
    return stretched


def as_grid(array):
    """Return an array of at most two dimensions as rows and columns."""
    return array.reshape((1,) * (2 - array.ndim) + array.shape)


def mark_originals(big):
    """Return a mask of the entries that are not repetitions.

    Along an axis that broadcasting repeats, the stride is 0.
    """
    first = (slice(1 if step == 0 else None) for step in big.strides)
    mask = np.zeros(big.shape, dtype=bool)
    mask[tuple(first)] = True
    return mask


def draw_stretched(axes, big, corner, title):
    """Draw an index array with its repetitions; return its size."""
    left, top = corner
    write_title(axes, corner, title)
    mine = as_grid(mark_originals(big))
    for (row, column), value in np.ndenumerate(as_grid(big)):
        kept = mine[row, column]
        box = Rectangle((left + column, top + row), 1, 1, edgecolor=LINE)
        box.set(facecolor=PICK if kept else "none", linewidth=0.5)
        axes.add_patch(box)
        if kept:
            box.set(edgecolor=INK, linewidth=2, zorder=2)
        text = axes.text(left + column + 0.5, top + row + 0.5, str(value))
        text.set(ha="center", va="center", size=10, zorder=3)
        text.set(
            color=INK if kept else MUTED, weight="bold" if kept else 400
        )
        text.set_label("own" if kept else "repeated")
    rows, columns = mine.shape
    return max(columns, len(title) * LETTER), rows


def draw_cells(axes, stretched, marked, corner, title):
    """Draw the indices of each pair; return the width."""
    left, top = corner
    write_title(axes, corner, title)
    grids = [as_grid(big) for big in stretched]
    side = 1 if len(grids) < 3 else 1.4
    for row, column in np.ndindex(grids[0].shape):
        place = (left + column * side, top + row)
        box = axes.add_patch(Rectangle(place, side, 1, fc="none", ec=LINE))
        if marked[row, column]:
            box.set(fc=PICK, ec=INK, linewidth=2, zorder=2)
        cell = ",".join(str(array[row, column]) for array in grids)
        text = axes.text(place[0] + side / 2, place[1] + 0.5, cell)
        text.set(ha="center", va="center", size=10, color=INK, label="cell")
        text.set(zorder=3, weight="bold" if marked[row, column] else 400)
    return max(grids[0].shape[1] * side, len(title) * LETTER)


def write_title(axes, corner, title):
    """Write a title above a grid."""
    left, top = corner
    text = axes.text(left, top - 0.25, title, color=INK, size=9)
    text.set_family("monospace")
