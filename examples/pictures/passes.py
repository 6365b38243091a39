"""Which parts of which arrays an operation reads and writes, as it ran."""

from typing import NamedTuple

import numpy as np
from matplotlib.patches import Rectangle

from examples.pictures.grid import make_figure
from examples.pictures.memory import list_addresses
from examples.pictures.palette import BLUE, INK, LINE, MUTED, ORANGE

SIZE = 0.065  # inches, the side of a cell
MARGIN = 0.1  # inches between neighbors
TITLE = 0.9  # inches above the boxes, for the names of the operations
MOST = 9  # operations side by side
METHODS = {"maximum.reduce": "max", "add.reduce": "sum", "dot": "product"}


class Access(NamedTuple):
    """One operation on one array.

    Attributes
    ----------
    time : int
        Which operation it was.
    operation : str
    array : int
        The number of the array, in the order of first use.
    written : bool
    cells : frozenset of int
        Flat positions in the memory of the array.
    """

    time: int
    operation: str
    array: int
    written: bool
    cells: frozenset


class Log:
    """The accesses to arrays of one size."""

    def __init__(self, size):
        self.size = size
        self.arrays = []  # kept alive: no address is used twice
        self.accesses = []
        self.time = 0

    def note(self, operation, read, written):
        """Write down what one operation read and wrote."""
        found = []
        for arrays, kind in ((read, False), (written, True)):
            for array, positions in arrays:
                owner = find_owner(array)
                if owner.size == self.size:
                    cells = find_cells(array, owner)[positions]
                    found.append((self.number(owner), kind, cells))
        for array, kind, cells in found:
            cells = frozenset(cells.ravel().tolist())
            name = METHODS.get(operation, operation)
            self.accesses.append(
                Access(self.time, name, array, kind, cells)
            )
        self.time += bool(found)

    def number(self, owner):
        """Return the number of an array, a new one for a new array."""
        for n, known in enumerate(self.arrays):
            if known is owner:
                return n
        self.arrays.append(owner)
        return len(self.arrays) - 1


class Spied(np.ndarray):
    """An array that tells its log what is read and written."""

    log = None

    def __array_finalize__(self, parent):
        """Pass the log on to what is made of this array."""
        self.log = getattr(parent, "log", None)

    def __array_ufunc__(self, ufunc, method, *inputs, out=(), **options):
        """Call a universal function, and note its operands."""
        if out:
            options["out"] = tuple(map(drop_spy, out))
        plain = map(drop_spy, inputs)
        result = getattr(ufunc, method)(*plain, **options)
        name = f"{ufunc.__name__}.{method}".removesuffix(".__call__")
        self.log.note(name, list_arrays(inputs), list_arrays([result]))
        return out[0] if out else spy(result, self.log)

    def __array_function__(self, function, types, arguments, options):
        """Note what a matrix product reads."""
        if function is np.dot:
            self.log.note("dot", list_arrays(arguments), [])
        return super().__array_function__(
            function, types, arguments, options
        )

    def __getitem__(self, index):
        """Note what an index array reads; a view reads nothing."""
        result = super().__getitem__(index)
        if not np.may_share_memory(result, self):
            self.log.note("read labels", [(self, index)], [])
        return result

    def __setitem__(self, index, value):
        """Note the cells that are written."""
        super().__setitem__(index, value)
        self.log.note("write labels", [], [(self, index)])


def trace(function, *arrays):
    """Run a function; note what it does to arrays as large as the first.

    Parameters
    ----------
    function : callable
        It may only use universal functions, `np.dot` and index arrays.
    *arrays : ndarray
        Its arguments.

    Returns
    -------
    list of Access
    """
    log = Log(find_owner(arrays[0]).size)
    spied = [
        spy(x, log)
        if isinstance(x, np.ndarray) and x.dtype.kind == "f"
        else x
        for x in arrays
    ]
    for x in spied:
        if isinstance(x, Spied):
            log.number(find_owner(x))
    function(*spied)
    return log.accesses


def draw_passes(accesses, shape, names):
    """Draw what was read and written, one operation in each column.

    Parameters
    ----------
    accesses : list of Access
        As `trace` returns them.
    shape : tuple of int
        Rows and columns of the arrays.
    names : list of str
        What the first arrays are called; the others are named "new".

    Returns
    -------
    matplotlib.figure.Figure
        A row for each array, and a second set of rows if there are many
        operations. What is read is hatched in blue, and what is written
        is filled in orange.
    """
    m, K = shape
    times = 1 + max(access.time for access in accesses)
    lines = -(-times // MOST)
    columns = -(-times // lines)
    count = 1 + max(access.array for access in accesses)
    wide, high = K * SIZE + MARGIN, m * SIZE + MARGIN

    def place(time, array):
        line, column = divmod(time, columns)
        return column * wide, line * (count * high + TITLE) + array * high

    figure, axes = make_figure()
    for n in range(count):
        used = [access.time for access in accesses if access.array == n]
        whole = n < len(names)
        first, last = (0, times - 1) if whole else (min(used), max(used))
        for time in range(first, last + 1):
            box = Rectangle(place(time, n), K * SIZE, m * SIZE)
            axes.add_patch(box)
            box.set(facecolor="none", edgecolor=LINE, linewidth=0.8)
        for line in range(lines):
            x, y = place(line * columns, n)
            name = names[n] if whole else "new"
            label = axes.text(x - 0.1, y + m * SIZE / 2, name, color=INK)
            label.set(ha="right", va="center", size=9, family="monospace")
    for time in range(times):
        (name,) = {x.operation for x in accesses if x.time == time}
        x, y = place(time, 0)
        title = axes.text(x + K * SIZE / 2, y - 0.08, name, color=MUTED)
        title.set(rotation=90, ha="center", va="bottom", size=8)
    for access in accesses:
        draw_cells(axes, access, place(access.time, access.array), K)
    left, right = -0.55, columns * wide
    bottom = lines * (count * high + TITLE) - TITLE
    figure.set_size_inches(right - left, bottom + TITLE)
    axes.set(xlim=(left, right), ylim=(bottom, -TITLE))
    return figure


def draw_cells(axes, access, corner, K):
    """Draw the cells of an access, as few rectangles as there are runs."""
    for first, last, start, stop in find_boxes(access.cells, K):
        place = corner[0] + start * SIZE, corner[1] + first * SIZE
        box = Rectangle(place, (stop - start) * SIZE, (last - first) * SIZE)
        axes.add_patch(box)
        if access.written:
            box.set(
                facecolor=ORANGE, edgecolor="none", alpha=0.55, zorder=2
            )
        else:
            box.set(facecolor="none", edgecolor=BLUE, linewidth=0, zorder=3)
            box.set_hatch("////////")
        box.set_label("written" if access.written else "read")


def find_boxes(cells, K):
    """Join cells to runs within a row, and equal runs to boxes.

    Returns
    -------
    list of (first row, end row, first column, end column)
    """
    boxes = []
    for row in sorted({cell // K for cell in cells}):
        columns = sorted(cell % K for cell in cells if cell // K == row)
        starts = [k for k in columns if k - 1 not in columns]
        stops = [k + 1 for k in columns if k + 1 not in columns]
        for start, stop in zip(starts, stops, strict=True):
            above = [b for b in boxes if b[1:] == (row, start, stop)]
            for box in above:
                boxes.remove(box)
            first = above[0][0] if above else row
            boxes.append((first, row + 1, start, stop))
    return boxes


def spy(array, log):
    """Return a view of an array that tells a log."""
    spied = np.asarray(array).view(Spied)
    spied.log = log
    return spied


def drop_spy(array):
    """Return an array that tells nobody."""
    return array.view(np.ndarray) if isinstance(array, Spied) else array


def list_arrays(values):
    """Return the arrays among values, each with all its cells."""
    return [
        (x, ...) for x in values if isinstance(x, np.ndarray) and x.ndim
    ]


def find_owner(array):
    """Return the array that owns the memory."""
    while isinstance(array.base, np.ndarray):
        array = array.base
    return array


def find_cells(array, owner):
    """Return the positions of the cells in the memory of their owner."""
    array, (start, _) = drop_spy(array), owner.__array_interface__["data"]
    cells = (list_addresses(array) - start) // array.itemsize
    return cells.reshape(array.shape)
