"""SciPy: softmax, log_softmax and logsumexp, over axes and dtypes."""

import itertools
from collections.abc import Iterator

import numpy as np
from scipy import special

from tests.peers.case import Case, Deviation, yield_hard_logits

DTYPES = ("float64", "float32", "float16", np.dtype("g").name)


def along_every_axis() -> Iterator[Case]:
    """Yield random logits of one to four axes, along each of them."""
    rng = np.random.default_rng(0)
    shapes = ((4,), (1, 1), (5, 3), (2, 3, 4), (2, 1, 3, 2))
    for dtype, shape, size in itertools.product(DTYPES, shapes, (1.0, 10.0, 1000.0)):
        logits = (size * rng.normal(size=shape)).astype(dtype)
        for axis in range(-len(shape), len(shape)):
            yield from yield_comparisons(logits, axis)


def no_examples() -> Iterator[Case]:
    """Yield batches of no examples."""
    for shape in ((0, 3), (2, 0, 3)):
        yield from yield_comparisons(np.zeros(shape), -1)


def hard_inputs() -> Iterator[Case | Deviation]:
    """Yield large, masked, infinite and nan logits."""
    infinite = "log_softmax of +inf: all of the row is nan for us, as in softmax"
    masked = "all classes masked: our log_softmax is nan, SciPy's logsumexp -inf"
    for dtype in DTYPES:
        for logits in yield_hard_logits(dtype):
            softmax, *logarithms = yield_comparisons(logits, -1)
            yield softmax
            if np.isposinf(logits).any():
                theirs = np.where(np.isposinf(logits), np.nan, -np.inf)
                yield Deviation(logarithms[0], infinite, theirs, wanted=np.nan)
                yield Deviation(logarithms[1], infinite, np.inf, wanted=np.nan)
            elif np.isneginf(logits).all():
                yield logarithms[0]
                yield Deviation(logarithms[1], masked, -np.inf, wanted=np.nan)
            else:
                yield from logarithms


def gradients() -> Iterator[Case]:
    """Yield softmax less the one-hot labels, over the number of examples."""
    rng = np.random.default_rng(1)
    for dtype, m, K in itertools.product(DTYPES, (1, 4), (1, 2, 10)):
        logits = (3 * rng.normal(size=(m, K))).astype(dtype)
        labels = rng.integers(K, size=m)
        wide = logits.astype(np.result_type(dtype, float))
        grad = (special.softmax(wide, axis=-1) - np.eye(K)[labels]) / m
        losses = special.logsumexp(wide, axis=-1) - wide[np.arange(m), labels]
        for function in ("cross_entropy_grad", "delta_cross_entropy"):
            yield Case(function, (logits, labels), {}, grad.astype(dtype))
        yield Case("cross_entropy", (logits, labels), {}, losses.mean().astype(dtype))


SOURCES = (along_every_axis, no_examples, hard_inputs, gradients)


def yield_comparisons(logits: np.ndarray, axis: int) -> Iterator[Case]:
    """Yield softmax, its logarithm, and what the logarithm has subtracted."""
    for ours in ("softmax", "log_softmax"):
        yield Case(ours, (logits, axis), {}, getattr(special, ours)(logits, axis))
    theirs = special.logsumexp(logits, axis, keepdims=True)

    def subtracted(ours):
        at = logits.argmax(axis, keepdims=True)
        with np.errstate(invalid="ignore"):  # inf - nan
            return np.take_along_axis(logits - ours, at, axis)

    yield Case("log_softmax", (logits, axis), {}, theirs, subtracted)
