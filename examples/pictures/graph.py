"""Figures of a computational graph, with values and derivatives."""

from examples.pictures.grid import draw_grid, fit_figure, make_figure
from examples.pictures.palette import BLUE, GREEN, MUTED, ORANGE

RIGHT = 5  # cells from the values to the slopes
BETWEEN = 2.2  # cells from one stage to the next


def draw_graph(stages, operations, shortcut=""):
    """Draw a chain of values, and the derivative of the last one by each.

    Parameters
    ----------
    stages : list of (str, ndarray of floats, ndarray of floats)
        The name of each value, the value, and the derivative of the last
        value with respect to it. A value has 0 to 2 dimensions and at
        most 4 columns.
    operations : list of str
        The operation from each value to the next, so one fewer than
        `stages`.
    shortcut : str, optional
        The operation from the second value directly to the first
        derivative.

    Returns
    -------
    matplotlib.figure.Figure
        The values are on the left, with arrows down. The derivatives are
        on the right, with arrows up. The shortcut is a dashed arrow.

    Raises
    ------
    ValueError
        If a derivative does not have the shape of its value, or
        `operations` is not one shorter than `stages`.
    """
    if len(operations) != len(stages) - 1:
        raise ValueError(
            f"operations has length {len(operations)}; expected "
            f"{len(stages) - 1}, one less than stages"
        )
    figure, axes = make_figure()
    last, top, bottom = stages[-1][0], 0, 0
    for place, (name, value, slope) in enumerate(stages):
        if value.shape != slope.shape:
            raise ValueError(
                f"{name} has shape {value.shape} and its derivative has "
                f"shape {slope.shape}; expected equal shapes"
            )
        if place:
            draw_step(axes, bottom, top, operations[place - 1])
        wide, high = draw_grid(axes, value, (0, top), name, [])
        if place == 1 and shortcut:
            draw_shortcut(axes, wide, bottom, top, shortcut)
        draw_grid(axes, slope, (RIGHT, top), f"∂{last}/∂{name}", [])
        bottom = top + high
        top = bottom + BETWEEN
    return fit_figure(figure, axes, RIGHT + 3, bottom)


def draw_step(axes, bottom, top, operation):
    """Draw the arrows between two stages, down and up."""
    ends = (bottom + 0.15, top - 0.9)
    for x, (start, end), color in (
        (0.5, ends, BLUE),
        (RIGHT + 0.5, ends[::-1], ORANGE),
    ):
        style = {"arrowstyle": "-|>", "color": color, "lw": 2}
        axes.annotate("", xy=(x, end), xytext=(x, start), arrowprops=style)
    middle = sum(ends) / 2
    axes.text(0.9, middle, operation, color=MUTED, va="center", size=9)


def draw_shortcut(axes, wide, bottom, top, shortcut):
    """Draw the arrow from the second value to the first derivative."""
    start, end = (wide + 0.15, top + 0.5), (RIGHT - 0.15, bottom - 0.5)
    style = {"arrowstyle": "-|>", "color": GREEN, "lw": 2, "ls": "--"}
    axes.annotate("", xy=end, xytext=start, arrowprops=style)
    beside = (wide + 0.1, (start[1] + end[1]) / 2 - 0.3)
    axes.text(*beside, shortcut, color=GREEN, ha="center", size=9)
