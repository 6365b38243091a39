"""A mask as the index arrays that it stands for: drawn from both."""

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
        The small numbers count the selected cells in their order; below,
        they count the entries of the index arrays and of the result.

    Raises
    ------
    TypeError
        If the mask is not boolean.
    ValueError
        If the mask has another shape, or the array cannot be drawn.

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
