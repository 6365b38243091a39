"""The line and its equivalents, over m and K; and the gradient that it is a part of."""

import sys
from collections.abc import Iterator
from functools import partial

import numpy as np

from examples.softmax_cross_entropy import cross_entropy_grad, delta_cross_entropy
from tests.bench.case import Case
from tests.bench.process import measure_peak

SIZES = (1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000)
CLASSES = (3, 10, 30, 100, 300, 1000, 3000)
LINE = {
    "arange": "grad[np.arange(m), y] -= 1",
    "range": "grad[range(m), y] -= 1",
    "list": "grad[numbers, y] -= 1",
    "rows": "grad[rows, y] -= 1",
    "flat": "entries[rows * K + y] -= 1",
    "cells": "entries[cells] -= 1",
    "along axis": "picked = np.take_along_axis(grad, column, axis=1)\n"
    "np.put_along_axis(grad, column, picked - 1, axis=1)",
    "onehot": "grad -= onehot",
    "eye": "grad -= np.eye(K)[y]",
    "comparison": "grad -= y[:, np.newaxis] == np.arange(K)",
    "mask": "grad[y[:, np.newaxis] == np.arange(K)] -= 1",
    "at": "np.subtract.at(grad, (rows, y), one)",
    "at cells": "np.subtract.at(entries, cells, one)",
    "at int": "np.subtract.at(grad, (rows, y), 1)",
    "loop": "for i, k in enumerate(y): grad[i, k] -= 1",
}
FLOAT32 = {
    "rows": "grad[rows, y] -= 1",
    "at": "np.subtract.at(grad, (rows, y), one)",
    "at cells": "np.subtract.at(entries, cells, one)",
    "at int": "np.subtract.at(grad, (rows, y), 1)",
    "at float": "np.subtract.at(grad, (rows, y), 1.0)",
}
LABELS = {
    "intp": "grad[rows, y] -= 1",
    "int32": "grad[rows, y32] -= 1",
    "uint8": "grad[rows, y8] -= 1",
    "list": "grad[rows, y_list] -= 1",
}
APART = {
    "side by side": "entries[rows] -= 1",
    "one in each row": "entries[cells] -= 1",
}
SOFTMAX = """\
grad = np.exp(X - X.max(axis=1, keepdims=True))
grad /= grad.sum(axis=1, keepdims=True)
"""
GRADIENT = {
    "with range": SOFTMAX + "grad[range(m), y] -= 1\ngrad /= m",
    "with rows": SOFTMAX + "grad[rows, y] -= 1\ngrad /= m",
    "softmax": SOFTMAX,
    "range": "grad[range(m), y] -= 1",
    "rows": "grad[rows, y] -= 1",
}
FUNCTIONS = {
    "quoted": "grad = delta_cross_entropy(X, y)",
    "checked": "grad = cross_entropy_grad(X, y)",
}
LARGEST = (4096, 1000, "float64")


def make_batch(m: int, K: int, dtype: str) -> dict:
    """Return what the statements name: a gradient, labels, and rows made before."""
    y = np.random.default_rng(0).integers(K, size=m)
    grad = np.full((m, K), 1 / K, dtype)
    rows = np.arange(m)
    return {
        **{"np": np, "m": m, "K": K, "grad": grad, "y": y, "rows": rows},
        **{"entries": grad.reshape(-1), "cells": rows * K + y},
        **{"one": grad.dtype.type(1), "numbers": list(range(m))},
        "column": y[:, np.newaxis],
    }


def add_onehot(m: int, K: int, dtype: str) -> dict:
    """Return a batch with its one-hot labels."""
    names = make_batch(m, K, dtype)
    return {**names, "onehot": np.eye(K, dtype=dtype)[names["y"]]}


def add_logits(m: int, K: int, dtype: str) -> dict:
    """Return a batch with its logits."""
    X = np.random.default_rng(1).normal(size=(m, K)).astype(dtype, copy=False)
    return {**make_batch(m, K, dtype), "X": X}


def add_functions(m: int, K: int, dtype: str) -> dict:
    """Return a batch with its logits, and the site's functions of them."""
    functions = {f.__name__: f for f in (cross_entropy_grad, delta_cross_entropy)}
    return {**add_logits(m, K, dtype), **functions}


def add_other_labels(m: int, K: int, dtype: str) -> dict:
    """Return a batch with its labels in other dtypes."""
    names = make_batch(m, K, dtype)
    y = names["y"]
    other = {"y32": y.astype(np.int32), "y8": y.astype(np.uint8), "y_list": y.tolist()}
    return {**names, "y": y.astype(np.intp), **other}


def cases() -> Iterator[Case]:
    """Yield what is measured about the line."""

    def case(study, m, K, dtype, prepare, ways, apart=()):
        variables = partial(prepare, m, K, dtype)
        return Case(study, m, K, dtype, variables, ways, apart=apart)

    for m, K in [*((m, 10) for m in SIZES), *((1000, K) for K in CLASSES if K != 10)]:
        yield case("line", m, K, "float64", add_onehot, LINE)
    yield case("float32", 1000, 10, "float32", make_batch, FLOAT32)
    yield case("labels", 1000, 10, "float64", add_other_labels, LABELS)
    for K in (1, 4, 16, 64, 256):
        yield case(
            "apart", 100_000, K, "float32", make_batch, APART, apart=tuple(APART)
        )
    for size in ((32, 10, "float64"), (4096, 10, "float64"), LARGEST):
        parts = ("softmax", "range", "rows")
        yield case("gradient", *size, add_logits, GRADIENT, parts)
    for dtype in ("float32", "float64"):
        yield case("function", *LARGEST[:2], dtype, add_functions, FUNCTIONS)


def measure_processes() -> Iterator[tuple]:
    """Yield a row for each whole gradient, with the peak of a process of its own."""
    if sys.platform == "win32":  # which keeps no such peak
        return
    setup = "from tests.bench.line import add_logits\n"
    setup += f"globals().update(add_logits{LARGEST})"
    for way in ("with range", "with rows"):
        peak = measure_peak(setup, GRADIENT[way])
        yield ("process", way, *LARGEST, None, None, None, None, peak)
