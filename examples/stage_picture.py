"""What happens to an array, stage by stage: drawn from its values."""

import numpy as np

from examples.index_picture import blank_figure, draw_grid, drawable, fit


def draw_stages(columns):
    """Draw stages one below the other, and several such columns.

    Parameters
    ----------
    columns : sequence of sequences of (title, values, picked)
        The stages of each column. `values` is an array of one or two
        dimensions; `picked` are the flat positions of the cells that are
        outlined, in the order in which they are numbered. A cell that is
        picked twice has two numbers.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If an array cannot be drawn.
    """
    figure, axes = blank_figure()
    left = bottom = 0
    for stages in columns:
        top = right = 0
        for title, values, picked in stages:
            values = drawable("array", np.asarray(values))
            span, high = draw_grid(axes, values, (left, top), title, picked)
            right = max(right, span)
            top += high + 1.3
        left += right + 1
        bottom = max(bottom, top - 1.3)
    return fit(figure, axes, left - 1, bottom)
