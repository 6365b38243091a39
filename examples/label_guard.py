"""Check labels before they are used as an index."""

import numpy as np


def check_labels(labels, batch, K, *, ignored=None):
    """Return labels as an index array; raise an error for a bad label.

    Parameters
    ----------
    labels : array_like of integers, shape `batch`
        The class of each example, from 0 to K - 1. An empty list is read
        as integers, as in an index.
    batch : int or tuple of int
        The shape that the labels must have, such as (B, T). An integer m
        means (m,).
    K : int
        The number of classes.
    ignored : int, optional
        One more value that is allowed, such as -100 for "no class". It is
        not a valid index, so you must leave these examples out.

    Returns
    -------
    ndarray of intp, shape `batch`

    Raises
    ------
    TypeError
        If the labels are not integers.
    ValueError
        If a label is masked or out of range, or if the labels have
        another shape.

    References
    ----------
    NumPy user guide, Integer array indexing.
    """
    labels = refuse_mask(labels)
    batch = np.broadcast_shapes(batch)  # m means (m,)
    if labels.shape != batch:
        raise ValueError(
            f"labels have shape {labels.shape} and dtype {labels.dtype}; "
            f"expected integers of shape {batch}"
        )
    if labels.dtype.kind not in "iu":
        raise TypeError(
            f"labels have dtype {labels.dtype}; expected integers"
        )
    wrong = (labels < 0) | (labels >= K)
    if ignored is not None:
        wrong &= labels != ignored
    if wrong.any():
        first = tuple(int(i) for i in np.argwhere(wrong)[0])
        place = (
            f"labels[{', '.join(map(str, first))}]" if first else "labels"
        )
        raise ValueError(
            f"{place} is {labels[first]}; expected 0 to {K - 1}"
            + ("" if ignored is None else f", or {ignored}")
        )
    return labels.astype(np.intp, copy=False)


def refuse_mask(labels):
    """Return labels as the array that an index reads; refuse masked ones.

    An index ignores a mask, so masked labels would be used silently. An
    index also reads an empty list as integers.
    """
    if np.ma.is_masked(labels):
        raise ValueError(
            "labels have masked entries; expected a class for each example"
        )
    array = np.asarray(labels)
    if array.size == 0 and not isinstance(labels, np.ndarray):
        array = np.zeros(array.shape, np.intp)
    return array
