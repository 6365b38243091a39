"""The shape that an index selects, in fifteen lines.

The rules are for indices of integers, slices, newaxis and integer arrays.
The module ``index_rules`` has the rules for every index.
"""

import numpy as np


def predict_shape(shape, index):
    """Return the shape of ``x[index]`` for an array `x` of a given shape.

    Parameters
    ----------
    shape : tuple of int
        The shape of `x`.
    index : object, or tuple of objects
        Integers, slices, None, and integer arrays or lists, all within
        the bounds of `x`. Write an Ellipsis as slices, and a mask with k
        dimensions as its k arrays ``mask.nonzero()``.

    Returns
    -------
    tuple of int

    Raises
    ------
    ValueError
        If the shapes of the index arrays do not broadcast.

    References
    ----------
    NumPy user guide, Indexing on ndarrays, "Combining advanced and basic
    indexing".
    """
    entries = index if isinstance(index, tuple) else (index,)
    indexed = sum(entry is not None for entry in entries)
    rest = [slice(None)] * (len(shape) - indexed)
    lengths, kept, arrays, places = iter(shape), [], [], []
    for entry in (*entries, *rest):
        if entry is None:
            kept.append(1)
        elif isinstance(entry, slice):
            kept.append(len(range(next(lengths))[entry]))
        else:  # an integer or an index array
            next(lengths)
            arrays.append(np.shape(entry))
            places.append(len(kept))
    place = places[0] if len(set(places)) == 1 else 0
    return (*kept[:place], *np.broadcast_shapes(*arrays), *kept[place:])
