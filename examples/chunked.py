"""Loss and gradients of a softmax layer, computed in blocks.

Blocks of rows or of classes need less memory than the array of all
logits.
"""

from typing import NamedTuple

import numpy as np

from examples.label_guard import check_labels


class Sums(NamedTuple):
    """The loss and the gradients, summed over examples.

    Attributes
    ----------
    loss : float
        The sum of the losses.
    count : int
        The number of examples that are not ignored.
    dW : ndarray of floats, shape (d, K)
    db : ndarray of floats, shape (K,)
    dA : ndarray of floats, shape (m, d)
        The gradients of the summed loss with respect to the weights, the
        bias and the inputs.
    """

    loss: float
    count: int
    dW: np.ndarray
    db: np.ndarray
    dA: np.ndarray


def divide_in_place(sums):
    """Divide the loss and the gradients by the number of examples.

    Parameters
    ----------
    sums : Sums
        Its arrays are overwritten. A copy of `dW` could be as large as
        the array that the blocks avoid.

    Returns
    -------
    Sums
        The mean loss and its gradients, in the arrays of `sums`. If all
        examples are ignored, the loss is nan and the gradients are 0.
    """
    loss, count, *gradients = sums
    for gradient in gradients:
        gradient /= max(count, 1)  # 0 if all examples are ignored
    return Sums(loss / count if count else np.nan, count, *gradients)


def sum_over_rows(A, W, b, labels, ignore_index=None):
    """Return the loss and the gradients, summed over some examples.

    The function makes a single array of shape (m, K). It holds the
    logits first, then the probabilities, then the gradient.

    Parameters
    ----------
    A : ndarray of floats, shape (m, d)
        Inputs, one row for each example.
    W : ndarray of floats, shape (d, K)
    b : ndarray of floats, shape (K,)
        Weights and bias: the logits are ``A @ W + b``.
    labels : ndarray of integers, shape (m,)
        Classes from 0 to K - 1, or `ignore_index`.
    ignore_index : int, optional
        Examples with this label contribute nothing.

    Returns
    -------
    Sums

    Raises
    ------
    TypeError
        If an argument has another dtype than above.
    ValueError
        If the shapes do not agree, or a label is out of range.

    References
    ----------
    Goodfellow, Bengio and Courville, Deep Learning (2016), 6.5.6.
    """
    kept = select_counted_rows(A, W, b, labels, ignore_index)
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
    X[rows, y] -= 1  # at the labels
    dA = np.zeros(A.shape, X.dtype)
    dA[kept] = X @ W.T
    return Sums(loss, len(y), inputs.T @ X, X.sum(axis=0), dA)


def compute_by_rows(A, W, b, labels, rows, ignore_index=None):
    """Return the mean loss and its gradients, computed in blocks of rows.

    The largest array of logits has shape (rows, K).

    Parameters
    ----------
    A, W, b, labels, ignore_index
        As in `sum_over_rows`.
    rows : int
        The number of examples in a block. The last block may have fewer.

    Returns
    -------
    Sums
        The mean loss, the number of examples, and the gradients.

    Raises
    ------
    TypeError, ValueError
        For the same reasons as `sum_over_rows`, or if `rows` is less than
        1.

    References
    ----------
    Hsu et al., Liger Kernel: Efficient Triton Kernels for LLM Training
    (2024), 3.2, FusedLinearCrossEntropy.
    """
    select_counted_rows(A, W, b, labels, ignore_index)
    check_block_size("rows", rows)
    dtype = np.result_type(A, W, b)
    loss, count = 0.0, 0
    dW, db, dA = (np.zeros(x.shape, dtype) for x in (W, b, A))
    for start in range(0, len(A), rows):
        part = slice(start, start + rows)
        block = sum_over_rows(A[part], W, b, labels[part], ignore_index)
        loss += block.loss
        count += block.count
        dW += block.dW
        db += block.db
        dA[part] = block.dA
        del block  # frees its dW before the next block makes one
    return divide_in_place(Sums(loss, count, dW, db, dA))


def compute_by_classes(A, W, b, labels, classes, ignore_index=None):
    """Return the mean loss and its gradients, in blocks of classes.

    The logits are computed twice: first for the maximum and the sum of
    each row, then for the gradient. The largest array of logits has
    shape (m, classes).

    Parameters
    ----------
    A, W, b, labels, ignore_index
        As in `sum_over_rows`.
    classes : int
        The number of classes in a block. The last block may have fewer.

    Returns
    -------
    Sums
        The mean loss, the number of examples, and the gradients.

    Raises
    ------
    TypeError, ValueError
        For the same reasons as `sum_over_rows`, or if `classes` is less
        than 1.

    References
    ----------
    Milakov and Gimelshein, Online normalizer calculation for softmax
    (2018); Wijmans et al., Cut Your Losses in Large-Vocabulary Language
    Models (2024).
    """
    kept = select_counted_rows(A, W, b, labels, ignore_index)
    check_block_size("classes", classes)
    inputs, y = A[kept], labels[kept]
    starts = range(0, W.shape[1], classes)
    parts = [slice(start, start + classes) for start in starts]
    dtype = np.result_type(A, W, b)
    state = start_summary(len(y), dtype)
    for part in parts:
        X = inputs @ W[:, part]
        X += b[part]
        state = merge_summaries(state, summarize_block(X, y, part.start))
    loss = float(compute_losses(state).sum(dtype=float))
    dW, db, dA = (np.zeros(x.shape, dtype) for x in (W, b, A))
    for part in parts:
        X = inputs @ W[:, part]
        X += b[part]
        X -= state.largest[:, np.newaxis]
        np.exp(X, out=X)
        X /= state.total[:, np.newaxis]
        X[find_label_cells(y, part.start, X.shape[1])] -= 1  # at the labels
        dW[:, part] = inputs.T @ X
        db[part] = X.sum(axis=0)
        dA[kept] += X @ W[:, part].T
    return divide_in_place(Sums(loss, len(y), dW, db, dA))


class RowSummary(NamedTuple):
    """The maximum, the sum and the label's logit of some classes.

    Attributes
    ----------
    largest : ndarray, shape (m,)
        The largest logit.
    total : ndarray, shape (m,)
        The sum of ``exp(logit - largest)``.
    picked : ndarray, shape (m,)
        The label's logit, or 0 if the label is not one of the classes.
    """

    largest: np.ndarray
    total: np.ndarray
    picked: np.ndarray


def start_summary(m, dtype):
    """Return the summary of no classes.

    Its maximum is the smallest finite number instead of -inf, because
    ``-inf - -inf`` would be nan for a block whose logits are all -inf.
    """
    lowest = np.full(m, np.finfo(dtype).min)
    return RowSummary(lowest, np.zeros(m, dtype), np.zeros(m, dtype))


def summarize_block(X, labels, first):
    """Return the summary of a block of logits, and overwrite the block.

    Parameters
    ----------
    X : ndarray of floats, shape (m, n)
        The logits of the classes from `first` to ``first + n - 1``. They
        are overwritten by ``exp(logit - largest)``.
    labels : ndarray of integers, shape (m,)
        Labels among all classes, from 0 to K - 1.
    first : int
        The class of the first column.

    Returns
    -------
    RowSummary
        Three numbers for each row.
    """
    own = find_label_cells(labels, first, X.shape[1])
    picked = np.zeros(len(X), X.dtype)
    picked[own[0]] = X[own]
    largest = X.max(axis=1, initial=np.finfo(X.dtype).min)
    X -= largest[:, np.newaxis]
    np.exp(X, out=X)
    return RowSummary(largest, X.sum(axis=1), picked)


def merge_summaries(one, other):
    """Return the summary of two disjoint sets of classes together.

    Parameters
    ----------
    one, other : RowSummary
        The summaries, in any order. Another order changes the result by
        rounding error only.

    Returns
    -------
    RowSummary

    References
    ----------
    Milakov and Gimelshein, Online normalizer calculation for softmax
    (2018), 3.1.
    """
    largest = np.maximum(one.largest, other.largest)
    total = one.total * np.exp(one.largest - largest)
    total += other.total * np.exp(other.largest - largest)
    return RowSummary(largest, total, one.picked + other.picked)


def compute_losses(state):
    """Return the loss of each row from the summary of all its classes."""
    return state.largest + np.log(state.total) - state.picked


def find_label_cells(labels, first, n):
    """Return the index of the labels' cells in a block of classes.

    Parameters
    ----------
    labels : ndarray of integers, shape (m,)
        Labels among all classes, from 0 to K - 1.
    first, n : int
        The first class of the block, and its number of classes.

    Returns
    -------
    tuple of two ndarrays of integers, of the same shape
        The rows and the columns, one pair for each label in the block.
    """
    mask = (labels >= first) & (labels < first + n)
    return np.flatnonzero(mask), labels[mask] - first


def select_counted_rows(A, W, b, labels, ignore_index=None):
    """Check the arguments; return an index of the rows to use."""
    for name, array, ndim in (("A", A, 2), ("W", W, 2), ("b", b, 1)):
        if array.dtype.kind != "f":
            raise TypeError(
                f"{name} has dtype {array.dtype}; expected floats"
            )
        if array.ndim != ndim:
            raise ValueError(
                f"{name} has shape {array.shape}; "
                f"expected {ndim} dimension{'s' * (ndim > 1)}"
            )
    (m, d), (rows, K) = A.shape, W.shape
    if rows != d or b.shape != (K,) or K == 0:
        raise ValueError(
            f"A, W and b have shapes {A.shape}, {W.shape} and {b.shape}; "
            "expected (m, d), (d, K) and (K,), with K at least 1"
        )
    check_labels(labels, m, K, ignored=ignore_index)
    if ignore_index is None or ignore_index not in labels:
        return slice(None)
    return np.flatnonzero(labels != ignore_index)


def check_block_size(name, size):
    """Raise an error for a block without rows or classes."""
    if size < 1:
        raise ValueError(f"{name} is {size}; expected 1 or more")
