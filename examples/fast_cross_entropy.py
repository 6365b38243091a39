"""Compute softmax cross-entropy and its gradient fast in NumPy.

This file needs only NumPy, so you can copy it.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext

import numpy as np

BLOCK = 2**19  # bytes of the gradient that stay in the cache of a core
PIECE = 256  # number of classes in one partial sum


def fast_cross_entropy(logits, labels, out=None, threads=1):
    """Return the mean cross-entropy and its gradient for the logits.

    Parameters
    ----------
    logits : array_like of floats, shape (m, K)
        One row for each example.
    labels : array_like of integers, shape (m,)
        Class indices from 0 to K - 1.
    out : ndarray, shape and dtype of `logits`, optional
        A C-contiguous array for the gradient, which shares no memory
        with the logits. Pass the same array in every training step.
    threads : int, optional
        The number of threads that share the rows, at least 1.

    Returns
    -------
    loss : scalar, dtype of `logits`
    grad : ndarray, shape and dtype of `logits`
        The gradient. It is `out` if you passed `out`.

    Raises
    ------
    TypeError
        If the logits are not floats or the labels are not integers.
    ValueError
        If a shape does not fit, a label is not a class, `out` cannot
        hold the gradient, or `threads` is less than 1.

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning (2006), eq. (5.18);
    Blanchard, Higham and Higham, Accurately computing the log-sum-exp
    and softmax functions, IMA Journal of Numerical Analysis 41 (2021),
    on the rounding error of the shift.
    """
    X, y = check_batch(logits, labels)
    dtype = X.dtype.newbyteorder("=")
    if out is None:
        grad = np.empty(X.shape, dtype)
    else:
        grad = check_out(out, X, dtype)
    fill = fill_float16 if dtype == np.float16 else fill_rows
    m = len(X)
    if threads == 1:
        loss = fill(X, y, grad, m)
    else:
        parts = split_rows(m, -(-m // check_threads(threads)))
        with ThreadPoolExecutor(threads) as pool:
            tasks = [
                pool.submit(fill, X[part], y[part], grad[part], m)
                for part in parts
            ]
            loss = sum(task.result() for task in tasks)
    return X.dtype.type(loss), grad


def fill_rows(X, y, grad, m):
    """Write the gradient of some rows, and return their share of the loss.

    Do not subtract the maximum at first. If the sum of a row is too large
    or too small, compute this row again with the maximum.
    """
    K, dtype = X.shape[1], grad.dtype
    tiny = np.finfo(dtype).tiny
    totals, ones = np.empty(len(X), dtype), np.ones(K, dtype)
    rows = count_rows(K, dtype)
    with np.errstate(all="ignore"):
        with small_buffer() if 256 <= K < 8192 else nullcontext():
            for part in split_rows(len(X), rows):
                exps = np.exp(X[part], out=grad[part])
                total = sum_rows(exps, ones, out=totals[part])
                total *= m
                exps *= (1 / total)[:, np.newaxis]
        entries, cells = grad.reshape(-1), np.arange(0, grad.size, K) + y
        picked = entries[cells]  # the label's probability / m
        entries[cells] = picked - 1 / dtype.type(m)  # at the labels
        losses = -np.log(picked * m)
        normal = (totals >= 1) & (totals <= 1 / tiny) & (picked >= tiny)
        again = np.flatnonzero(~normal)
        for part in split_rows(len(again), rows):
            i = again[part]
            x = X[i].astype(dtype, copy=False)
            grad[i], losses[i] = compute_shifted(x, y[i], m)
        return (losses / m).sum()


def compute_shifted(X, y, m):
    """Subtract the maximum, and return the gradient and loss of each row.

    This overwrites `X` with the gradient.
    """
    rows = np.arange(len(X))
    X -= X.max(axis=1, keepdims=True)
    picked = X[rows, y]
    np.exp(X, out=X)
    total = X.sum(axis=1)
    X /= total[:, np.newaxis]
    X[rows, y] -= 1
    X /= m
    return X, np.log(total) - picked


def fill_float16(X, y, grad, m):
    """Call `fill_rows` in float32, and round the gradient at the end."""
    loss = 0
    for part in split_rows(len(X), count_rows(X.shape[1], np.float32)):
        wide = X[part].astype(np.float32)
        exact = np.empty_like(wide)
        loss += fill_rows(wide, y[part], exact, m)
        grad[part] = exact
    return loss


def sum_rows(array, ones, out):
    """Sum each row by a product with ones.

    One product for the whole matrix is inaccurate if the rows are long.
    So compute one product for each row, or for each piece of a very long
    row.
    """
    n, K = array.shape
    if array.dtype.char not in "fd":  # BLAS has only these dtypes
        return array.sum(axis=1, out=out)
    if K < PIECE:
        return np.dot(array, ones, out=out)
    if K < 32 * PIECE and hasattr(np, "vecdot"):
        return np.vecdot(array, ones, out=out)
    whole = K // PIECE * PIECE
    pieces = array[:, :whole].reshape(n, -1, PIECE) @ ones[:PIECE]
    pieces.sum(axis=1, out=out)
    out += array[:, whole:] @ ones[whole:]
    return out


@contextmanager
def small_buffer():
    """Make the ufunc buffer small, so that ufuncs do not copy a column."""
    size = np.setbufsize(16)
    try:
        yield
    finally:
        np.setbufsize(size)


def count_rows(K, dtype):
    """Return the number of rows of K numbers that fit into a block."""
    return max(1, BLOCK // (K * np.dtype(dtype).itemsize))


def split_rows(m, rows):
    """Return slices of `rows` rows each; the last one can be shorter."""
    return [slice(start, start + rows) for start in range(0, m, rows)]


def check_batch(logits, labels):
    """Return logits and labels as arrays, or raise an error."""
    X, y = np.asarray(logits), np.asarray(labels)
    if X.dtype.kind != "f":
        raise TypeError(f"logits have dtype {X.dtype}; expected floats")
    if X.ndim != 2 or X.size == 0:
        raise ValueError(
            f"logits have shape {X.shape}; expected (m, K), with at least "
            "one example and one class"
        )
    m, K = X.shape
    if y.dtype.kind not in "iu":
        raise TypeError(f"labels have dtype {y.dtype}; expected integers")
    if y.shape != (m,):
        raise ValueError(f"labels have shape {y.shape}; expected ({m},)")
    cells = y.astype(np.intp, copy=False)
    if cells.view(np.uintp).max() >= K:  # a negative label becomes huge
        i = np.flatnonzero((y < 0) | (y >= K))[0]
        raise ValueError(f"labels[{i}] is {y[i]}; expected 0 to {K - 1}")
    return X, cells


def check_out(out, X, dtype):
    """Return `out`, or raise an error if it cannot hold the gradient."""
    if (out.shape, out.dtype) != (X.shape, dtype):
        raise ValueError(
            f"out has shape {out.shape} and dtype {out.dtype}; "
            f"expected {X.shape} and {dtype}"
        )
    if not out.flags.c_contiguous or not out.flags.writeable:
        raise ValueError(
            f"out has strides {out.strides} and writeable is "
            f"{out.flags.writeable}; expected C order and True"
        )
    if np.may_share_memory(out, X):
        raise ValueError(
            "out shares memory with logits; expected an array of its own"
        )
    return out


def check_threads(threads):
    """Return the number of threads, or raise an error if it is below 1."""
    if threads < 1:
        raise ValueError(f"threads is {threads}; expected 1 or more")
    return threads
