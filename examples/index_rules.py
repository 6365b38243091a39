"""How NumPy reads an index: the rules, in the order in which they apply.

The rules need only the shape of an array and an index. They make no
array of that shape, so the shape may be larger than the memory.

The rules are the same in every NumPy that this site runs on, except for
`MOST_AXES` and for the positions that `broadcast_shape` checks.
"""

import operator
from functools import reduce
from itertools import groupby, zip_longest
from math import prod
from typing import NamedTuple

import numpy as np

NUMPY_2 = np.lib.NumpyVersion(np.__version__) >= "2.0.0"
MOST_AXES = 64 if NUMPY_2 else 32
INTP = np.iinfo(np.intp)


def read_index(index):
    """Split the index in the brackets into its entries.

    A tuple has several entries. Any other object is one entry.

    Returns
    -------
    list of slice, None, Ellipsis, int, or ndarray of intp or bool

    References
    ----------
    NumPy user guide, Indexing on ndarrays, "Dealing with variable numbers
    of indices within programs".
    """
    index = tuple(index) if isinstance(index, tuple) else (index,)
    if len(index) > 2 * MOST_AXES:
        raise IndexError(
            f"index has {len(index)} entries; "
            f"expected at most {2 * MOST_AXES}"
        )
    entries = []
    for entry in index:
        if entry is Ellipsis and any(x is Ellipsis for x in entries):
            raise IndexError("index has two Ellipses; expected at most one")
        entries.append(read_entry(entry))
    return entries


def read_entry(entry):
    """Convert an entry to a slice, None, Ellipsis, an int or an array."""
    if entry is None or entry is Ellipsis or isinstance(entry, slice):
        return entry
    if is_integer(entry):
        return operator.index(entry)
    array = np.asarray(entry)
    if array.size == 0 and not isinstance(entry, np.ndarray):
        array = array.astype(np.intp)  # np.asarray([]) holds floats
    if array.dtype.kind not in "iub":
        raise IndexError(
            f"an index entry is a {type(entry).__name__} of dtype "
            f"{array.dtype}; expected a slice, None, Ellipsis, integers or "
            "booleans"
        )
    if array.dtype.kind == "b":
        return array
    if array.ndim == 0:
        return np.array(array.item(), np.intp)  # may raise OverflowError
    return array.astype(np.intp)  # a large uint64 wraps around, no error


def is_integer(entry):
    """Tell whether an entry is one integer, not a boolean or an array."""
    if isinstance(entry, bool | np.bool_ | np.ndarray):
        return False
    try:
        return INTP.min <= operator.index(entry) <= INTP.max
    except Exception:  # NumPy ignores any error of __index__
        return False


def is_array(entry):
    """Tell whether an entry is an index array; integers count as such."""
    return isinstance(entry, int | np.ndarray)


def is_mask(entry):
    """Tell whether an entry is a boolean array."""
    return isinstance(entry, np.ndarray) and entry.dtype == bool


def is_whole_mask(shape, entries):
    """Tell whether the index is one boolean array of the array's shape."""
    if len(entries) != 1 or not is_mask(entries[0]):
        return False
    return entries[0].shape == tuple(shape)


def is_single(entry):
    """Tell whether an entry is one integer, which may be a 0-d array."""
    return is_array(entry) and np.ndim(entry) == 0 and not is_mask(entry)


def count_axes(entry):
    """Return the number of axes that an entry indexes, without Ellipsis."""
    if entry is None or entry is Ellipsis:
        return 0
    return entry.ndim if is_mask(entry) else 1


def assign_axes(shape, entries):
    """Assign to each entry the axes of the array that it indexes.

    An Ellipsis gets the axes that no other entry indexes. An index
    without an Ellipsis gets one at its end.

    Returns
    -------
    list of (entry, range)

    References
    ----------
    NumPy user guide, Indexing on ndarrays, "Dimensional indexing tools".
    """
    rest = len(shape) - sum(map(count_axes, entries))
    if rest < 0:
        raise IndexError(
            f"index has entries for {len(shape) - rest} axes; "
            f"expected at most {len(shape)}"
        )
    if not any(entry is Ellipsis for entry in entries):
        entries = [*entries, Ellipsis]
    parts, axis = [], 0
    for entry in entries:
        count = rest if entry is Ellipsis else count_axes(entry)
        parts.append((entry, range(axis, axis + count)))
        axis += count
    return parts


def expand_masks(shape, parts):
    """Replace each boolean array by the integer arrays of its positions.

    Returns
    -------
    list of (entry, range)
        Each integer array has one axis, but the array of a 0-d boolean
        has no axis.

    References
    ----------
    NumPy user guide, Indexing on ndarrays, "Boolean array indexing" and
    "Detailed notes".
    """
    found = []
    for entry, axes in parts:
        if not is_mask(entry):
            found.append((entry, axes))
        elif entry.ndim == 0:
            found.append((np.zeros(int(entry), np.intp), axes))
        else:
            check_mask(entry, shape[axes.start : axes.stop])
            single = [range(axis, axis + 1) for axis in axes]
            found += zip(entry.nonzero(), single, strict=True)
    return found


def check_mask(mask, sizes):
    """Check that a mask has the shape of the axes that it indexes.

    NumPy does not compare an axis of the mask whose length is 0.
    """
    for length, expected in zip(mask.shape, sizes, strict=True):
        if length not in (0, expected):
            raise IndexError(
                f"a mask has shape {mask.shape}; expected {sizes}"
            )


def check_limits(parts):
    """Check that the result has no more axes than NumPy allows."""
    kept = [1 if x is None else len(n) for x, n in parts if not is_array(x)]
    arrays = [np.ndim(x) for x, _ in parts if is_array(x)]
    axes = sum(kept) + max(arrays, default=0)
    if axes > MOST_AXES:
        raise IndexError(
            f"index gives {axes} axes; expected at most {MOST_AXES}"
        )


def check_array_count(arrays, kept):
    """Check that the index has no more arrays than NumPy allows.

    Only arrays with axes count. NumPy allows one fewer if the axes beside
    the arrays have only one position together.
    """
    count = sum(array.ndim > 0 for _, array in arrays)
    most = MOST_AXES - (prod(get_shape(kept)) == 1)
    if count > most:
        raise IndexError(
            f"index has {count} arrays; expected at most {most}"
        )


def list_positions(shape, entry, axes):
    """Return the positions that an entry selects along each of its axes.

    Returns
    -------
    list of (axis, positions)
        A range becomes an axis of the result, and an array is an index
        array. The axis is None for newaxis and for a 0-d boolean.

    References
    ----------
    NumPy user guide, Indexing on ndarrays, "Slicing and striding".
    """
    if entry is None:
        return [(None, range(1))]
    if entry is Ellipsis:
        return [(axis, range(shape[axis])) for axis in axes]
    if isinstance(entry, slice):
        return [(n, range(*entry.indices(shape[n]))) for n in axes]
    axis = axes.start if axes else None
    found = [(axis, np.asarray(entry, np.intp))]
    if np.ndim(entry) == 0:
        check_bounds(shape, found)
    return found


def check_bounds(shape, arrays):
    """Check that each position of an index array exists on its axis."""
    for axis, array in arrays:
        size = 1 if axis is None else shape[axis]
        wrong = array[(array < -size) | (array >= size)]
        if wrong.size:
            raise IndexError(
                f"index {wrong[0]} is out of bounds for axis {axis} "
                f"with size {size}"
            )


def are_separated(entries):
    """Tell whether there are other entries between index arrays.

    References
    ----------
    NumPy user guide, Indexing on ndarrays, "Combining advanced and basic
    indexing".
    """
    runs = [array for array, _ in groupby(entries, key=is_array)]
    return runs.count(True) > 1


def arrange_axes(shape, index):
    """Arrange what an index selects in the order of the result's axes.

    Returns
    -------
    before, arrays, after : lists of (axis, positions)
        The index arrays and integers, which give the broadcast axes, and
        the ranges before and after them, which give one axis each.
    """
    if any(length < 0 for length in shape):
        raise ValueError(f"shape is {shape}; expected lengths of 0 or more")
    given = read_index(index)
    parts = expand_masks(shape, assign_axes(shape, given))
    check_limits(parts)
    found = [list_positions(shape, *part) for part in parts]
    entries = [entry for entry, _ in parts]
    first = next((n for n, x in enumerate(entries) if is_array(x)), 0)
    cut = 0 if are_separated(entries) else first
    before, arrays, after = [], [], []
    for n, (entry, along) in enumerate(zip(entries, found, strict=True)):
        kept = before if n < cut else after
        (arrays if is_array(entry) else kept).extend(along)
    if not is_whole_mask(shape, given):
        check_array_count(arrays, before + after)
    return before, arrays, after


def get_shape(kept):
    """Return the lengths of the axes that slices and newaxis give."""
    return tuple(len(positions) for _, positions in kept)


def broadcast_shape(shape, arrays):
    """Return the shape to which the index arrays broadcast.

    The function checks their positions, unless that shape has no cell.
    Before NumPy 2.3, NumPy only warned if the result was empty.

    References
    ----------
    NumPy user guide, Broadcasting, "General broadcasting rules".
    """
    shapes = [array.shape for _, array in arrays]
    new = []
    for sides in zip_longest(*map(reversed, shapes), fillvalue=1):
        longer = {side for side in sides if side != 1}
        if len(longer) > 1:
            raise IndexError(
                f"index arrays have shapes {shapes}; "
                "expected shapes that broadcast"
            )
        new.append(longer.pop() if longer else 1)
    if 0 not in new:
        check_bounds(shape, arrays)
    return tuple(reversed(new))


def result_shape(shape, index):
    """Return the shape of ``a[index]`` for an array `a` of a given shape.

    Parameters
    ----------
    shape : tuple of int
        The shape of `a`. Its values, dtype and memory order do not
        matter.
    index : any object
        The object in the brackets. For ``a[i, j]`` it is ``(i, j)``.

    Returns
    -------
    tuple of int
        The broadcast shape of the index arrays, with the lengths of the
        other axes before and after it.

    Raises
    ------
    IndexError, ValueError, TypeError, OverflowError
        The error that NumPy raises for ``a[index]``, unless NumPy raises
        it for lack of memory.

    References
    ----------
    NumPy user guide, Indexing on ndarrays, "Combining advanced and basic
    indexing"; NEP 21, Simplified and explicit advanced indexing.
    """
    before, arrays, after = arrange_axes(shape, index)
    return (
        get_shape(before)
        + broadcast_shape(shape, arrays)
        + get_shape(after)
    )


def find_cells(shape, index):
    """Return the positions in ``a.flat`` that ``a[index]`` selects.

    Parameters
    ----------
    shape, index
        As in `result_shape`.

    Returns
    -------
    ndarray of intp
        An array of the shape of ``a[index]``. Each entry is the position
        in `a`, counted in C order, of the same entry of ``a[index]``.

    Raises
    ------
    IndexError, ValueError, TypeError, OverflowError
        For the same reasons as `result_shape`, and ValueError if `shape`
        has more cells than a NumPy array can have.

    References
    ----------
    NumPy user guide, Indexing on ndarrays, "Integer array indexing".
    """
    before, arrays, after = arrange_axes(shape, index)
    if prod(length for length in shape if length) > INTP.max:
        raise ValueError(
            f"shape is {shape}; expected at most {INTP.max} cells"
        )
    steps = {n: prod(shape[n + 1 :]) for n in range(len(shape))} | {None: 0}
    new = np.zeros(broadcast_shape(shape, arrays), np.intp)
    for axis, array in arrays:
        size = 0 if axis is None else shape[axis]
        new += np.where(array < 0, array + size, array) * steps[axis]
    terms = [np.asarray(x, np.intp) * steps[axis] for axis, x in before]
    terms += [new]
    terms += [np.asarray(x, np.intp) * steps[axis] for axis, x in after]
    return np.asarray(reduce(np.add.outer, terms))


class Kind(NamedTuple):
    """The kind of an index, and what reading with it returns.

    Attributes
    ----------
    name : {"basic", "advanced", "mixed"}
    gives : {"view", "copy", "scalar"}
        As `classify_index` defines them.
    """

    name: str
    gives: str


def classify_index(index, ndim=None):
    """Return the kind of an index, and what reading with it returns.

    Parameters
    ----------
    index : any object
        As in `result_shape`.
    ndim : int, optional
        The number of axes of the array. If None, the array has more axes
        than the index has entries for.

    Returns
    -------
    Kind
        Its name is "basic" (integers, slices, Ellipsis and newaxis
        only), "advanced" (integer or boolean arrays, with or without
        integers) or "mixed" (arrays together with a slice, Ellipsis or
        newaxis). It gives a "view", a "copy", or a "scalar". An index
        gives a scalar if it has one integer for each axis and no other
        entry. A scalar of a structured array is still a view, and a
        scalar of an object array is the object itself.

    Raises
    ------
    IndexError, ValueError, OverflowError
        If NumPy does not accept an entry as an index.

    References
    ----------
    NumPy user guide, Indexing on ndarrays, "Advanced indexing" and
    "Detailed notes".
    """
    entries = read_index(index)
    if len(entries) == ndim and all(is_single(entry) for entry in entries):
        return Kind("basic", "scalar")
    if not any(isinstance(entry, np.ndarray) for entry in entries):
        return Kind("basic", "view")
    mixed = not all(is_array(entry) for entry in entries)
    return Kind("mixed" if mixed else "advanced", "copy")


def explain(shape, index):
    """Explain in words how NumPy reads an index, step by step.

    Parameters
    ----------
    shape, index
        As in `result_shape`.

    Returns
    -------
    str
        One line for each entry with its axes, then the broadcast of the
        index arrays, the place of the broadcast axes, the shape of the
        result, and whether the result is a view or a copy.

    Raises
    ------
    IndexError, ValueError, TypeError, OverflowError
        For the same reasons as `result_shape`.

    References
    ----------
    NumPy user guide, Indexing on ndarrays.
    """
    before, arrays, after = arrange_axes(shape, index)
    new = broadcast_shape(shape, arrays)
    entries = read_index(index)
    parts = assign_axes(shape, entries)
    if len(parts) > len(entries) and not parts[-1][1]:
        parts.pop()  # an added Ellipsis that has no axes
    lines = [describe_entry(shape, entry, axes) for entry, axes in parts]
    if new:
        shapes = " and ".join(str(array.shape) for _, array in arrays)
        lines.append(f"index arrays: {shapes} broadcast to {new}")
        where = "separated, so the broadcast axes come first"
        stay = "not separated, so the broadcast axes stay in place"
        place = where if are_separated(entries) else stay
        lines.append(f"place: {place}")
    left, right = get_shape(before), get_shape(after)
    lines.append(f"shape: {left} + {new} + {right} = {left + new + right}")
    name, gives = classify_index(index, len(shape))
    lines.append(f"kind: {name}, gives a {gives}")
    return "\n".join(lines)


def describe_entry(shape, entry, axes):
    """Say which axes an entry indexes, and what it does with them."""
    numbers = ", ".join(map(str, axes))
    where = {0: "no axis", 1: f"axis {numbers}"}
    where = where.get(len(axes), f"axes {numbers}")
    if is_mask(entry):
        count, ndim = np.count_nonzero(entry), entry.ndim
        many = f"{ndim} index arrays" if ndim > 1 else "an index array"
        what = f"booleans with {count} True, {many} of shape ({count},)"
    elif is_array(entry):
        name = f"integer {entry}" if is_single(entry) else "integers"
        what = f"{name}, an index array of shape {np.shape(entry)}"
    else:
        kept = get_shape(list_positions(shape, entry, axes))
        what = f"{format_entry(entry)}, kept with shape {kept}"
    return f"{where}: {what}"


def format_entry(entry):
    """Return a slice, newaxis or Ellipsis as text."""
    if not isinstance(entry, slice):
        return "newaxis" if entry is None else "Ellipsis"
    ends = (entry.start, entry.stop, entry.step)
    text = ":".join("" if end is None else str(end) for end in ends)
    return "slice " + (text[:-1] if entry.step is None else text)
