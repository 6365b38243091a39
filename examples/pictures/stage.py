"""What happens to an array, stage by stage: drawn from its values."""

import numpy as np

from examples.pictures.grid import (
    check_drawable,
    draw_grid,
    fit_figure,
    make_figure,
)


def draw_once_and_each(x, index):
    """Draw ``x[index] -= 1`` beside ``np.subtract.at(x, index, 1)``.

    Parameters
    ----------
    x : array_like, one dimension
    index : sequence of int
        Positions in `x`; a repeated one is what the picture is for.

    Returns
    -------
    matplotlib.figure.Figure
        On the left, what is read, what is left of it, and what is
        written; on the right, `x` after each mention.

    Raises
    ------
    IndexError
        NumPy's own, when it refuses the index.

    References
    ----------
    NumPy reference, ufunc.at.
    """
    x, index = np.array(x), list(index)
    part, once, each = x[index], x.copy(), x.copy()
    order = range(len(index))
    once[index] = part - 1
    buffered = [
        ("x", x, index),
        ("part = x[index]", part, order),
        ("part -= 1", part - 1, order),
        ("x[index] = part", once, index),
    ]
    unbuffered = [("x", x, index)]
    for mention, cell in enumerate(index):
        np.subtract.at(each, [cell], 1)
        number = [-1] * mention + [cell]  # no cell has the position -1
        unbuffered.append((f"mention {mention}", each.copy(), number))
    return draw_stages([buffered, unbuffered])


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
    figure, axes = make_figure()
    left = bottom = 0
    for stages in columns:
        top = right = 0
        for title, values, picked in stages:
            values = check_drawable("array", np.asarray(values))
            span, high = draw_grid(axes, values, (left, top), title, picked)
            right = max(right, span)
            top += high + 1.3
        left += right + 1
        bottom = max(bottom, top - 1.3)
    return fit_figure(figure, axes, left - 1, bottom)
