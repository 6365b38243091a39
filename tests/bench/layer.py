"""A softmax layer whole, in blocks, and as one of four workers does its part."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from examples.chunked import (
    compute_by_classes,
    compute_by_rows,
    find_label_cells,
    sum_over_rows,
    summarize_block,
)
from tests.bench.case import Case

SIZE = (512, 8192, "float64")
FEATURES = 64
LAYER = {
    "plain": "dW, db, dA = compute_stepwise(A, W, b, y)",
    "in place": "dW = sum_over_rows(A, W, b, y).dW / m",
    "32 rows": "dW = compute_by_rows(A, W, b, y, rows=32).dW",
    "512 classes": "dW = compute_by_classes(A, W, b, y, classes=512).dW",
    "a quarter of the rows": "dW = sum_over_rows(A[: m // 4], W, b, y[: m // 4]).dW",
    "a quarter of the classes": "dW = compute_part(A, W[:, : K // 4], b[: K // 4], y)",
}
WORKERS = ("a quarter of the rows", "a quarter of the classes")


def compute_stepwise(A, W, b, y):
    """Return the gradients from an array for each step."""
    logits = A @ W + b
    shifted = logits - logits.max(axis=1, keepdims=True)
    exps = np.exp(shifted)
    probs = exps / exps.sum(axis=1, keepdims=True)
    grad = probs.copy()
    grad[np.arange(len(y)), y] -= 1
    grad /= len(y)
    return A.T @ grad, grad.sum(axis=0), grad @ W.T


def compute_part(A, W, b, y):
    """Return what a worker with some classes computes, as if it had them all."""
    X = A @ W
    X += b
    own = summarize_block(X, y, 0)
    X /= own.total[:, np.newaxis]
    X[find_label_cells(y, 0, len(b))] -= 1
    _, dW = X @ W.T, A.T @ X
    return dW


def make_layer(m: int, K: int, dtype: str) -> dict:
    """Return a layer, and the functions that the statements name."""
    rng = np.random.default_rng(0)
    shapes = {"A": (m, FEATURES), "W": (FEATURES, K), "b": (K,)}
    arrays = {name: rng.normal(size=x).astype(dtype) for name, x in shapes.items()}
    ours = (compute_stepwise, compute_part)
    theirs = (sum_over_rows, compute_by_rows, compute_by_classes)
    functions = {function.__name__: function for function in (*ours, *theirs)}
    sizes = {"m": m, "K": K, "y": rng.integers(K, size=m)}
    return {**arrays, **functions, **sizes}


def cases() -> Iterator[Case]:
    """Yield the layer; the bytes are what matters."""
    yield Case("layer", *SIZE, partial(make_layer, *SIZE), LAYER, "dW", apart=WORKERS)
