"""How NumPy reads an index: the rules, in the order in which they apply.

No array is indexed: the shape of an array and an index are enough, so
the array may be larger than any memory.

The rules are the same in every NumPy that this site runs on, except two:
`MOST_AXES`, and which positions `broadcast_shape` checks.
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
    """Turn what stands in the brackets into entries.

    A tuple holds several entries, anything else is one.

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
            raise IndexError("index has two Ellipses; expected one")
        entries.append(read_entry(entry))
    return entries


def read_entry(entry):
    """Turn an entry into a slice, None, Ellipsis, an int or an array."""
    if entry is None or entry is Ellipsis or isinstance(entry, slice):
        return entry
    if is_integer(entry):
        return operator.index(entry)
    array = np.asarray(entry)
    if array.size == 0 and not isinstance(entry, np.ndarray):
        array = array.astype(np.intp)  # [] alone would hold floats
    if array.dtype.kind not in "iub":
        raise IndexError(
            f"an entry is {type(entry).__name__} of dtype {array.dtype}; "
            "expected a slice, None, Ellipsis, integers or booleans"
        )
    if array.dtype.kind == "b":
        return array
    if array.ndim == 0:
        return np.array(array.item(), np.intp)  # may raise OverflowError
    return array.astype(np.intp)  # does not: a large uint64 wraps around


def is_integer(entry):
    """Tell whether an entry is one integer, no boolean and no array."""
    if isinstance(entry, bool | np.bool_ | np.ndarray):
        return False
    try:
        return INTP.min <= operator.index(entry) <= INTP.max
    except Exception:  # NumPy goes on, whatever __index__ raised
        return False


def is_array(entry):
    """Tell whether an entry is an index array; an integer counts as one."""
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
    """Tell whether an entry is one integer, as an array or not."""
    return is_array(entry) and np.ndim(entry) == 0 and not is_mask(entry)


def count_axes(entry):
    """Return how many axes an entry names; an Ellipsis names none."""
    if entry is None or entry is Ellipsis:
        return 0
    return entry.ndim if is_mask(entry) else 1


def assign_axes(shape, entries):
    """Give each entry the axes of the array that it stands for.

    Ellipsis stands for the axes that no other entry names; an index
    without one ends in one.

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
            f"index names {len(shape) - rest} axes; "
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
    """Put integer arrays in the place of each boolean array.

    Returns
    -------
    list of (entry, range)
        Each integer array has one axis; that of a 0-d boolean has none.

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
    """See that a boolean array has the shape of the axes that it masks.

    An axis of length 0 of the mask fits any axis: NumPy does not compare
    it.
    """
    for length, expected in zip(mask.shape, sizes, strict=True):
        if length not in (0, expected):
            raise IndexError(
                f"a mask has shape {mask.shape}; expected {sizes}"
            )


def check_limits(parts):
    """See that NumPy has room for the axes of the result."""
    kept = [1 if x is None else len(n) for x, n in parts if not is_array(x)]
    arrays = [np.ndim(x) for x, _ in parts if is_array(x)]
    axes = sum(kept) + max(arrays, default=0)
    if axes > MOST_AXES:
        raise IndexError(
            f"index gives {axes} axes; expected at most {MOST_AXES}"
        )


def check_array_count(arrays, kept):
    """See that NumPy has room for the index arrays that have axes.

    There is room for one fewer if nothing is kept beside them, or one
    position only.
    """
    count = sum(array.ndim > 0 for _, array in arrays)
    most = MOST_AXES - (prod(get_shape(kept)) == 1)
    if count > most:
        raise IndexError(
            f"index has {count} arrays; expected at most {most}"
        )


def list_positions(shape, entry, axes):
    """Return what an entry selects along each of its axes.

    Returns
    -------
    list of (axis, positions)
        A range is kept, as an axis of the result; an array is an index
        array. The axis is None where the array has none.

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
    """See that each axis has the positions that its index array names."""
    for axis, array in arrays:
        size = 1 if axis is None else shape[axis]
        wrong = array[(array < -size) | (array >= size)]
        if wrong.size:
            raise IndexError(
                f"index {wrong[0]} is out of bounds for axis {axis} "
                f"with size {size}"
            )


def are_separated(entries):
    """Tell whether other entries stand between index arrays.

    References
    ----------
    NumPy user guide, Indexing on ndarrays, "Combining advanced and basic
    indexing".
    """
    runs = [array for array, _ in groupby(entries, key=is_array)]
    return runs.count(True) > 1


def arrange_axes(shape, index):
    """Put what an index selects into the order of the result's axes.

    Returns
    -------
    before, arrays, after : lists of (axis, positions)
        The index arrays, integers included, which make the new axes, and
        the ranges that are kept on each side of them.
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
    """Return the lengths of the axes that are kept."""
    return tuple(len(positions) for _, positions in kept)


def broadcast_shape(shape, arrays):
    """Return the shape that the index arrays have together.

    Their positions are checked, unless that shape is empty. Before
    NumPy 2.3, they only gave a warning where the result was empty.

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
    """Return the shape of ``a[index]``, for an array `a` of a shape.

    Parameters
    ----------
    shape : tuple of int
        The shape of `a`. Its values, dtype and memory order do not
        matter.
    index : any object
        What stands in the brackets; ``a[i, j]`` has the index ``(i, j)``.

    Returns
    -------
    tuple of int
        The lengths of the kept axes before the new ones, the shape to
        which the index arrays broadcast, the lengths of the kept axes
        after it.

    Raises
    ------
    IndexError, ValueError, TypeError, OverflowError
        Where NumPy raises the same. Only a lack of memory for the result
        is not foreseen.

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
    """Return which cells ``a[index]`` selects, as positions in ``a.flat``.

    Parameters
    ----------
    shape, index
        As in `result_shape`.

    Returns
    -------
    ndarray of intp
        Has the shape of ``a[index]``. Each entry is the position of that
        entry of the result in `a`, counted in C order.

    Raises
    ------
    IndexError, ValueError, TypeError, OverflowError
        As `result_shape` does; ValueError also if intp cannot count the
        cells. No array of NumPy has so many.

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
    """What an index is, and what it gives."""

    name: str  # "basic", "advanced" or "mixed"
    gives: str  # "view", "copy" or "scalar"


def classify_index(index, ndim=None):
    """Tell which kind of index it is, and what it gives.

    Parameters
    ----------
    index : any object
        As in `result_shape`.
    ndim : int, optional
        The number of axes of the array. If None, more than the index
        names, so that at least one axis is left over.

    Returns
    -------
    Kind
        Its name is "basic" (integers, slices, Ellipsis and newaxis
        alone), "advanced" (integer or boolean arrays, with integers or
        without) or "mixed" (arrays beside a slice, Ellipsis or newaxis).
        It gives a "view", a "copy", or a "scalar": one integer for each
        axis and nothing else. The scalar of a structured array is a view
        all the same, and that of an object array is the object itself.

    Raises
    ------
    IndexError, ValueError, OverflowError
        If NumPy takes an entry for no index at all.

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
    """Say in words how NumPy reads an index, step by step.

    Parameters
    ----------
    shape, index
        As in `result_shape`.

    Returns
    -------
    str
        A line for each entry and the axes that it stands for; which
        shapes are broadcast; where the new axes go; the shape of the
        result, and whether it is a view or a copy.

    Raises
    ------
    IndexError, ValueError, TypeError, OverflowError
        As `result_shape` does.

    References
    ----------
    NumPy user guide, Indexing on ndarrays.
    """
    before, arrays, after = arrange_axes(shape, index)
    new = broadcast_shape(shape, arrays)
    entries = read_index(index)
    parts = assign_axes(shape, entries)
    if len(parts) > len(entries) and not parts[-1][1]:
        parts.pop()  # nobody wrote this Ellipsis, and it keeps nothing
    lines = [describe_entry(shape, entry, axes) for entry, axes in parts]
    if new:
        shapes = " and ".join(str(array.shape) for _, array in arrays)
        lines.append(f"index arrays: {shapes} broadcast to {new}")
        where = "separated, so the new axes come first"
        stay = "not separated, so the new axes stay in place"
        place = where if are_separated(entries) else stay
        lines.append(f"place: {place}")
    left, right = get_shape(before), get_shape(after)
    lines.append(f"shape: {left} + {new} + {right} = {left + new + right}")
    name, gives = classify_index(index, len(shape))
    lines.append(f"kind: {name}, gives a {gives}")
    return "\n".join(lines)


def describe_entry(shape, entry, axes):
    """Say which axes an entry stands for, and what becomes of them."""
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
    """Return an entry that is kept as it is written."""
    if not isinstance(entry, slice):
        return "newaxis" if entry is None else "Ellipsis"
    ends = (entry.start, entry.stop, entry.step)
    text = ":".join("" if end is None else str(end) for end in ends)
    return "slice " + (text[:-1] if entry.step is None else text)
