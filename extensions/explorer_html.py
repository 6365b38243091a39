"""Write what the explorers show, at build and in a reader's browser.

This file also runs in the browser, so it needs only NumPy and ``examples/``.
"""

from collections import Counter
from collections.abc import Iterator
from html import escape

import numpy as np

from examples.index_explorer import (
    PROBABILITIES,
    Selection,
    read_expressions,
    select_cells,
)
from examples.training_explorer import get_lines, scale_gradient, start_training
from examples.wrong_lines import Moment

# The examples of the index explorer: a name, what it shows, the labels, the index.
LABELS, COLUMN = "[0, 1, 1, 2]", "[[0], [1], [1], [2]]"
PRESETS = {
    "line": ("the line", LABELS, "range(m), y"),
    "columns": ("a slice of rows", LABELS, ":, y"),
    "grid": ("np.ix_", LABELS, "np.ix_(range(m), y)"),
    "mask": ("a mask", LABELS, "grad > 0.3"),
    "mixed": ("a slice and a list", LABELS, "1:, [2, 0]"),
    "column-labels": ("labels of shape (m, 1)", COLUMN, "range(m), y"),
    "twice": ("the same cell twice", LABELS, "[0, 0, 3], [1, 1, 2]"),
    "slices": ("slices", LABELS, ":2, 1:"),
}
MOST_CELLS = 24  # that the words list
STEPS, RATE, BATCH = 100, 1.5, 200  # of the training in the built page
WIDTH, HEIGHT = 240, 80  # of a chart, in its own units
LEVELS = 4  # of shading for the entries of a gradient


def show_training(name: str) -> str:
    """Return what a whole training gives, as HTML."""
    return Training(name, get_lines(name)[1], RATE, BATCH).take_steps(STEPS)


def show_selection(labels: str, index: str) -> str:
    """Return what an index selects, as HTML, or the error of NumPy."""
    try:
        selection = select_cells(PROBABILITIES, read_expressions(labels, index))
    except Exception as error:
        return write_error(error)
    return "".join(write_selection(selection, f"grad[{index}]"))


def write_error(error: Exception) -> str:
    """Return the words of an error."""
    name = escape(type(error).__name__)
    return f"<p><strong>{name}</strong>: {escape(str(error))}</p>"


def write_selection(selection: Selection, code: str) -> Iterator[str]:
    """Yield the parts of a selection: the cells, the words, the three calls."""
    code = f"<code>{escape(code)}</code>"
    yield write_array(PROBABILITIES, selection.cells, "grad")
    yield f"<figcaption>{code} {describe(selection)}</figcaption>"
    yield "<p>How NumPy reads the index:</p>"
    yield f"<pre>{escape(chr(10).join(selection.steps))}</pre>"
    yield f"<p>{code}<code> -= 1</code> is three calls:</p><ol>"
    read, less = escape(str(selection.read)), escape(str(selection.less))
    yield f"<li><code>value = </code>{code}<pre>{read}</pre></li>"
    yield f"<li><code>value -= 1</code><pre>{less}</pre></li>"
    changed = write_array(selection.after, selection.cells, "grad afterwards")
    yield f"<li>{code}<code> = value</code>{changed}</li></ol>"


def describe(selection: Selection) -> str:
    """Say which cells are selected, what the result is, and which cell comes twice."""
    cells = ", ".join(str(cell) for cell in selection.cells[:MOST_CELLS])
    cells += ", …" * (len(selection.cells) > MOST_CELLS)
    what = f"the cells {cells}" if cells else "no cell"
    shape, gives = selection.read.shape, selection.kind.gives
    words = f"selects {what}. The result has the shape {shape} and is a {gives}."
    [(cell, count)] = Counter(selection.cells).most_common(1) or [(None, 0)]
    if count > 1:
        words += f" Cell {cell} is selected {count} times, but <code>-= 1</code> "
        words += "subtracts 1 there only once."
    return words


def write_array(array: np.ndarray, cells: list[tuple], name: str) -> str:
    """Return an array as a table. Small numbers give the order of its cells."""
    orders: dict[tuple, list[str]] = {}
    for order, cell in enumerate(cells):
        orders.setdefault(cell, []).append(str(order))
    rows = [
        "".join(write_entry(x, orders.get((i, j))) for j, x in enumerate(row))
        for i, row in enumerate(array)
    ]
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table><caption>{name}</caption><tbody>{body}</tbody></table>"


def write_entry(value: float, orders: list[str] | None) -> str:
    """Return an entry of an array, with its place in the order if it is selected."""
    text = f"{value:.1f}".replace("-", "−")
    if not orders:
        return f"<td>{text}</td>"
    return f'<td class="selected">{text}<small>{",".join(orders)}</small></td>'


class Training:
    """A training that goes on step by step, and is shown as HTML."""

    def __init__(self, name: str, line: str, rate: float, batch: int) -> None:
        self.losses: list[float] = []
        self.accuracies: list[float] = []
        self.settings = name, line, rate, batch
        self.moments = None
        self.error = ""

    def take_steps(self, count: int) -> str:
        """Train for some more steps; return what they give.

        An error ends the training. More steps then give the same error.
        """
        if self.error:
            return self.error
        try:
            self.moments = self.moments or start_training(*self.settings)
            for _ in range(count):
                with np.errstate(all="ignore"):  # as in a browser
                    moment = next(self.moments)
                self.losses.append(moment.loss)
                self.accuracies.append(moment.accuracy)
        except Exception as error:
            self.error = write_error(error)
            return self.error
        return "".join(self.write(moment))

    def write(self, moment: Moment) -> Iterator[str]:
        """Yield the curves, the words and the gradient of the last step."""
        highest = max((x for x in self.losses if np.isfinite(x)), default=1.0)
        yield '<div class="explorer-charts">'
        yield write_chart(self.losses, highest, f"loss, 0 to {highest:.3g}")
        yield write_chart(self.accuracies, 1.0, "accuracy, 0 to 1")
        yield "</div><figcaption>"
        many = f"{len(self.losses)} step{'s' * (len(self.losses) > 1)}"
        yield f"After {many} the loss is {moment.loss:.3f} and the accuracy "
        yield f"{moment.accuracy:.3f}.</figcaption>"
        yield write_gradient(scale_gradient(moment), moment.labels)


def write_chart(values: list[float], highest: float, name: str) -> str:
    """Return a curve over the steps, from 0 at the bottom to the highest value."""
    points = []
    for n, value in enumerate(values):
        if np.isfinite(value):
            x = WIDTH * n / max(len(values) - 1, 1)
            points.append(f"{x:.1f},{HEIGHT - HEIGHT * max(value, 0) / highest:.1f}")
    return (
        f'<div>{name}<svg viewBox="0 -2 {WIDTH} {HEIGHT + 4}" aria-hidden="true">'
        f'<path d="M0 0V{HEIGHT}H{WIDTH}"/><polyline points="{" ".join(points)}"/>'
        "</svg></div>"
    )


def write_gradient(grad: np.ndarray, labels: np.ndarray) -> str:
    """Return the gradient of some examples, as a table with the row sums."""
    head = "".join(f'<th scope="col">{k}</th>' for k in range(grad.shape[1]))
    rows = []
    for row, label in zip(grad, labels, strict=False):
        entries = (write_number(x, k == label) for k, x in enumerate(row))
        total = f"<td>{format_number(row.sum())}</td>"
        rows.append(f'<tr><th scope="row">{label}</th>{"".join(entries)}{total}</tr>')
    caption = "m · grad of the first examples, by label and class"
    return (
        f'<table class="explorer-gradient"><caption>{caption}</caption><thead><tr>'
        f'<th scope="col">y</th>{head}<th scope="col">sum</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def write_number(value: float, labeled: bool) -> str:
    """Return an entry of a gradient, shaded by its size, outlined at the label."""
    names = ["selected"] if labeled else []
    if np.isfinite(value) and abs(value) >= 0.005:
        level = min(int(np.ceil(abs(value) * LEVELS)), LEVELS)
        names.append(f"{'minus' if value < 0 else 'plus'}-{level}")
    name = f' class="{" ".join(names)}"' if names else ""
    return f"<td{name}>{format_number(value)}</td>"


def format_number(value: float) -> str:
    """Return a number in at most five characters, without a leading zero."""
    if not np.isfinite(value):
        return str(float(value)).replace("-", "−")
    text = f"{value:.2f}" if abs(value) < 9.995 else f"{value:.0f}"
    text = text.removeprefix("-") if not float(text) else text
    return text.replace("-0.", "−.").removeprefix("0").replace("-", "−")
