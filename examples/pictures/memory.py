"""Which memory an array reads: drawn from the addresses of its cells."""

import numpy as np

from examples.pictures.grid import (
    check_drawable,
    draw_grid,
    fit_figure,
    make_figure,
)


def draw_memory(array, name, results):
    """Draw the memory of an array, and where other arrays have theirs.

    Parameters
    ----------
    array : contiguous ndarray, at most 200 cells
    name : str
        What the array is called.
    results : dict of str to ndarray of the same dtype
        What each expression gave. A result that shares the memory of
        `array` is drawn in it, any other as the memory of its own.

    Returns
    -------
    matplotlib.figure.Figure
        Each strip is memory, from low to high addresses. The small
        numbers count the cells of a result in row-major order.

    Raises
    ------
    ValueError
        If the cells of the array have gaps between them, or it cannot be
        drawn.

    References
    ----------
    NumPy user guide, Copies and views.
    """
    if not array.flags.forc:
        raise ValueError(
            f"{name} has strides {array.strides}; expected an array "
            "without gaps in its memory"
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
    """Return where each cell begins, in row-major order."""
    first, _ = array.__array_interface__["data"]
    places = list(np.ndindex(array.shape))
    steps = [np.dot(place, array.strides) for place in places]
    return first + np.array(steps, dtype=np.intp)


def find_lowest_address(array):
    """Return where the memory begins that the cells of an array span."""
    return list_addresses(array).min()
