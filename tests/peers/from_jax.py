"""JAX: ``jax.grad`` of minus ``log_softmax``, picked at the labels or weighted."""

import itertools
from collections.abc import Callable, Iterator
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from tests.peers.case import Case, Refusal, yield_hard_logits

jax.config.update("jax_enable_x64", True)
DTYPES = ("float64", "float32", "float16", "bfloat16")
WEIGHT = np.array([0.5, 2.0, 1.0, 0.0, 3.0])


def softmax() -> Iterator[Case]:
    """Yield softmax and its logarithm along every axis."""
    for logits, axis, dtype in yield_random_logits():
        yield from yield_softmaxes(logits, axis, dtype)


def picked_at_the_labels() -> Iterator[Case]:
    """Yield losses of class indices along every axis, some ignored, some weighted."""
    rng = np.random.default_rng(0)
    for logits, axis, dtype in yield_random_logits():
        weight = WEIGHT[: logits.shape[axis]]
        labels = np.array(rng.integers(len(weight), size=logits.take(0, axis).shape))
        labels.flat[-1] = 0  # one that counts
        for more in ({}, {"weight": weight}, {"weight": weight, "ignore_index": 1}):
            factors = more.get("weight", np.ones_like(weight))[labels]
            factors = factors * (labels != more.get("ignore_index"))
            for reduction in ("mean", "sum", "none"):
                total = factors.sum() if reduction == "mean" else 1
                options = {"axis": axis, "reduction": reduction, **more}
                yield from yield_comparisons(
                    pick_losses, logits, labels, options, dtype, total, factors
                )


def weighted_by_probabilities() -> Iterator[Case]:
    """Yield losses of probabilities and of smoothed labels along every axis."""
    rng = np.random.default_rng(1)
    for logits, axis, dtype in yield_random_logits():
        K, m = logits.shape[axis], logits.take(0, axis).size
        soft = np.moveaxis(
            rng.dirichlet(np.ones(K), logits.take(0, axis).shape), -1, axis
        )
        for smoothing in (0.0, 0.1):
            spread = (1 - smoothing) * soft + smoothing / K
            options = {"axis": axis, "label_smoothing": smoothing}
            yield from yield_comparisons(
                weight_losses, logits, soft, options, dtype, m, spread
            )


def hard_inputs() -> Iterator[Case]:
    """Yield large, masked, infinite and nan logits, with each label."""
    for dtype in DTYPES[:3]:
        for logits in yield_hard_logits(dtype):
            yield from yield_softmaxes(logits, -1, dtype)
            for label in range(logits.shape[1]):
                labels = np.array([label])
                yield from yield_comparisons(
                    pick_losses, logits, labels, {}, dtype, 1, np.ones(1)
                )


def accepted_by_them_alone() -> Iterator[Refusal]:
    """Yield labels out of range, for which JAX answers nan or another class."""
    logits, one = jnp.log(jnp.array([[0.25, 0.25, 0.5]])), jnp.ones(1)
    assert jnp.isnan(pick_losses(logits, jnp.array([3]), one, axis=-1))
    assert jnp.isclose(pick_losses(logits, jnp.array([-1]), one, axis=-1), jnp.log(2))
    reasons = {3: "label K: nan for JAX", -1: "label -1: the last class for JAX"}
    for label, reason in reasons.items():
        for function in ("cross_entropy", "cross_entropy_grad"):
            arguments = np.asarray(logits), np.array([label])
            yield Refusal(function, arguments, {}, reason)


SOURCES = (
    softmax,
    picked_at_the_labels,
    weighted_by_probabilities,
    hard_inputs,
    accepted_by_them_alone,
)


def yield_random_logits() -> Iterator[tuple[np.ndarray, int, str]]:
    """Yield logits of several shapes, sizes and dtypes, with each class axis."""
    rng = np.random.default_rng(0)
    for dtype, shape in itertools.product(DTYPES, ((5,), (4, 3), (2, 3, 4))):
        for axis, size in itertools.product(range(len(shape)), (1.0, 30.0)):
            logits = (size * rng.normal(size=shape)).astype(jnp.dtype(dtype))
            yield as_array(logits), axis, dtype


def pick_losses(logits, labels, factors, axis: int):
    """Return ``-log_softmax`` at the labels, times a factor for each example."""
    logs = jax.nn.log_softmax(logits, axis)
    at = jnp.take_along_axis(logs, jnp.expand_dims(labels, axis), axis)
    return -at.squeeze(axis) * factors.astype(logits.dtype)


def weight_losses(logits, labels, targets, axis: int):
    """Return ``-log_softmax`` weighted by targets, summed over the classes."""
    return -(targets.astype(logits.dtype) * jax.nn.log_softmax(logits, axis)).sum(axis)


@partial(jax.jit, static_argnames=("losses", "axis"))
def differentiate(losses: Callable, x, labels, factors, total, axis: int):
    """Return the losses, their sum over the total, and its gradient."""

    def divided(x):
        each = losses(x, labels, factors, axis)
        return each.sum() / jnp.asarray(total, x.dtype), each

    (value, each), grad = jax.value_and_grad(divided, has_aux=True)(x)
    return each, value, grad


@partial(jax.jit, static_argnames="axis")
def compute_softmaxes(x, axis: int) -> dict:
    """Return softmax and its logarithm, by the names of ours."""
    names = ("softmax", "log_softmax")
    return {name: getattr(jax.nn, name)(x, axis) for name in names}


def yield_softmaxes(logits, axis: int, dtype: str) -> Iterator[Case]:
    """Yield softmax and its logarithm."""
    for function, theirs in compute_softmaxes(
        logits.astype(jnp.dtype(dtype)), axis
    ).items():
        yield Case(function, (logits, axis), {}, as_array(theirs), precision=dtype)


def yield_comparisons(
    losses: Callable, logits, labels, options: dict, dtype: str, total, factors
) -> Iterator[Case]:
    """Yield our loss and our gradient against theirs."""
    x = logits.astype(jnp.dtype(dtype))
    axis = options.get("axis", -1)
    each, value, grad = differentiate(losses, x, labels, factors, float(total), axis)
    value = each if options.get("reduction") == "none" else value
    for function, theirs in (("cross_entropy", value), ("cross_entropy_grad", grad)):
        arguments = logits, labels
        yield Case(function, arguments, options, as_array(theirs), precision=dtype)
    if not options:
        yield Case(
            "delta_cross_entropy", arguments, {}, as_array(grad), precision=dtype
        )


def as_array(values) -> np.ndarray:
    """Return a NumPy array; bfloat16 is none of its own dtypes."""
    values = np.asarray(values)
    return values.astype("f4") if values.dtype == jnp.bfloat16 else values
