"""Figures of where the axes of an array go when it is indexed."""

from itertools import count
from typing import NamedTuple

import numpy as np
from matplotlib.patches import Rectangle

from examples.pictures.grid import LETTER, fit_figure, make_figure
from examples.pictures.palette import BLUE, GREEN, INK, LINE, PICK

APART = 2.2  # cells from one axis to the next
WIDTH, HEIGHT = 1.7, 0.9  # cells, the box of an axis
DROP = 3.6  # cells from the axes of the array to those of the result
PITCH = 6.6  # cells from one expression to the next
MOST_AXES = 6
BOXES = {
    "index": {"fc": PICK, "ec": INK, "lw": 2},
    "slice": {"fc": "none", "ec": BLUE},
    "newaxis": {"fc": "none", "ec": GREEN, "ls": ":", "lw": 2},
    "integer": {"fc": "none", "ec": LINE, "ls": "--", "lw": 1.5},
}
LINES = {
    "index": {"color": INK, "lw": 2.5},
    "slice": {"color": BLUE, "lw": 1.2},
    "newaxis": {"color": GREEN, "lw": 2, "ls": ":"},
}


class Slot(NamedTuple):
    """What an index does with one axis; the length of newaxis is None."""

    text: str
    kind: str
    value: object
    length: int | None = None


def draw_axes(shape, expressions):
    """Draw where each axis of a result comes from.

    Parameters
    ----------
    shape : tuple of int
        The shape of the array that is indexed.
    expressions : dict of str to index
        The index of each expression. It can contain integers, slices,
        ``...``, `newaxis`, index arrays, and masks with at least one
        dimension. The figure shows the expressions one below the other.

    Returns
    -------
    matplotlib.figure.Figure
        At the top are the axes of the array with their lengths, and below
        each axis its index entry. At the bottom are the axes of the
        result. Index arrays have filled boxes, bold frames and bold
        lines. Slices have thin lines, and new axes have dotted ones. An
        axis that an integer removes is dashed and has no line.

    Raises
    ------
    IndexError
        If NumPy refuses the index.
    ValueError
        If the array or the result has more than 6 axes, or the index
        contains a 0-d mask.

    References
    ----------
    NumPy user guide, Combining advanced and basic indexing.
    """
    figure, axes = make_figure()
    right = top = 0
    for label, index in expressions.items():
        result = np.empty(shape, dtype=bool)[index].shape
        if max(len(shape), len(result)) > MOST_AXES:
            raise ValueError(
                f"{label} turns {len(shape)} axes into {len(result)}; "
                f"expected at most {MOST_AXES}"
            )
        slots = lay_out_slots(index, shape)
        name = label.partition("[")[0]
        write_code(axes, (0, top - 0.25), f"{name}, shape {shape}")
        title = f"{label}, shape {result}"
        write_code(axes, (0, top + DROP + HEIGHT + 0.55), title)
        draw_slots(axes, slots, top)
        draw_result(axes, slots, result, top + DROP)
        width = APART * max(len(slots), len(result))
        right = max(right, width, len(title) * LETTER)
        top += PITCH
    bottom = top - PITCH + DROP + HEIGHT + 0.6
    return fit_figure(figure, axes, right, bottom)


def lay_out_slots(index, shape):
    """Return the slots of an index, one for each axis and each newaxis."""
    entries = list(index) if isinstance(index, tuple) else [index]
    free = len(shape) - sum(map(count_axes, entries))
    if not any(entry is Ellipsis for entry in entries):
        entries += [slice(None)] * free
    slots, lengths = [], iter(shape)
    for entry in entries:
        for slot in make_slots(entry, free):
            has_axis = slot.kind in ("index", "integer", "slice")
            length = next(lengths) if has_axis else None
            slots.append(slot._replace(length=length))
    if any(slot.kind == "index" for slot in slots):
        slots = [
            slot._replace(kind="index") if slot.kind == "integer" else slot
            for slot in slots
        ]
    return slots


def count_axes(entry):
    """Return the number of axes that an index entry indexes."""
    if entry is None or entry is Ellipsis:
        return 0
    mask = not isinstance(entry, slice) and np.asarray(entry).dtype == bool
    return np.ndim(entry) if mask else 1


def make_slots(entry, free):
    """Return the slots of one entry; ``...`` gets the free axes."""
    if entry is Ellipsis:
        whole = [Slot("...", "slice", slice(None))] * free
        return whole or [Slot("...", "between", Ellipsis)]
    if entry is None:
        return [Slot("newaxis", "newaxis", None)]
    if isinstance(entry, slice):
        return [Slot(format_slice(entry), "slice", slice(None))]
    array = np.asarray(entry)
    if array.dtype == bool and array.ndim == 0:
        raise ValueError(
            f"an index entry is the 0-d mask {entry}; "
            "expected a mask with at least one dimension"
        )
    if array.dtype == bool:
        return [Slot("mask", "index", part) for part in array.nonzero()]
    if array.ndim == 0:
        return [Slot(str(entry), "integer", 0)]
    short = array.ndim == 1 and array.size < 4
    text = str(array.tolist()) if short else f"array {array.shape}"
    return [Slot(text, "index", array)]


def format_slice(part):
    """Return a slice as text, such as "1:3"."""
    ends = [part.start, part.stop]
    ends += [] if part.step is None else [part.step]
    return ":".join("" if end is None else str(end) for end in ends)


def find_origins(slots):
    """Return the slots from which each axis of the result comes.

    The function indexes an array whose axes and index arrays all have
    different lengths. The lengths in NumPy's result identify the axes.
    """
    lengths = count(2)
    depth = max((np.ndim(slot.value) for slot in slots), default=0)
    common = [next(lengths) for _ in range(depth)]
    arrays = [n for n, slot in enumerate(slots) if slot.kind == "index"]
    known = dict.fromkeys(common, arrays)
    shape, index = [], []
    for place, slot in enumerate(slots):
        if slot.length is not None:
            shape.append(next(lengths))
            known[shape[-1]] = [place]
        dense = np.ndim(slot.value) > 0
        index.append(np.zeros(common, int) if dense else slot.value)
    new = (n for n, slot in enumerate(slots) if slot.kind == "newaxis")
    tried = np.empty(shape, dtype=bool)[tuple(index)].shape
    return [
        known[length] if length > 1 else [next(new)] for length in tried
    ]


def draw_slots(axes, slots, top):
    """Draw the axes of the array with the index entry below each."""
    for place, slot in enumerate(slots):
        left = place * APART
        if slot.length is not None:
            draw_box(axes, (left, top), slot.kind, slot.length, "taken")
        at = (left + WIDTH / 2, top + HEIGHT + 0.5)
        write_code(axes, at, slot.text, ha="center", size=9)


def draw_result(axes, slots, result, top):
    """Draw the axes of the result, with lines from the slots."""
    found = find_origins(slots)
    for place, (places, length) in enumerate(
        zip(found, result, strict=True)
    ):
        kind = slots[places[0]].kind
        draw_box(axes, (place * APART, top), kind, length, "given")
        # The axes that index arrays give together share one line.
        ends = [n for n, other in enumerate(found) if other == places]
        middle = sum(ends) / len(ends)
        if place == ends[0]:
            for start in places:
                draw_link(axes, start, middle, top, kind)
        if len(ends) > 1:
            x = [end * APART + WIDTH / 2 for end in (ends[0], ends[-1])]
            axes.plot(x, [top - 0.1] * 2, **LINES[kind])


def draw_link(axes, start, end, top, kind):
    """Draw a line from a slot to an axis of the result."""
    x = [place * APART + WIDTH / 2 for place in (start, end)]
    y = [top - DROP + HEIGHT + 0.75, top - 0.1]
    axes.plot(x, y, label=f"{start} to {end:g}", **LINES[kind])


def draw_box(axes, corner, kind, length, label):
    """Draw an axis as a box with its length."""
    axes.add_patch(
        Rectangle(corner, WIDTH, HEIGHT, label=kind, **BOXES[kind])
    )
    x, y = corner
    text = axes.text(
        x + WIDTH / 2, y + HEIGHT / 2, str(length), label=label
    )
    text.set(ha="center", va="center", color=INK, size=11)


def write_code(axes, place, words, **options):
    """Write code or a title."""
    options = {"color": INK, "size": 9, "family": "monospace", **options}
    axes.text(*place, words, **options)
