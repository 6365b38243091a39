"""The symptoms that identify each wrong line, and how to measure them."""

from functools import cache
from typing import NamedTuple

import numpy as np

from examples.numerical_gradient import (
    central_difference,
    relative_error,
    rounding_bound,
)
from examples.softmax_cross_entropy import cross_entropy
from examples.wrong_lines import (
    SETTINGS,
    build_step,
    draw_rows,
    run_training,
)


class Gradient(NamedTuple):
    """The gradients of one step, and what they should be.

    Attributes
    ----------
    logits : ndarray, shape (m, K)
        The step's `grad`, times m.
    weights : ndarray, shape (d, K)
        The step's change of W, divided by minus the learning rate.
    slopes : ndarray, shape (d, K)
        Central differences of the mean loss with respect to W.
    labels : ndarray of integers, shape (m,)
        The true labels of the rows.
    bound : float
        The largest relative error of a correct gradient.
    """

    logits: np.ndarray
    weights: np.ndarray
    slopes: np.ndarray
    labels: np.ndarray
    bound: float


def measure_gradient(name, task):
    """Take one step at random weights, and return its gradients.

    The weights are random because weights of 0 hide many bugs.

    Parameters
    ----------
    name : str
        "right", or a key of `CHANGES`.
    task : Task

    Returns
    -------
    Gradient

    Raises
    ------
    KeyError
        If there is no change with this name.
    Exception
        Any error of the wrong step.
    """
    setting = SETTINGS.get(name, {})
    W, b, rows = draw_start(task, **setting)
    before, m = W.copy(), len(rows)
    with np.errstate(all="ignore"):
        _, grad = build_step(name)(
            W, b, task.features, task.labels, rows, task.rate
        )
    taken = (before - W) / task.rate
    truth, bound = estimate_slopes(task, **setting)
    return Gradient(grad * m, taken, truth, task.labels[rows], bound)


def draw_start(task, **setting):
    """Return random weights and biases, and the rows of a step.

    The logits of an example differ by about 2. Then the probabilities
    differ clearly, and none of them rounds to 1.
    """
    rng = np.random.default_rng(task.seed)
    d, K = task.features.shape[1], task.labels.max() + 1
    scale = 2 / np.sqrt((task.features**2).sum(axis=1).mean())
    W = setting.get("level", 0.0) + rng.normal(scale=scale, size=(d, K))
    return W, rng.normal(scale=scale, size=K), draw_rows(rng, task, setting)


@cache
def estimate_slopes(task, **setting):
    """Return the numerical gradient with respect to W, and its bound."""
    W, b, rows = draw_start(task, **setting)
    A, y = task.features[rows], task.labels[rows]
    slopes = central_difference(lambda W: cross_entropy(A @ W + b, y), W)
    X = A @ W + b
    return slopes, rounding_bound(cross_entropy(X, y), X, slopes)


class Symptoms(NamedTuple):
    """The symptoms of one bug; "" if its step raises an error.

    Attributes
    ----------
    first : str
        The first loss, at weights that are all equal.
    sums : str
        The row sums of ``m * grad``.
    negative : str
        The place of the negative entries of `grad`.
    check : str
        The gradient compared with central differences.
    curve : str
        The shape of the loss curve. The other symptoms identify each bug
        without it.
    """

    first: str
    sums: str = ""
    negative: str = ""
    check: str = ""
    curve: str = ""

    def __str__(self):
        """Return the symptoms in three lines."""
        return (
            f"first loss: {self.first}\n"
            f"row sums: {self.sums}, negative entries: {self.negative}\n"
            f"gradient check: {self.check}, loss curve: {self.curve}"
        )


OVERFLOW = "nan, overflow encountered in exp"
DIVIDE = "nan, invalid value encountered in divide"
LOG = "nan, invalid value encountered in log"

# The symptoms of each bug, for all data and all seeds: first loss, row
# sums, negative entries, gradient check, curve.
SYMPTOMS = {
    name: Symptoms(*row.split(" | "))
    for name, row in {
        "right": "log K | 0 | the label | equal | falls",
        "left-out": "log K | 1 | nowhere | differs | stays",
        "wrong-sign": "log K | 2 | nowhere | differs | rises",
        "uphill": "log K | 0 | all but the label | × −1 | rises",
        "every-row": "log K | 1 − K | everywhere | differs | stays",
        "probabilities": "log K | below −1 | the label | differs | nan",
        "sigmoid": "log K | mixed | the label | differs | falls",
        "column-labels": "log K | 1 − K | everywhere | differs | stays",
        "one-label": "log K | 0 | one column | differs | rises",
        "one-below": "log K | 0 | the class before | differs | falls",
        "one-above": "IndexError",
        "out-of-order": "log K | 0 | elsewhere | differs | stays",
        "whole-matrix": "log(m K) | mixed | the label | differs | rises",
        "over-examples": "log m | mixed | the label | differs | rises",
        "keepdims": "ValueError",
        "softmax-before-loss": (
            "log K | 0 | the label, others | differs | falls"
        ),
        "softmax-twice": "log K | 0 | the label | differs | falls",
        "bracket": "log K | 0 | several | differs | nan",
        "no-shift": f"{OVERFLOW} | nan | nan | nan | nan",
        "one-maximum": f"{DIVIDE} | nan | nan | nan | nan",
        "never-divided": "log K | 0 | the label | × m | rises",
        "divided-twice": "log K | 0 | the label | × 1/m | stays",
        "divided-by-classes": "log K | 0 | the label | × m/K | rises",
        "alias": f"{LOG} | 0 | the label | equal | nan",
        "integer": "log K | −1 | the label | differs | rises",
        "repeated-rows": "log K | 0 or 1 | elsewhere | differs | stays",
        "mean-of-zeros": "log(K) / K | 0 | the label | equal | falls",
        "summed-loss": "m log K | 0 | the label | equal | falls",
    }.items()
}


def measure_symptoms(name, task):
    """Measure the symptoms of the correct step or of a wrong one.

    Parameters
    ----------
    name : str
        "right", or a key of `CHANGES`.
    task : Task

    Returns
    -------
    Symptoms

    Raises
    ------
    KeyError
        If there is no change with this name.
    """
    try:
        seen = run_training(name, task)
    except (IndexError, ValueError) as error:
        return Symptoms(type(error).__name__)
    m, K = len(task.labels), int(task.labels.max()) + 1
    found = measure_gradient(name, task)
    return Symptoms(
        name_first_loss(seen, m, K),
        name_row_sums(found.logits),
        name_negative_entries(found.logits, found.labels),
        name_factor(found, m, K),
        name_curve(seen.losses),
    )


def name_first_loss(seen, m, K):
    """Name the first loss, or NumPy's warning if it is nan."""
    if np.isnan(seen.losses[0]):
        return f"nan, {seen.warning}"
    known = {
        "log K": np.log(K),
        "log m": np.log(m),
        "log(m K)": np.log(m * K),
        "m log K": m * np.log(K),
        "log(K) / K": np.log(K) / K,
    }
    return name_nearest(seen.losses[0], known) or "another number"


def name_row_sums(grad):
    """Name the row sums of a gradient."""
    sums, K = grad.sum(axis=1), grad.shape[1]
    if np.isnan(sums).any():
        return "nan"
    known = {"0": 0, "1": 1, "2": 2, "1 − K": 1 - K, "−1": -1}
    names = {name_nearest(value, known) for value in sums}
    if names in ({"0"}, {"1"}, {"2"}, {"1 − K"}, {"−1"}):
        return names.pop()
    if names == {"0", "1"}:
        return "0 or 1"
    return "below −1" if (sums < -1).all() else "mixed"


def name_negative_entries(grad, labels):
    """Name the place of the negative entries of a gradient."""
    if np.isnan(grad).any():
        return "nan"
    negative, label = grad < 0, np.eye(grad.shape[1], dtype=bool)[labels]
    places = {
        "the label": label,
        "all but the label": ~label,
        "the class before": np.roll(label, -1, axis=1),
        "nowhere": np.zeros_like(label),
        "everywhere": np.ones_like(label),
    }
    for name, place in places.items():
        if np.array_equal(negative, place):
            return name
    if negative.any(axis=0).sum() == 1:
        return "one column"
    if negative.sum(axis=1).max() == 1:
        return "elsewhere"
    return "the label, others" if negative[label].all() else "several"


def name_factor(found, m, K):
    """Name the factor between a gradient and its central differences."""
    if np.isnan(found.weights).any():
        return "nan"
    known = {
        "equal": 1,
        "× m": m,
        "× 1/m": 1 / m,
        "× m/K": m / K,
        "× −1": -1,
    }
    for name, factor in known.items():
        error = relative_error(found.weights, factor * found.slopes)
        if error < found.bound:
            return name
    return "differs"


def name_curve(losses):
    """Name the shape of a loss curve."""
    relative = np.divide(losses, losses[0])
    if np.isnan(relative).any():
        return "nan"
    if relative.max() > 1.2:
        return "rises"
    return "stays" if relative.min() > 0.8 else "falls"


def name_nearest(value, known):
    """Return the name of the number that a value is, up to rounding error.

    A value is a sum of at most a few hundred numbers, or their mean:
    each addition rounds by at most eps times the sum, far less than 1e-9.
    """
    for name, number in known.items():
        if abs(value - number) <= 1e-9 * max(1, abs(number)):
            return name
    return ""
