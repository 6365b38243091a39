"""The cheat sheet: the line, the gradient and the index rules."""

from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from examples import cheat_sheet as content
from examples.pictures.palette import (
    BLUE,
    GREEN,
    INK,
    LINE,
    MUTED,
    ORANGE,
    PICK,
    PURPLE,
)

# Points, of which an inch has 72.
PAPERS = {"A4": (595.28, 841.89), "Letter": (612, 792)}
MARGIN, GUTTER = 28, 20
ADVANCE = 0.602  # of the font size: the width of each letter of code
SIZES = {"code": 7.3, "text": 7.3, "heading": 9.5, "line": 26}
PITCH = 19.6  # from one row of a table to the next


class Pen(NamedTuple):
    """Where a part of the sheet begins, and how wide it is."""

    axes: object
    left: float
    top: float
    width: float

    def move(self, right=0, down=0, width=None):
        """Return a pen at another place."""
        left, top = self.left + right, self.top + down
        return self._replace(left=left, top=top, width=width or self.width)

    def write(self, words, right=0, down=0, **options):
        """Write words, the first line of which ends at the given place."""
        options = {"color": INK, "size": SIZES["text"], **options}
        self.axes.text(self.left + right, self.top + down, words, **options)

    def write_code(self, code, right=0, down=0, **options):
        """Write code."""
        options = {"family": "monospace", "size": SIZES["code"], **options}
        self.write(code, right, down, **options)

    def draw_rule(self, color, width):
        """Draw a line at the top of a part."""
        x = self.left, self.left + width
        self.axes.plot(x, (self.top, self.top), color=color, lw=1.2)


def draw_cheat_sheet(paper="A4", address=""):
    """Draw the whole sheet.

    Parameters
    ----------
    paper : {"A4", "Letter"}
    address : str, optional
        The address of the site, for the last line.

    Returns
    -------
    matplotlib.figure.Figure
        Every number on it comes from `examples.cheat_sheet`, which lets
        NumPy compute it.
    """
    width, height = PAPERS[paper]
    figure = Figure(figsize=(width / 72, height / 72), layout="none")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    parts = {
        draw_head: 92,
        draw_gradient: 144,
        draw_selections: 170,
        draw_rules: 170,
        draw_proofs: 102,
        draw_foot: 8,
    }
    free = height - 2 * MARGIN - sum(parts.values())
    gap = free / (len(parts) - 1)
    pen = Pen(axes, MARGIN, MARGIN, width - 2 * MARGIN)
    for draw, tall in parts.items():
        draw(pen, address) if draw is draw_foot else draw(pen)
        pen = pen.move(down=tall + gap)
    return figure


def draw_head(pen):
    """Draw the line with what each of its parts does, and an example."""
    letter = ADVANCE * SIZES["line"]
    # The parts of the line: first letter, number of letters, and meaning.
    parts = {
        (0, 4): "P, then P − Y",
        (5, 8): "row numbers",
        (15, 1): "class of each row",
        (18, 4): "in place",
    }
    box = (pen.left + 4 * letter, pen.top + 2), 13 * letter, 29
    pen.axes.add_patch(Rectangle(*box, fc=PICK, ec=INK, lw=1.3))
    pen.write_code(content.LINE, down=25, size=SIZES["line"], weight="bold")
    for (first, count), meaning in parts.items():
        middle = (first + count / 2) * letter
        x = [pen.left + end * letter for end in (first, first + count)]
        pen.axes.plot(x, [pen.top + 36] * 2, color=ORANGE, lw=1.5)
        pen.write(
            meaning, middle, 47, ha="center", color=ORANGE, weight="bold"
        )
    words = (
        "NumPy subtracts 1 from one cell in each row, at the true class.\n"
        "The softmax probabilities P become P − Y, where Y is one-hot.\n"
        "P − Y is the gradient of the summed cross-entropy loss."
    )
    pen.write(words, down=58, size=9.2, va="top", linespacing=1.35)
    P, grad = content.compute_line()
    picked = np.arange(P.size).reshape(P.shape)
    picked = picked[range(len(P)), content.TRUE_CLASSES]
    cell = 23, 17
    wide = P.shape[1] * cell[0]
    for right, title, values in (
        (pen.width - 2 * wide - 30, "P", P),
        (pen.width - wide, "P − Y", grad),
    ):
        place = pen.move(right, 22)
        place.write(title, down=-5, weight="bold", size=8.5)
        texts = [f"{value:.1f}" for value in values.ravel()]
        draw_cells(place, values.shape, cell, texts, picked)
    tip = pen.left + pen.width - wide - 5, pen.top + 22 + 2 * cell[1]
    pen.axes.annotate(
        "",
        xy=tip,
        xytext=(tip[0] - 20, tip[1]),
        arrowprops={"arrowstyle": "->", "color": MUTED, "lw": 1.5},
    )


def draw_cells(pen, shape, cell, texts, picked):
    """Draw a table of texts, in which the selected cells are outlined."""
    wide, high = cell
    for flat, (row, column) in enumerate(np.ndindex(*shape)):
        chosen = flat in picked
        corner = pen.left + column * wide, pen.top + row * high
        box = Rectangle(corner, wide, high, lw=1.3 if chosen else 0.8)
        box.set(facecolor=PICK if chosen else "none", zorder=1 + chosen)
        box.set_edgecolor(INK if chosen else LINE)
        pen.axes.add_patch(box)
        text = pen.axes.text(
            corner[0] + wide / 2, corner[1] + high / 2, texts[flat]
        )
        text.set(ha="center", va="center_baseline", color=INK, zorder=3)
        text.set(size=min(7.5, high * 0.55))
        text.set_weight("bold" if chosen else "normal")


def draw_heading(pen, words, color):
    """Draw the heading of a part; return the pen below it."""
    pen.draw_rule(color, pen.width)
    size = SIZES["heading"]
    pen.write(words, down=13, size=size, weight="bold", color=color)
    return pen.move(down=26)


def draw_gradient(pen):
    """Draw the formulas, and the code beside them."""
    half = (pen.width - GUTTER) / 2
    below = draw_heading(
        pen.move(width=half), "Softmax, loss and gradient", BLUE
    )
    style = {"size": 10.5, "math_fontfamily": "stix"}
    below = below.move(down=9)
    for row in content.FORMULAS:
        for n, (name, formula) in enumerate(row.items()):
            place = below.move(n * half / 2)
            place.write(name, color=MUTED)
            place.write(f"${formula}$", right=40, **style)
        below = below.move(down=36 if len(row) > 1 else 28)
    right = pen.move(half + GUTTER, width=half)
    below = draw_heading(right, "Code, for the mean loss", BLUE)
    for n, line in enumerate(content.CODE.splitlines()):
        weight = "bold" if content.LINE in line else "normal"
        below.write_code(line, down=n * 11.5, weight=weight, size=7.6)


def draw_selections(pen):
    """Draw what twelve indices select."""
    rows = {
        "Integers, slices, ... and None give a view, or a scalar. "
        "The numbers show the order of the result.": content.BASIC,
        "Lists, arrays and masks give a copy.": content.ADVANCED,
    }
    title = "What an index selects from x of shape (3, 4), if y = [2, 0, 3]"
    below = draw_heading(pen, title, GREEN)
    for words, expressions in rows.items():
        below.write(words, color=MUTED, down=-1)
        across = pen.width / len(expressions)
        selections = content.list_selections(expressions)
        for n, selection in enumerate(selections):
            draw_selection(below.move(n * across, 13), selection)
        below = below.move(down=77)


def draw_selection(pen, selection):
    """Draw the selected cells, numbered in the order of the result."""
    code, chosen, kind = selection
    pen.write_code(code, weight="bold", size=6.9)
    orders = {int(cell): str(n) for n, cell in enumerate(chosen.ravel())}
    texts = [orders.get(cell, "") for cell in range(12)]
    draw_cells(pen.move(down=4), (3, 4), (17, 12), texts, orders)
    pen.write(f"shape {chosen.shape}, {kind}", down=49, size=6.6)


def draw_rules(pen):
    """Draw the rules of shapes, of writing and of labels."""
    third = (pen.width - 2 * GUTTER) / 3
    shapes = content.SHAPES_START, content.list_shapes()
    writes = content.WRITES_START, content.list_writes()
    labels = content.LABELS_START, content.list_labels()
    parts = zip(
        ("Shape of the result", "Writing", "Labels"),
        (shapes, writes, labels),
        strict=True,
    )
    for n, (title, (start, rows)) in enumerate(parts):
        column = pen.move(n * (third + GUTTER), width=third)
        below = draw_heading(column, title, ORANGE)
        below.write(start, down=-1, size=6.8)
        for k, row in enumerate(rows):
            draw_row(below.move(down=12 + k * PITCH), row)


def draw_row(pen, row):
    """Draw code with its result at the right, and below it the meaning."""
    pen.write_code(row.code)
    options = {"ha": "right", "weight": "bold"}
    pen.write_code(row.result, right=pen.width, **options)
    pen.write(row.meaning, down=8.6, color=MUTED, size=6.8)


def draw_proofs(pen):
    """Draw other spellings of the line, and checks of the gradient."""
    half = (pen.width - GUTTER) / 2
    left = pen.move(width=half)
    below = draw_heading(left, "Other code that gives P − Y", PURPLE)
    for n, row in enumerate(content.list_spellings()):
        below.write_code(row.code, down=n * 13)
    right = pen.move(half + GUTTER, width=half)
    below = draw_heading(right, "Checks", PURPLE)
    for n, row in enumerate(content.list_checks()):
        draw_row(below.move(down=n * PITCH), row)


def draw_foot(pen, address):
    """Draw what computed the sheet, and where it is from."""
    words = f"NumPy {np.__version__} computed every result on this sheet."
    pen.write(words, down=8, size=6.8, color=MUTED)
    source = f"One Line of NumPy, CC BY 4.0 {address}".strip()
    pen.write(
        source, right=pen.width, down=8, size=6.8, color=MUTED, ha="right"
    )
