"""Functions that draw arrays as grids, for all figures of indexing."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from examples.pictures.palette import INK, LINE, MUTED, ORANGE, PICK

CELL = 0.5  # inches
GAP = 1.6  # cells between the array and the result
LETTER = 0.155  # cells, the width of a letter of a title
LONGEST = 28  # letters in a line of a title, so that a phone can show it
WIDEST = 11  # cells in a row of grids, so that a phone can show them
MOST_CELLS = 200


def make_figure():
    """Return an empty figure and its axes, whose unit is one cell."""
    figure = Figure(layout="none")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    return figure, axes


def fit_figure(figure, axes, right, bottom):
    """Set the size of a figure to fit what it shows, and return it."""
    left, top = -0.1, -0.9
    right, bottom = max(right + 0.1, 4), bottom + 0.1
    figure.set_size_inches((right - left) * CELL, (bottom - top) * CELL)
    axes.set(xlim=(left, right), ylim=(bottom, top))
    return figure


def draw_grid(axes, values, corner, title, picked):
    """Draw an array as a grid of its values; return its size in cells.

    The layers of a three-dimensional array are side by side, or one below
    the other if they are too wide. `picked` has the flat positions of the
    selected cells, in order.
    """
    left, top = corner
    layers = split_layers(values)
    across, down = find_step(layers)
    heading = axes.text(left, top - 0.2, break_title(title), color=INK)
    heading.set(family="monospace", va="bottom", size=9)
    orders = {}
    for order, position in enumerate(picked):
        orders.setdefault(int(position), []).append(order)
    for (layer, row, column), value in np.ndenumerate(layers):
        flat = int(np.ravel_multi_index((layer, row, column), layers.shape))
        place = (left + layer * across + column, top + layer * down + row)
        draw_cell(axes, place, value, orders.get(flat, []))
    if values.size == 0:
        axes.text(left, top + 0.5, "(empty)", color=MUTED, va="center")
    return measure_grid(values, title)


def measure_grid(values, title):
    """Return the width and height, in cells, of an array with its title."""
    layers = split_layers(values)
    across, down = find_step(layers)
    last, (rows, columns) = len(layers) - 1, layers.shape[1:]
    longest = max(map(len, break_title(title).splitlines()))
    wide = last * across + columns
    return max(wide, longest * LETTER), max(last * down + rows, 1)


def split_layers(values):
    """Return an array as layers, along the first of three axes."""
    return values.reshape((1,) * (3 - values.ndim) + values.shape)


def find_step(layers):
    """Return how far right and how far down each layer is from the last."""
    count, rows, columns = layers.shape
    if count * (columns + 0.5) - 0.5 <= WIDEST:
        return columns + 0.5, 0
    return 0, rows + 0.5


def break_title(title):
    """Return a title with its shape on a second line if it is long."""
    if len(title) > LONGEST:
        return title.replace(", shape", ",\nshape")
    return title


def draw_cell(axes, place, value, orders):
    """Draw one cell; outline, fill and number it if it is selected."""
    x, y = place
    box = Rectangle(
        place, 1, 1, facecolor=PICK if orders else "none", edgecolor=LINE
    )
    axes.add_patch(box)
    if orders:
        box.set(edgecolor=INK, linewidth=2, zorder=2)
        number = axes.text(x + 0.94, y + 0.06, ",".join(map(str, orders)))
        number.set(ha="right", va="top", color=ORANGE, size=7, zorder=3)
        number.set(weight="bold", label="order")
    text = axes.text(x + 0.5, y + 0.55, format_value(value), label="value")
    text.set(ha="center", va="center", color=INK, size=10, zorder=3)
    text.set_weight("bold" if orders else "normal")


def draw_arrow(axes, place, down=False):
    """Draw the arrow from the array to the result, to the right or down."""
    x, y = place
    if down:
        ends = {"xytext": (x, y + 0.15), "xy": (x, y + GAP - 0.55)}
    else:
        ends = {"xytext": (x + 0.25, y), "xy": (x + GAP - 0.25, y)}
    axes.annotate(
        "",
        **ends,
        arrowprops={"arrowstyle": "->", "color": MUTED, "lw": 1.5},
    )


def format_value(value):
    """Return a value as short text, with two digits for a float."""
    if not isinstance(value, np.floating):
        return str(value)
    short = f"{value:.2f}"
    return short.removeprefix("-") if float(short) == 0 else short


def check_drawable(name, array):
    """Return an array; raise an error if it is too large to draw."""
    least = 1 if name == "array" else 0
    if not least <= array.ndim <= 3:
        raise ValueError(
            f"{name} has {array.ndim} dimensions; expected {least} to 3"
        )
    if array.size > MOST_CELLS:
        raise ValueError(
            f"{name} has {array.size} cells; expected at most {MOST_CELLS}"
        )
    return array
