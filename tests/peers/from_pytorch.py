"""PyTorch on more than its samples: every option together, and the hard cases."""

import itertools
from collections.abc import Iterator

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy

from tests.peers.case import Case, Deviation, Refusal, yield_hard_logits
from tests.peers.pytorch_call import (
    BOTH,
    DTYPES,
    as_array,
    find_class_axis,
    seed_samples,
    yield_comparisons,
)


def every_option() -> Iterator[Case]:
    """Yield each combination of options, for each kind of labels and of shape."""
    seed_samples()
    shapes = ((3,), (4, 3), (0, 3), (2, 3, 5), (2, 3, 2, 2))
    for dtype, shape in itertools.product(DTYPES, shapes):
        logits = 3 * torch.randn(shape, dtype=dtype)
        batch = logits.select(find_class_axis(logits), 0).shape
        labels = torch.randint(3, batch)
        some = torch.where(torch.rand(batch) < 0.5, -100, labels)
        same = torch.full(batch, 2)
        soft = torch.softmax(torch.randn(shape, dtype=dtype), find_class_axis(logits))
        kinds = (
            (labels, {}),
            (labels, {"ignore_index": 1}),
            (some, {}),
            (same, {}),  # in one of the weights below, none of them counts
            (same, {"ignore_index": 2}),  # all are ignored
            (soft, {}),
        )
        weights = (None, [0.5, 2, 1], [0.5, 2, 0])
        reductions = ("mean", "sum", "none")
        for (y, more), weight, smoothing, reduction in itertools.product(
            kinds, weights, (0.0, 0.1, 1.0), reductions
        ):
            factors = None if weight is None else torch.tensor(weight, dtype=dtype)
            options = {"label_smoothing": smoothing, "reduction": reduction, **more}
            yield from yield_comparisons(
                cross_entropy, logits, y, {"weight": factors, **options}
            )


def hard_inputs() -> Iterator[Case]:
    """Yield large, masked, infinite and nan logits, with each label."""
    for dtype in ("float16", "float32", "float64"):
        for x in yield_hard_logits(dtype):
            logits = torch.tensor(x)
            for ours in ("softmax", "log_softmax"):
                yield Case(ours, (x,), {}, as_array(getattr(torch, ours)(logits, -1)))
            for label in range(x.shape[1]):
                yield from yield_comparisons(
                    cross_entropy, logits, torch.tensor([label]), {}
                )


def accepted_by_us_alone() -> Iterator[Case]:
    """Yield what PyTorch refuses, with what it gives for the equivalent."""
    seed_samples()
    logits, labels = torch.randn(2, 3, dtype=torch.float64), torch.tensor([2, 0])
    whole, counts = torch.tensor([[1, 2, 3], [0, 5, 0]]), torch.tensor([1, 2, 3])
    narrow = (torch.int8, torch.int16, torch.int32, torch.uint16, torch.uint32)
    for x, y, options in (
        *((logits, labels.to(dtype), {}) for dtype in narrow),
        (whole, labels, {}),
        (logits, labels, {"weight": counts}),
    ):
        with pytest.raises(RuntimeError):
            cross_entropy(x, y, **options)
        wide = {key: value.double() for key, value in options.items()}
        theirs = cross_entropy(x.double(), y.long(), **wide)
        same = {key: as_array(value) for key, value in options.items()}
        yield Case("cross_entropy", (as_array(x), as_array(y)), same, as_array(theirs))


def accepted_by_them_alone() -> Iterator[Case | Refusal]:
    """Yield what we refuse, and its equivalent."""
    seed_samples()
    logits = torch.randn(2, 3, dtype=torch.float64)
    labels, soft = torch.tensor([2, -100]), torch.softmax(logits, -1)
    accepted = (
        (labels, "a label of -100 is not ignored unless ignore_index says so"),
        (soft, "probabilities take no ignore_index, be it negative"),
    )
    for y, reason in accepted:
        refused = {} if y is labels else {"ignore_index": -100}
        for function in BOTH:
            yield Refusal(function, (as_array(logits), as_array(y)), refused, reason)
        yield from yield_comparisons(cross_entropy, logits, y, {})
    none = torch.zeros(0, 0), torch.zeros(0, dtype=torch.long)
    assert cross_entropy(*none).isnan()
    for function in BOTH:
        reason = "without a class there is no loss"
        yield Refusal(function, tuple(map(as_array, none)), {}, reason)


def different_on_purpose() -> Iterator[Case | Deviation]:
    """Yield what PyTorch and we define differently."""
    masked = torch.tensor([[0, -torch.inf, 0]], dtype=torch.float64)
    half = torch.tensor([[0.5, 0, 0.5]], dtype=torch.float64)
    first, second = torch.tensor([0]), torch.tensor([1])
    weight = torch.tensor([1, 0, 1], dtype=torch.float64)
    log2, smooth = np.log(2), {"weight": weight, "label_smoothing": 0.3}
    reason = "0 times an infinite loss is nan for PyTorch; a target of 0 counts 0"
    for labels, options, wanted in (
        (half, {}, log2),
        (first, smooth, (0.7 + 0.2) * log2),
        (second, {"weight": weight, "reduction": "sum"}, 0),
    ):
        loss, _ = yield_comparisons(cross_entropy, masked, labels, options)
        yield Deviation(loss, reason, theirs=np.nan, wanted=wanted)
    lost = torch.full((1, 3), torch.nan, dtype=torch.float64)
    for options in ({"reduction": "sum"}, {"reduction": "none"}):
        loss, grad = yield_comparisons(
            cross_entropy, lost, torch.tensor([-100]), options
        )
        yield loss
        reason = "an ignored row whose logits are nan has the gradient nan, for us 0"
        yield Deviation(grad, reason, theirs=np.nan, wanted=0)
    logits = torch.tensor([[1, 0, 0], [0, 0, 2]], dtype=torch.float64)
    cancel = {"weight": torch.tensor([1, -1, 1], dtype=torch.float64)}
    loss, grad, *_ = yield_comparisons(
        cross_entropy, logits, torch.tensor([0, 1]), cancel
    )
    reason = "the mean over weights that cancel is infinite for PyTorch, nan for us"
    yield Deviation(loss, reason, theirs=-np.inf, wanted=np.nan)
    theirs = np.array([[np.nan, np.inf, np.inf], [-np.inf, np.nan, -np.inf]])
    yield Deviation(grad, reason, theirs, wanted=np.nan)


SOURCES = (
    every_option,
    hard_inputs,
    accepted_by_us_alone,
    accepted_by_them_alone,
    different_on_purpose,
)
