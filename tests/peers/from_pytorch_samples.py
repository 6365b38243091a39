"""The samples on which PyTorch tests its own operators and modules."""

import itertools
from collections.abc import Callable, Iterator

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy, log_softmax, nll_loss
from torch.testing._internal.common_methods_invocations import op_db
from torch.testing._internal.common_modules import module_db

from tests.peers.case import Case, Refusal
from tests.peers.pytorch_call import (
    BOTH,
    DTYPES,
    as_array,
    find_class_axis,
    name_dtype,
    seed_samples,
    translate_options,
    yield_comparisons,
)


def operators_cross_entropy() -> Iterator[Case]:
    """Yield every sample of the operator ``nn.functional.cross_entropy``."""
    for dtype in DTYPES:
        for _, logits, (labels,), options in yield_samples(cross_entropy, dtype):
            yield from yield_comparisons(cross_entropy, logits, labels, options)


def operators_nll_loss() -> Iterator[Case]:
    """Yield every sample of ``nn.functional.nll_loss``, as logits for our loss."""

    def loss(logits, labels, **options):
        return nll_loss(log_softmax(logits, find_class_axis(logits)), labels, **options)

    for dtype in DTYPES:
        for _, logits, (labels,), options in yield_samples(nll_loss, dtype):
            yield from yield_comparisons(loss, logits, labels, options)


def operators_softmax() -> Iterator[Case | Refusal]:
    """Yield every sample of ``softmax`` and ``log_softmax``, in every dtype."""
    for ours, dtype in itertools.product(("softmax", "log_softmax"), list_dtypes()):
        for operator, logits, (axis,), options in yield_samples(
            getattr(torch, ours), dtype
        ):
            theirs = operator(logits, axis, **options)
            if reason := explain_refusal(logits, axis):
                yield Refusal(ours, (as_array(logits), axis), {}, reason)
            if logits.ndim and not logits.shape[axis]:
                continue  # refused above: without a class there is no equivalent
            same = logits.real if logits.is_complex() else logits
            if same.is_floating_point() or same.dtype == torch.bool:
                same = same.to(
                    theirs.dtype
                )  # our integers become float64 by themselves
            same = as_array(same.reshape(logits.shape or 1))
            shape = theirs.shape
            yield Case(
                ours,
                (same, axis),
                {},
                as_array(theirs),
                lambda found, shape=shape: np.reshape(found, shape),
                name_dtype(theirs.dtype),
            )


def modules_cross_entropy() -> Iterator[Case]:
    """Yield every sample of the module ``CrossEntropyLoss``."""

    def loss(logits, labels, **options):
        return torch.nn.CrossEntropyLoss(**options)(logits, labels)

    (module,) = [m for m in module_db if m.module_cls is torch.nn.CrossEntropyLoss]
    for dtype in DTYPES:
        seed_samples()
        for sample in module.module_inputs_func(module, "cpu", dtype, False, True):
            options = sample.constructor_input.kwargs
            yield from yield_comparisons(loss, *sample.forward_input.args, options)


def modules_errors() -> Iterator[Refusal]:
    """Yield every sample that the module ``CrossEntropyLoss`` refuses: so do we."""
    (module,) = [m for m in module_db if m.module_cls is torch.nn.CrossEntropyLoss]
    for error in module.module_error_inputs_func(
        module, "cpu", torch.float64, False, True
    ):
        sample = error.module_error_input
        options = sample.constructor_input.kwargs
        with pytest.raises(error.error_type, match=error.error_regex):
            torch.nn.CrossEntropyLoss(**options)(*sample.forward_input.args)
        arguments = tuple(map(as_array, sample.forward_input.args))
        same = translate_options(options, *sample.forward_input.args)
        for function in BOTH:
            yield Refusal(function, arguments, same, "refused by both")


SOURCES = (
    operators_cross_entropy,
    operators_nll_loss,
    operators_softmax,
    modules_cross_entropy,
    modules_errors,
)


def yield_samples(function: Callable, dtype) -> Iterator[tuple]:
    """Yield the samples of an operator: the call, its input, arguments, options."""
    seed_samples()
    for operator in op_db:
        called = operator.name.removeprefix("nn.functional.")
        if called == function.__name__ and dtype in operator.dtypes:
            for sample in operator.reference_inputs("cpu", dtype):
                yield operator, sample.input, sample.args, sample.kwargs


def list_dtypes() -> list:
    """Return the dtypes for which PyTorch has samples of softmax."""
    found = [op.dtypes for op in op_db if op.name in ("softmax", "log_softmax")]
    return sorted(set().union(*found), key=str)


def explain_refusal(logits, axis: int) -> str:
    """Say why ours refuses logits that PyTorch's softmax takes, if it does."""
    if logits.ndim == 0:
        return "a number has no class axis"
    if logits.shape[axis] == 0:
        return "without a class there is no probability"
    if logits.is_complex():
        return "complex numbers, whose imaginary parts PyTorch drops"
    return "booleans are no logits" if logits.dtype == torch.bool else ""
