"""A softmax layer whole, in blocks, and as one of four workers does its part."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from examples.chunked import by_classes, by_rows, own_cells, row_sums, seen
from tests.bench.case import Case

SIZE = (512, 8192, "float64")
FEATURES = 64
LAYER = {
    "plain": "dW, db, dA = plain(A, W, b, y)",
    "in place": "dW = row_sums(A, W, b, y).dW / m",
    "32 rows": "dW = by_rows(A, W, b, y, rows=32).dW",
    "512 classes": "dW = by_classes(A, W, b, y, classes=512).dW",
    "a quarter of the rows": "dW = row_sums(A[: m // 4], W, b, y[: m // 4]).dW",
    "a quarter of the classes": "dW = part(A, W[:, : K // 4], b[: K // 4], y)",
}
WORKERS = ("a quarter of the rows", "a quarter of the classes")


def plain(A, W, b, y):
    """Return the gradients from an array for each step."""
    logits = A @ W + b
    shifted = logits - logits.max(axis=1, keepdims=True)
    exps = np.exp(shifted)
    probs = exps / exps.sum(axis=1, keepdims=True)
    grad = probs.copy()
    grad[np.arange(len(y)), y] -= 1
    grad /= len(y)
    return A.T @ grad, grad.sum(axis=0), grad @ W.T


def part(A, W, b, y):
    """Return what a worker with some classes computes, as if it had them all."""
    X = A @ W
    X += b
    own = seen(X, y, 0)
    X /= own.total[:, np.newaxis]
    X[own_cells(y, 0, len(b))] -= 1
    _, dW = X @ W.T, A.T @ X
    return dW


def layer(m: int, K: int, dtype: str) -> dict:
    """Return a layer, and the functions that the statements name."""
    rng = np.random.default_rng(0)
    shapes = {"A": (m, FEATURES), "W": (FEATURES, K), "b": (K,)}
    arrays = {name: rng.normal(size=x).astype(dtype) for name, x in shapes.items()}
    functions = {f.__name__: f for f in (plain, row_sums, by_rows, by_classes, part)}
    sizes = {"m": m, "K": K, "y": rng.integers(K, size=m)}
    return {**arrays, **functions, **sizes}


def cases() -> Iterator[Case]:
    """Yield the layer; the bytes are what matters."""
    yield Case("layer", *SIZE, partial(layer, *SIZE), LAYER, "dW", apart=WORKERS)
