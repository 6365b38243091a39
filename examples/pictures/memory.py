"""Figures of the memory of arrays, from the addresses of their cells."""

import numpy as np

from examples.pictures.grid import (
    check_drawable,
    draw_grid,
    fit_figure,
    make_figure,
)


def draw_memory(array, name, results):
    """Draw the memory of an array, and of arrays made from it.

    Parameters
    ----------
    array : contiguous ndarray, at most 200 cells
    name : str
        The name of the array.
    results : dict of str to ndarray of the same dtype
        The result of each expression. A result that shares memory with
        `array` is drawn in the memory of `array`.

    Returns
    -------
    matplotlib.figure.Figure
        Each strip is memory, from low to high addresses. The small
        numbers give the row-major order of the cells of a result.

    Raises
    ------
    ValueError
        If the memory of the array has gaps, or the array is too large to
        draw.

    References
    ----------
    NumPy user guide, Copies and views.
    """
    if not array.flags.forc:
        raise ValueError(
            f"{name} has strides {array.strides}; expected a contiguous "
            "array"
        )
    memory = check_drawable("array", array.ravel(order="K"))
    figure, axes = make_figure()
    title = f"memory of {name}, shape {array.shape}"
    right, _ = draw_grid(axes, memory, (0, 0), title, [])
    top = 0
    for expression, result in results.items():
        shared = np.shares_memory(array, result)
        start = find_lowest_address(array if shared else result)
        strip = memory if shared else result.ravel(order="K")
        cells = (list_addresses(result) - start) // array.itemsize
        where = f"memory of {name}" if shared else "memory of its own"
        title = f"{expression}: {where}"
        top += 2.2
        span, _ = draw_grid(axes, strip, (0, top), title, cells)
        right = max(right, span)
    return fit_figure(figure, axes, right, top + 1)


def list_addresses(array):
    """Return the address of each cell, in row-major order."""
    first, _ = array.__array_interface__["data"]
    places = list(np.ndindex(array.shape))
    steps = [np.dot(place, array.strides) for place in places]
    return first + np.array(steps, dtype=np.intp)


def find_lowest_address(array):
    """Return the lowest address of the cells of an array."""
    return list_addresses(array).min()
