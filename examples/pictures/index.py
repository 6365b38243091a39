"""Figures of the cells that NumPy selects for an index."""

import numpy as np

from examples.pictures.grid import (
    GAP,
    WIDEST,
    check_drawable,
    draw_arrow,
    draw_grid,
    fit_figure,
    make_figure,
    measure_grid,
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
        numbers. The result is beside the array, or below it if the two are
        too wide.

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
    results = []
    for label, index in expressions.items():
        chosen = check_drawable("result", np.asarray(positions[index]))
        name = label.partition("[")[0]
        title = f"{name}, shape {array.shape}"
        results.append((title, f"{label}, shape {chosen.shape}", chosen))
    widths = [
        measure_grid(array, before)[0] + GAP + measure_grid(part, after)[0]
        for before, after, part in results
    ]
    beside = max(widths, default=0) <= WIDEST
    top = right = 0
    for before, after, chosen in results:
        picked = chosen.ravel()
        wide, high = draw_grid(axes, array, (0, top), before, picked)
        if beside:
            start = (wide + GAP, top)
            draw_arrow(axes, (wide, top + high / 2))
        else:
            start = (0, top + high + GAP + 0.4)
            draw_arrow(axes, (0.5, top + high), down=True)
        values = array.ravel()[chosen]
        order = np.arange(chosen.size)
        span, tall = draw_grid(axes, values, start, after, order)
        right = max(right, wide, start[0] + span)
        top = max(top + high, start[1] + tall) + 1.4
    return fit_figure(figure, axes, right, top - 1.4)
