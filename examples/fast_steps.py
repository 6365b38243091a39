"""The steps from the usual form to `fast_cross_entropy`.

Each function returns the mean loss and its gradient with respect to the
logits, except `fill_scaled`, which works on some of the rows. Each function
adds one step to the function before it. They do not check their arguments.
"""

import numpy as np

from examples.fast_cross_entropy import (
    count_rows,
    small_buffer,
    split_rows,
    sum_rows,
)


def textbook(X, y):
    """Compute each formula by one expression."""
    m = len(X)
    exps = np.exp(X - X.max(axis=1, keepdims=True))
    grad = exps / exps.sum(axis=1, keepdims=True)
    loss = -np.log(grad[range(m), y]).mean()
    grad[range(m), y] -= 1
    return loss, grad / m


def number_rows(X, y):
    """Make the row numbers once, and read the cells of the labels once."""
    m = len(X)
    exps = np.exp(X - X.max(axis=1, keepdims=True))
    grad = exps / exps.sum(axis=1, keepdims=True)
    rows = np.arange(m)
    picked = grad[rows, y]
    grad[rows, y] = picked - 1
    return -np.log(picked).mean(), grad / m


def write_in_place(X, y, out=None):
    """Let each operation overwrite the array that it has read."""
    m = len(X)
    grad = np.subtract(X, X.max(axis=1, keepdims=True), out=out)
    np.exp(grad, out=grad)
    grad /= grad.sum(axis=1, keepdims=True)
    rows = np.arange(m)
    picked = grad[rows, y]
    grad[rows, y] = picked - 1
    grad /= m
    return -np.log(picked).mean(), grad


def sum_by_product(X, y, out):
    """Sum the rows by a product of the matrix and a vector of ones."""
    m, K = X.shape
    grad = np.subtract(X, X.max(axis=1, keepdims=True), out=out)
    np.exp(grad, out=grad)
    grad /= (grad @ np.ones(K, X.dtype))[:, np.newaxis]
    rows = np.arange(m)
    picked = grad[rows, y]
    grad[rows, y] = picked - 1
    grad /= m
    return -np.log(picked).mean(), grad


def scale_once(X, y, out):
    """Multiply by 1 / (m s) instead of dividing by s and by m."""
    m = len(X)
    return fill_scaled(X, y, out, m).sum() / m, out


def fill_scaled(X, y, grad, m):
    """Write the gradient of some of the m rows, and return their losses."""
    n, K = X.shape
    np.subtract(X, X.max(axis=1, keepdims=True), out=grad)
    np.exp(grad, out=grad)
    total = sum_rows(grad, np.ones(K, X.dtype), out=np.empty(n, X.dtype))
    total *= m
    grad *= (1 / total)[:, np.newaxis]
    entries, cells = grad.reshape(-1), np.arange(0, n * K, K) + y
    picked = entries[cells]
    entries[cells] = picked - 1 / X.dtype.type(m)
    return -np.log(picked * m)


def work_in_blocks(X, y, out):
    """Compute one block of rows at a time, while it is in the cache."""
    m, K = X.shape
    losses = np.empty(m, X.dtype)
    for part in split_rows(m, count_rows(K, X.dtype)):
        losses[part] = fill_scaled(X[part], y[part], out[part], m)
    return losses.sum() / m, out


def shrink_buffer(X, y, out):
    """Use a small ufunc buffer, so that NumPy does not copy a column."""
    with small_buffer():
        return work_in_blocks(X, y, out)
