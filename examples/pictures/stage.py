"""Figures of the values of an array, stage by stage."""

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
        Positions in `x`, of which one should be repeated.

    Returns
    -------
    matplotlib.figure.Figure
        On the left, the values that are read, the differences, and the
        values that are written. On the right, `x` after each index entry.

    Raises
    ------
    IndexError
        If NumPy refuses the index.

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
    for entry, cell in enumerate(index):
        np.subtract.at(each, [cell], 1)
        number = [-1] * entry + [cell]  # no cell has the position -1
        unbuffered.append((f"index entry {entry}", each.copy(), number))
    return draw_stages([buffered, unbuffered])


def draw_stages(columns):
    """Draw columns of stages, one stage below the other.

    Parameters
    ----------
    columns : sequence of sequences of (title, values, picked)
        The stages of each column. `values` is an array of one or two
        dimensions. `picked` has the flat positions of the outlined cells,
        in the order of their numbers. A cell that occurs twice has two
        numbers.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If an array is too large to draw.
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
