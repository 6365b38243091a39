"""A call of PyTorch, as a case."""

import random
from collections.abc import Callable, Iterator

import numpy as np
import torch

from tests.peers.case import Case

torch.set_num_threads(1)  # the arrays are small
DTYPES = (torch.float64, torch.float32, torch.float16, torch.bfloat16)
BOTH = ("cross_entropy", "cross_entropy_grad")


def yield_comparisons(loss: Callable, logits, labels, options: dict) -> Iterator[Case]:
    """Yield our loss and our gradient against theirs."""
    x = logits.detach().clone().requires_grad_()
    value = loss(x, labels, **options)
    (grad,) = torch.autograd.grad(value.sum(), x)
    arguments = as_array(x), as_array(labels)
    same = translate_options(options, logits, labels)
    more = {"precision": name_dtype(x.dtype)}
    yield Case("cross_entropy", arguments, same, as_array(value), **more)
    yield Case("cross_entropy_grad", arguments, same, as_array(grad), **more)
    if x.ndim == 2 and not options and is_plain(labels):
        yield Case("delta_cross_entropy", arguments, {}, as_array(grad), **more)


def translate_options(options: dict, logits, labels) -> dict:
    """Return the options under which ours means the same: their defaults, named."""
    weight = options.get("weight")
    if not labels.is_floating_point():
        options = {"ignore_index": -100, **options}
    if weight is not None:
        options = {**options, "weight": as_array(weight)}
    return {"axis": find_class_axis(logits), **options}


def find_class_axis(logits) -> int:
    """Return the class axis of PyTorch's losses."""
    return 1 if logits.ndim > 1 else 0


def is_plain(labels) -> bool:
    """Tell whether the textbook form takes these labels: it checks nothing."""
    return not labels.is_floating_point() and len(labels) > 0 and labels.min() >= 0


def as_array(tensor) -> np.ndarray:
    """Return a tensor as an array; NumPy has no bfloat16 and no complex32."""
    wider = {torch.bfloat16: torch.float32, torch.complex32: torch.complex64}
    return tensor.detach().to(wider.get(tensor.dtype, tensor.dtype)).numpy()


def name_dtype(dtype) -> str:
    """Return the name of a dtype, as NumPy would write it."""
    return str(dtype).removeprefix("torch.")


def seed_samples() -> None:
    """Make the samples the same every time."""
    random.seed(0)
    torch.manual_seed(0)
