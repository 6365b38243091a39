"""Figures of the cells that NumPy selects for an index."""

import numpy as np

from examples.pictures.grid import (
    GAP,
    check_drawable,
    draw_arrow,
    draw_grid,
    fit_figure,
    make_figure,
)


def draw_index(array, index, label="A[index]"):
    """Draw the cells of an array that an index selects, and the result.

    Parameters
    ----------
    array : array_like, 1 to 3 dimensions, at most 200 cells
    index : any index that NumPy accepts
        An index that selects at most 200 cells in at most 3 dimensions.
    label : str, optional
        The expression above the result.

    Returns
    -------
    matplotlib.figure.Figure
        Selected cells are outlined. Their small numbers are the positions
        in the flattened result. A cell that is selected twice has two
        numbers.

    Raises
    ------
    IndexError
        If NumPy refuses the index.
    ValueError
        If the array or the result is too large to draw.

    References
    ----------
    NumPy user guide, Indexing on ndarrays.
    """
    return draw_indices(array, {label: index})


def draw_indices(array, expressions):
    """Draw several indices as `draw_index` does, one below the other.

    Parameters
    ----------
    array : array_like, as in `draw_index`
    expressions : dict of str to index
        The index of each expression.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    IndexError, ValueError
        For the same reasons as `draw_index`.
    """
    array = check_drawable("array", np.asarray(array))
    positions = np.arange(array.size).reshape(array.shape)
    figure, axes = make_figure()
    top = right = 0
    for label, index in expressions.items():
        chosen = check_drawable("result", np.asarray(positions[index]))
        name = label.partition("[")[0]
        title = f"{name}, shape {array.shape}"
        wide, high = draw_grid(axes, array, (0, top), title, chosen.ravel())
        draw_arrow(axes, (wide, top + high / 2))
        start = (wide + GAP, top)
        title = f"{label}, shape {chosen.shape}"
        values = array.ravel()[chosen]
        order = np.arange(chosen.size)
        span, tall = draw_grid(axes, values, start, title, order)
        top += max(high, tall) + 1.4
        right = max(right, wide + GAP + span)
    return fit_figure(figure, axes, right, top - 1.4)
