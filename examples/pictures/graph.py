"""The picture of a computational graph: values down, slopes up."""

from examples.pictures.grid import draw_grid, fit_figure, make_figure
from examples.pictures.palette import BLUE, GREEN, MUTED, ORANGE

RIGHT = 5  # cells from the values to the slopes
BETWEEN = 2.2  # cells from one stage to the next


def draw_graph(stages, operations, shortcut=""):
    """Draw a chain of values, and the slope of its end at each of them.

    Parameters
    ----------
    stages : list of (str, ndarray of floats, ndarray of floats)
        The name of each value, the value (0 to 2 dimensions, at most 4
        columns), and the derivative of the last value with respect to it.
    operations : list of str
        What leads from each value to the next: one fewer than `stages`.
    shortcut : str, optional
        What leads from the second value to the first derivative at once.

    Returns
    -------
    matplotlib.figure.Figure
        Left, with arrows downwards, the values; right, with arrows
        upwards, the derivatives; the shortcut is a dashed arrow.

    Raises
    ------
    ValueError
        If a derivative has not the shape of its value, or the operations
        are not one fewer than the stages.
    """
    if len(operations) != len(stages) - 1:
        raise ValueError(
            f"{len(operations)} operations; expected {len(stages) - 1}, "
            "one between each stage and the next"
        )
    figure, axes = make_figure()
    last, top, bottom = stages[-1][0], 0, 0
    for place, (name, value, slope) in enumerate(stages):
        if value.shape != slope.shape:
            raise ValueError(
                f"{name} has shape {value.shape}, its slope {slope.shape}; "
                "expected one shape"
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
    """Draw the way down between two values and the way up beside it."""
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
    """Draw the short way from the second value to the first slope."""
    start, end = (wide + 0.15, top + 0.5), (RIGHT - 0.15, bottom - 0.5)
    style = {"arrowstyle": "-|>", "color": GREEN, "lw": 2, "ls": "--"}
    axes.annotate("", xy=end, xytext=start, arrowprops=style)
    beside = (wide + 0.1, (start[1] + end[1]) / 2 - 0.3)
    axes.text(*beside, shortcut, color=GREEN, ha="center", size=9)
