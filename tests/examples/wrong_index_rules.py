"""Plausible wrong versions of the rules of indexing, each of which NumPy refutes."""

import numpy as np

from examples import index_rules
from examples.index_rules import Kind

original = index_rules.__dict__.copy()


def separated_without(dropped):
    """Overlook some entries when looking for what stands between arrays."""
    return lambda entries: original["are_separated"](
        [entry for entry in entries if not dropped(entry)]
    )


def kept_integers(entries):
    single, separated = original["is_single"], original["are_separated"]
    return separated([None if single(entry) else entry for entry in entries])


def one_axis_for_a_mask(entry):
    return 0 if entry is None or entry is Ellipsis else 1


def no_axis_but_for_integers(entry):
    return min(original["count_axes"](entry), 1)


def booleans_are_integers(entry):
    return isinstance(entry, bool | np.bool_) or original["is_integer"](entry)


def lists_are_tuples(index):
    return original["read_index"](tuple(index) if isinstance(index, list) else index)


def inner_tuples_are_flattened(index):
    if isinstance(index, tuple):
        flat = [x if isinstance(x, tuple) else (x,) for x in index]
        index = tuple(entry for part in flat for entry in part)
    return original["read_index"](index)


def nothing_is_empty(entry):
    found = original["read_entry"](entry)
    if np.ndim(found) and np.size(found) == 0:
        raise IndexError("an empty list holds floats")
    return found


def floats_are_rounded_down(entry):
    array = np.asarray(entry) if isinstance(entry, list) else None
    whole = array is not None and array.dtype == float
    return original["read_entry"](array.astype(int) if whole else entry)


def large_numbers_do_not_wrap(entry):
    array = np.asarray(entry, object if isinstance(entry, int) else None)
    if array.dtype == "u8" and array.size and array.max() > np.iinfo(int).max:
        raise OverflowError
    return original["read_entry"](entry)


def every_axis_of_a_mask_is_compared(mask, sizes):
    if mask.shape != tuple(sizes):
        raise IndexError


def masks_in_fortran_order(shape, parts):
    found = []
    for entry, axes in parts:
        if original["is_mask"](entry) and entry.ndim:
            original["check_mask"](entry, shape[axes.start : axes.stop])
            arrays = entry.T.nonzero()[::-1]
            single = [range(axis, axis + 1) for axis in axes]
            found += zip(arrays, single, strict=True)
        else:
            found += original["expand_masks"](shape, [(entry, axes)])
    return found


def is_true(entry):
    return original["is_mask"](entry) and entry.ndim == 0 and bool(entry)


def true_is_newaxis(shape, parts):
    new = [(None, axes) if is_true(entry) else (entry, axes) for entry, axes in parts]
    return original["expand_masks"](shape, new)


def always_checked(shape, arrays):
    original["check_bounds"](shape, arrays)
    return original["broadcast_shape"](shape, arrays)


def a_grid(shape, arrays):
    original["broadcast_shape"](shape, arrays)
    return sum((array.shape for _, array in arrays), ())


def the_longest_shape(shape, arrays):
    original["broadcast_shape"](shape, arrays)
    return max((array.shape for _, array in arrays), key=len, default=())


def equal_shapes_only(shape, arrays):
    if len({array.shape for _, array in arrays if array.ndim}) > 1:
        raise IndexError
    return original["broadcast_shape"](shape, arrays)


def slices_must_fit(shape, entry, axes):
    if isinstance(entry, slice):
        for end in (entry.start, entry.stop):
            if end is not None and not -shape[axes[0]] <= end <= shape[axes[0]]:
                raise IndexError
    return original["list_positions"](shape, entry, axes)


def steps_are_ignored(shape, entry, axes):
    if isinstance(entry, slice) and entry.step:
        entry = slice(entry.start, entry.stop)
    return original["list_positions"](shape, entry, axes)


def newaxis_is_nothing(shape, entry, axes):
    return original["list_positions"](shape, entry, axes) if entry is not None else []


def only_positive_numbers(shape, index):
    found = original["find_cells"](shape, index)
    whole = index if isinstance(index, tuple) else (index,)
    negative = any(isinstance(x, int) and x < 0 for x in whole)
    return found + 1 if negative else found


def integers_make_views(index, ndim=None):
    found = original["classify_index"](index, ndim)
    return Kind(found.name, "view") if found.gives == "scalar" else found


def arrays_without_axes_make_views(index, ndim=None):
    whole = index if isinstance(index, tuple) else (index,)
    plain = [int(x) if isinstance(x, np.ndarray) and x.ndim == 0 else x for x in whole]
    return original["classify_index"](tuple(plain), ndim)


def ellipsis_makes_no_difference(index, ndim=None):
    whole = index if isinstance(index, tuple) else (index,)
    return original["classify_index"](tuple(x for x in whole if x is not ...), ndim)


WRONG = {
    "the new axes always come first": ("are_separated", lambda entries: True),
    "the new axes never come first": ("are_separated", lambda entries: False),
    "an integer is no index array": ("are_separated", kept_integers),
    "newaxis does not separate": (
        "are_separated",
        separated_without(lambda x: x is None),
    ),
    "Ellipsis does not separate": (
        "are_separated",
        separated_without(lambda x: x is ...),
    ),
    "a slice does not separate": (
        "are_separated",
        separated_without(lambda x: isinstance(x, slice)),
    ),
    "a boolean array names one axis": ("count_axes", one_axis_for_a_mask),
    "a boolean array names one axis, True none": (
        "count_axes",
        no_axis_but_for_integers,
    ),
    "True is 1": ("is_integer", booleans_are_integers),
    "a list is a tuple": ("read_index", lists_are_tuples),
    "a tuple in a tuple is flattened": ("read_index", inner_tuples_are_flattened),
    "an empty list is refused": ("read_entry", nothing_is_empty),
    "lists of floats are rounded": ("read_entry", floats_are_rounded_down),
    "large numbers in arrays overflow": ("read_entry", large_numbers_do_not_wrap),
    "a mask fits any axes": ("check_mask", lambda mask, sizes: None),
    "a mask's empty axes are compared": (
        "check_mask",
        every_axis_of_a_mask_is_compared,
    ),
    "True is newaxis": ("expand_masks", true_is_newaxis),
    "a mask is read in Fortran's order": ("expand_masks", masks_in_fortran_order),
    "nothing is out of bounds": ("check_bounds", lambda shape, arrays: None),
    "empty selections are checked": ("broadcast_shape", always_checked),
    "index arrays make a grid": ("broadcast_shape", a_grid),
    "the longest shape wins": ("broadcast_shape", the_longest_shape),
    "index arrays have one shape": ("broadcast_shape", equal_shapes_only),
    "slices are checked": ("list_positions", slices_must_fit),
    "steps are ignored": ("list_positions", steps_are_ignored),
    "newaxis adds nothing": ("list_positions", newaxis_is_nothing),
    "negative integers count otherwise": ("find_cells", only_positive_numbers),
    "an integer for each axis gives a view": ("classify_index", integers_make_views),
    "a 0-d array gives a view": ("classify_index", arrays_without_axes_make_views),
    "an Ellipsis makes no difference": ("classify_index", ellipsis_makes_no_difference),
}
