"""The steps to the fast function, in the shapes that its page tells of."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from examples import fast_steps
from examples.fast_cross_entropy import fast_cross_entropy
from tests.bench.case import Case

SIZES = ((128, 10), (4096, 10), (512, 1000), (4096, 1000), (256, 50257), (8192, 128))
DTYPES = ("float32", "float64")
STEPS = {
    "textbook": "loss, grad = textbook(X, y)",
    "rows": "loss, grad = number_rows(X, y)",
    "in place": "loss, grad = write_in_place(X, y)",
    "out": "loss, grad = write_in_place(X, y, out=G)",
    "product": "loss, grad = sum_by_product(X, y, out=G)",
    "scale": "loss, grad = scale_once(X, y, out=G)",
    "blocks": "loss, grad = work_in_blocks(X, y, out=G)",
    "buffer": "loss, grad = shrink_buffer(X, y, out=G)",
    "fast": "loss, grad = fast_cross_entropy(X, y, out=G)",
    "fast, new array": "loss, grad = fast_cross_entropy(X, y)",
    "exp": "np.exp(X, out=H)",
    "copy": "np.copyto(H, X)",
}
APART = ("exp", "copy")  # lower limits, which other work cannot beat
SHIFTED = {way: STEPS[way] for way in ("textbook", "out", "fast")}
THREADS = {
    "1 thread": "loss, grad = fast_cross_entropy(X, y, out=G)",
    "2 threads": "loss, grad = fast_cross_entropy(X, y, out=G, threads=2)",
}


def make_batch(m: int, K: int, dtype: str, scale: float = 1.0) -> dict:
    """Return logits, labels, memory for results, and the functions."""
    rng = np.random.default_rng(0)
    X = rng.normal(scale=scale, size=(m, K)).astype(dtype, copy=False)
    arrays = {"X": X, "G": np.empty_like(X), "H": np.empty_like(X)}
    names = {**arrays, "y": rng.integers(K, size=m), "np": np}
    steps = {name: f for name, f in vars(fast_steps).items() if callable(f)}
    return {**steps, **names, "fast_cross_entropy": fast_cross_entropy}


def cases() -> Iterator[Case]:
    """Yield the steps in each shape, then rows that need the shift, then threads."""
    for size in SIZES:
        for dtype in DTYPES:
            batch = partial(make_batch, *size, dtype)
            yield Case("fast", *size, dtype, batch, STEPS, apart=APART)
    for dtype in DTYPES:
        batch = partial(make_batch, 4096, 1000, dtype, scale=300.0)
        yield Case("shifted", 4096, 1000, dtype, batch, SHIFTED)
    for size in ((4096, 10), (4096, 1000), (256, 50257)):
        batch = partial(make_batch, *size, "float32")
        yield Case("threads", *size, "float32", batch, THREADS, wall=True)
