"""Labels that are no class of their example, refused by name."""

import numpy as np


def check_labels(labels, batch, K, *, ignored=None):
    """Return labels as an index array, or say why they cannot be one.

    Parameters
    ----------
    labels : array_like of integers, shape `batch`
        The class of each example, from 0 to K - 1. An empty list holds
        integers, as it does in an index.
    batch : int or tuple of int
        The shape that the labels must have: m for (m,), or (B, T).
    K : int
        The number of classes.
    ignored : int, optional
        One value that may stand for "no class", like -100. It is not an
        index: whoever allows it must leave these examples out.

    Returns
    -------
    ndarray of intp, shape `batch`

    Raises
    ------
    TypeError
        If the labels are not integers.
    ValueError
        If they are a masked array with masked entries, have another
        shape, or name no class.

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
    """Return labels as the array that an index reads.

    An index ignores a mask, so masked entries are refused. It reads an
    empty list, which has no dtype of its own, as integers.
    """
    if np.ma.is_masked(labels):
        raise ValueError(
            "labels have masked entries; expected a class for each example"
        )
    array = np.asarray(labels)
    if array.size == 0 and not isinstance(labels, np.ndarray):
        array = np.zeros(array.shape, np.intp)
    return array
