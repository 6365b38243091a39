"""Loss and gradients of a softmax layer without the whole gradient."""

from typing import NamedTuple

import numpy as np

from examples.label_guard import checked_labels


class Sums(NamedTuple):
    """Sums over examples; `mean` divides them.

    Attributes
    ----------
    loss : float
        The sum of the losses.
    count : int
        The number of examples that count.
    dW : ndarray, shape (d, K)
    db : ndarray, shape (K,)
    dA : ndarray, shape (m, d)
        The gradients of the summed loss with respect to weights, bias
        and inputs.
    """

    loss: float
    count: int
    dW: np.ndarray
    db: np.ndarray
    dA: np.ndarray


def mean(sums):
    """Divide loss and gradients by the number of examples, in place.

    Parameters
    ----------
    sums : Sums
        Its arrays are changed.

    Returns
    -------
    Sums
        Of the mean loss; 0 gradients and a loss of nan when no example
        counts.
    """
    loss, count, *gradients = sums
    for gradient in gradients:
        gradient /= max(count, 1)  # they are 0 when none counts
    return Sums(loss / count if count else np.nan, count, *gradients)


def row_sums(A, W, b, labels, ignore_index=None):
    """Return loss and gradients, summed over the examples of some rows.

    Makes one array of shape (m, K), which is in turn the logits, the
    probabilities and the gradient with respect to the logits.

    Parameters
    ----------
    A : ndarray of floats, shape (m, d)
        Inputs, one row for each example.
    W : ndarray of floats, shape (d, K)
    b : ndarray of floats, shape (K,)
        Weights and bias: the logits are ``A @ W + b``.
    labels : ndarray of integers, shape (m,)
        From 0 to K - 1, or `ignore_index`.
    ignore_index : int, optional
        Examples with this label count nothing.

    Returns
    -------
    Sums

    Raises
    ------
    TypeError
        If a dtype is none of those above.
    ValueError
        If shapes do not fit, or a label is none of those above.

    References
    ----------
    Goodfellow, Bengio and Courville, Deep Learning (2016), 6.5.6.
    """
    kept = counting(A, W, b, labels, ignore_index)
    inputs, y = A[kept], labels[kept]
    rows = np.arange(len(y))
    X = inputs @ W
    X += b
    X -= X.max(axis=1, keepdims=True)
    picked = X[rows, y]
    np.exp(X, out=X)
    total = X.sum(axis=1, keepdims=True)
    loss = float((np.log(total[:, 0]) - picked).sum(dtype=float))
    X /= total
    X[rows, y] -= 1  # the line
    dA = np.zeros(A.shape, X.dtype)
    dA[kept] = X @ W.T
    return Sums(loss, len(y), inputs.T @ X, X.sum(axis=0), dA)


def by_rows(A, W, b, labels, rows, ignore_index=None):
    """Return the mean loss and its gradients, from blocks of rows.

    The largest array that depends on the batch has shape (rows, K).

    Parameters
    ----------
    A, W, b, labels, ignore_index
        As in `row_sums`.
    rows : int
        How many examples are in a block; the last block may have fewer.

    Returns
    -------
    Sums
        Of the mean loss.

    Raises
    ------
    TypeError, ValueError
        As `row_sums` does, and if `rows` is less than 1.

    References
    ----------
    Hsu et al., Liger Kernel: Efficient Triton Kernels for LLM Training
    (2024), 3.2, FusedLinearCrossEntropy.
    """
    counting(A, W, b, labels, ignore_index)
    at_least_one("rows", rows)
    dtype = np.result_type(A, W, b)
    loss, count = 0.0, 0
    dW, db, dA = (np.zeros(x.shape, dtype) for x in (W, b, A))
    for start in range(0, len(A), rows):
        part = slice(start, start + rows)
        block = row_sums(A[part], W, b, labels[part], ignore_index)
        loss += block.loss
        count += block.count
        dW += block.dW
        db += block.db
        dA[part] = block.dA
        del block  # else its dW would live beside that of the next
    return mean(Sums(loss, count, dW, db, dA))


def by_classes(A, W, b, labels, classes, ignore_index=None):
    """Return the mean loss and its gradients, from blocks of classes.

    The logits are computed twice: first for the maximum and the sum of
    each row, then for the gradient. The largest array that depends on
    the batch has shape (m, classes).

    Parameters
    ----------
    A, W, b, labels, ignore_index
        As in `row_sums`.
    classes : int
        How many classes are in a block; the last block may have fewer.

    Returns
    -------
    Sums
        Of the mean loss.

    Raises
    ------
    TypeError, ValueError
        As `row_sums` does, and if `classes` is less than 1.

    References
    ----------
    Milakov and Gimelshein, Online normalizer calculation for softmax
    (2018); Wijmans et al., Cut Your Losses in Large-Vocabulary Language
    Models (2024).
    """
    kept = counting(A, W, b, labels, ignore_index)
    at_least_one("classes", classes)
    inputs, y = A[kept], labels[kept]
    starts = range(0, W.shape[1], classes)
    parts = [slice(start, start + classes) for start in starts]
    dtype = np.result_type(A, W, b)
    state = nothing_seen(len(y), dtype)
    for part in parts:
        X = inputs @ W[:, part]
        X += b[part]
        state = merged(state, seen(X, y, part.start))
    loss = float(losses(state).sum(dtype=float))
    dW, db, dA = (np.zeros(x.shape, dtype) for x in (W, b, A))
    for part in parts:
        X = inputs @ W[:, part]
        X += b[part]
        X -= state.largest[:, np.newaxis]
        np.exp(X, out=X)
        X /= state.total[:, np.newaxis]
        X[own_cells(y, part.start, X.shape[1])] -= 1  # the line
        dW[:, part] = inputs.T @ X
        db[part] = X.sum(axis=0)
        dA[kept] += X @ W[:, part].T
    return mean(Sums(loss, len(y), dW, db, dA))


class Seen(NamedTuple):
    """What is known of each row after some of its classes.

    Attributes
    ----------
    largest : ndarray, shape (m,)
        The largest logit.
    total : ndarray, shape (m,)
        The sum of ``exp(logit - largest)``.
    picked : ndarray, shape (m,)
        The logit of the label if it was among the classes, else 0.
    """

    largest: np.ndarray
    total: np.ndarray
    picked: np.ndarray


def nothing_seen(m, dtype):
    """Return the state before the first class.

    It starts from the smallest finite number, since ``-inf - -inf``
    would be nan in a block whose classes are all masked by -inf.
    """
    lowest = np.full(m, np.finfo(dtype).min)
    return Seen(lowest, np.zeros(m, dtype), np.zeros(m, dtype))


def seen(X, labels, first):
    """Return what a block of logits tells of its rows.

    Parameters
    ----------
    X : ndarray of floats, shape (m, n)
        The logits of the classes from `first` to ``first + n - 1``.
        They are overwritten by ``exp(logit - largest)``.
    labels : ndarray of integers, shape (m,)
        Labels of the whole, from 0 to K - 1.
    first : int
        The class of the first column.

    Returns
    -------
    Seen
        Three numbers for each row.
    """
    own = own_cells(labels, first, X.shape[1])
    picked = np.zeros(len(X), X.dtype)
    picked[own[0]] = X[own]
    largest = X.max(axis=1, initial=np.finfo(X.dtype).min)
    X -= largest[:, np.newaxis]
    np.exp(X, out=X)
    return Seen(largest, X.sum(axis=1), picked)


def merged(one, other):
    """Return what two disjoint sets of classes tell together.

    Parameters
    ----------
    one, other : Seen
        In any order; that of the whole is the same but for rounding.

    Returns
    -------
    Seen

    References
    ----------
    Milakov and Gimelshein, Online normalizer calculation for softmax
    (2018), 3.1.
    """
    largest = np.maximum(one.largest, other.largest)
    total = one.total * np.exp(one.largest - largest)
    total += other.total * np.exp(other.largest - largest)
    return Seen(largest, total, one.picked + other.picked)


def losses(state):
    """Return the loss of each row, when all its classes are seen."""
    return state.largest + np.log(state.total) - state.picked


def own_cells(labels, first, n):
    """Return the index of the labels' cells in a block of classes.

    Parameters
    ----------
    labels : ndarray of integers, shape (m,)
        Labels of the whole, from 0 to K - 1.
    first, n : int
        The first class of the block, and how many it has.

    Returns
    -------
    tuple of two ndarrays of integers, of one shape
        Rows and columns, one pair for each label that is in the block.
    """
    mask = (labels >= first) & (labels < first + n)
    return np.flatnonzero(mask), labels[mask] - first


def counting(A, W, b, labels, ignore_index=None):
    """Check the arguments; return an index of the rows that count."""
    for name, array, ndim in (("A", A, 2), ("W", W, 2), ("b", b, 1)):
        if array.dtype.kind != "f":
            raise TypeError(
                f"{name} has dtype {array.dtype}; expected floats"
            )
        if array.ndim != ndim:
            raise ValueError(
                f"{name} has shape {array.shape}; "
                f"expected {ndim} dimensions"
            )
    (m, d), (rows, K) = A.shape, W.shape
    if rows != d or b.shape != (K,) or K == 0:
        raise ValueError(
            f"A, W and b have shapes {A.shape}, {W.shape} and {b.shape}; "
            "expected (m, d), (d, K) and (K,), with K at least 1"
        )
    checked_labels(labels, m, K, ignored=ignore_index)
    if ignore_index is None or ignore_index not in labels:
        return slice(None)
    return np.flatnonzero(labels != ignore_index)


def at_least_one(name, size):
    """Refuse a block that is empty."""
    if size < 1:
        raise ValueError(f"{name} is {size}; expected 1 or more")
