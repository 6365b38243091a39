"""Figures of a mask and of the index arrays that replace it."""

import numpy as np

from examples.pictures.grid import (
    GAP,
    check_drawable,
    draw_arrow,
    draw_grid,
    fit_figure,
    make_figure,
)


def draw_mask(array, mask):
    """Draw a mask, the cells that it selects, and its index arrays.

    Parameters
    ----------
    array : array_like, 1 to 3 dimensions, at most 200 cells
    mask : array_like of booleans, the shape of `array`

    Returns
    -------
    matplotlib.figure.Figure
        The small numbers give the order of the selected cells, of the
        entries of the index arrays, and of the entries of the result.

    Raises
    ------
    TypeError
        If the dtype of the mask is not bool.
    ValueError
        If the mask does not have the shape of the array, or the array is
        too large to draw.

    References
    ----------
    NumPy user guide, Boolean array indexing.
    """
    array, mask = np.asarray(array), np.asarray(mask)
    check_drawable("array", array)
    if mask.dtype != bool:
        raise TypeError(f"mask has dtype {mask.dtype}; expected bool")
    if mask.shape != array.shape:
        raise ValueError(
            f"mask has shape {mask.shape}; expected {array.shape}"
        )
    figure, axes = make_figure()
    picked = np.flatnonzero(mask)
    title = f"mask, shape {mask.shape}"
    wide, high = draw_grid(axes, mask, (0, 0), title, picked)
    draw_arrow(axes, (wide, high / 2))
    start = (wide + GAP, 0)
    title = f"A, shape {array.shape}"
    span, _ = draw_grid(axes, array, start, title, picked)
    right, order = wide + GAP + span, np.arange(picked.size)
    rows = {
        f"mask.nonzero()[{axis}]": part
        for axis, part in enumerate(mask.nonzero())
    }
    rows[f"A[mask], shape {picked.shape}"] = array[mask]
    top = high
    for title, values in rows.items():
        top += 1.3
        span, _ = draw_grid(axes, values, (0, top), title, order)
        top += 1
        right = max(right, span)
    return fit_figure(figure, axes, right, top)
