"""One training step, and twenty-seven ways to get a line of it wrong."""

import difflib
import inspect
import warnings
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from examples.softmax_cross_entropy import softmax


def step(W, b, features, labels, rows, rate):
    """Update W and b in place by one step on the mean loss of some rows."""
    A = features[rows]
    y = labels[rows]
    m = len(A)
    X = A @ W + b
    exps = np.exp(X - X.max(axis=1, keepdims=True))
    P = exps / exps.sum(axis=1, keepdims=True)
    grad = P.copy()
    grad[range(m), y] -= 1
    grad = grad / m
    W -= rate * A.T @ grad
    b -= rate * grad.sum(axis=0)
    loss = -np.log(P[range(m), y]).mean()
    return loss, grad


LABELS = "y = labels[rows]"
LOGITS = "X = A @ W + b"
EXPS = "exps = np.exp(X - X.max(axis=1, keepdims=True))"
SOFTMAX = "P = exps / exps.sum(axis=1, keepdims=True)"
COPY = "grad = P.copy()"
LINE = "grad[range(m), y] -= 1"
MEAN = "grad = grad / m"
LOSS = "loss = -np.log(P[range(m), y]).mean()"

# For each bug, the line of the step that it changes, and the wrong line.
CHANGES = {
    "left-out": (LINE, ""),
    "wrong-sign": (LINE, "grad[range(m), y] += 1"),
    "uphill": (MEAN, "grad = -grad / m"),
    "every-row": (LINE, "grad[:, y] -= 1"),
    "probabilities": (LINE, "grad = -np.eye(len(b))[y] / P"),
    "sigmoid": (MEAN, "grad = grad * P * (1 - P) / m"),
    "column-labels": (LABELS, "y = labels[rows, np.newaxis]"),
    "one-label": (LABELS, "y = labels[rows[:1]]"),
    "one-below": (LABELS, "y = labels[rows] - 1"),
    "one-above": (LABELS, "y = labels[rows] + 1"),
    "out-of-order": (LABELS, "y = labels"),
    "whole-matrix": (SOFTMAX, "P = exps / exps.sum()"),
    "over-examples": (SOFTMAX, "P = exps / exps.sum(axis=0)"),
    "keepdims": (SOFTMAX, "P = exps / exps.sum(axis=1)"),
    "softmax-before-loss": (LOGITS, "X = softmax(A @ W + b)"),
    "softmax-twice": (LOGITS, "X = softmax(A @ W + b)"),
    "bracket": (EXPS, "exps = np.exp(X) - X.max(axis=1, keepdims=True)"),
    "no-shift": (EXPS, "exps = np.exp(X)"),
    "one-maximum": (EXPS, "exps = np.exp(X - X.max())"),
    "never-divided": (MEAN, ""),
    "divided-twice": (MEAN, "grad = grad / m / m"),
    "divided-by-classes": (MEAN, "grad = grad / len(b)"),
    "alias": (COPY, "grad = P"),
    "integer": (COPY, "grad = P.astype(int)"),
    "repeated-rows": (LINE, "grad[rows, labels[rows]] -= 1"),
    "mean-of-zeros": (
        LOSS,
        "loss = np.mean(-np.eye(len(b))[y] * np.log(P))",
    ),
    "summed-loss": (LOSS, "loss = -np.log(P[range(m), y]).sum()"),
}

# Where automatic differentiation writes the rest of the step, it changes
# a second line: it takes the added softmax into account.
AUTOGRAD = {
    "softmax-before-loss": (
        MEAN,
        "grad = X * (grad - (X * grad).sum(axis=1, keepdims=True)) / m",
    ),
}

# Some bugs need a setting. With "level", all weights start at a large
# number, which changes no probability. With "replace", rows are drawn
# with replacement.
SETTINGS = {
    "no-shift": {"level": 1000.0},
    "one-maximum": {"level": 1000.0},
    "repeated-rows": {"replace": True},
}


def write_source(name):
    """Return the source of the correct step, or of a wrong one.

    A wrong step has one wrong line, or two if `AUTOGRAD` has its name.
    """
    source = inspect.getsource(step)
    if name == "right":
        return source
    if name not in CHANGES:
        raise KeyError(f"name is {name!r}; expected a key of CHANGES")
    for change in filter(None, (CHANGES[name], AUTOGRAD.get(name))):
        source = change_line(source, *change)
    return source


def change_line(source, right, wrong):
    """Replace a line of the step by another one, or by none if it is ""."""
    new = f"    {wrong}\n" if wrong else ""
    return source.replace(f"    {right}\n", new)


def build_step(name):
    """Return the correct step, or a wrong one, as a function.

    Parameters
    ----------
    name : str
        "right", or a key of `CHANGES`.

    Returns
    -------
    function
        A function with the arguments of `step`, which returns the loss
        and the gradient.

    Raises
    ------
    KeyError
        If there is no change with this name.
    """
    return compile_step(write_source(name))


def compile_step(source):
    """Return the function that a source of the step defines."""
    names = {"np": np, "softmax": softmax}
    exec(source, names)
    return names["step"]


def compare_sources(name):
    """Return the lines in which a wrong step differs from the correct one.

    Parameters
    ----------
    name : str
        A key of `CHANGES`.

    Returns
    -------
    str
        The correct line after a minus sign, and the wrong line after a
        plus sign.

    Raises
    ------
    KeyError
        If there is no change with this name.
    """
    both = [write_source(which).splitlines() for which in ("right", name)]
    return "\n".join(
        f"{line[0]} {line[1:].strip()}"
        for line in difflib.ndiff(*both)
        if line[0] in "+-"
    )


@dataclass(frozen=True, eq=False)
class Task:
    """Data to learn, with a learning rate and a seed.

    Parameters
    ----------
    features : ndarray of floats, shape (n, d)
        One row for each example.
    labels : ndarray of integers, shape (n,)
        Classes from 0 to K - 1, each of which occurs.
    rate : float
        The learning rate.
    seed : int
        The seed of the order of the rows and of the random weights.
    """

    features: np.ndarray
    labels: np.ndarray
    rate: float
    seed: int


def make_clouds(seed):
    """Return 300 points in three clouds that overlap, as a `Task`."""
    rng = np.random.default_rng(seed)
    labels = np.arange(300) % 3
    features = rng.normal(size=(300, 2)) + 2 * np.eye(3, 2)[labels]
    return Task(features, labels, rate=1.0, seed=seed)


def sample_digits(seed):
    """Return 200 of scikit-learn's handwritten digits, as a `Task`."""
    from sklearn.datasets import load_digits  # slow to import

    data = load_digits()
    rng = np.random.default_rng(seed)
    rows = rng.permutation(len(data.target))[:200]
    features, labels = data.data[rows] / 16, data.target[rows]
    return Task(features, labels, rate=1.5, seed=seed)


class Moment(NamedTuple):
    """A training after one of its steps.

    Attributes
    ----------
    loss : float
        The loss that the step returns.
    accuracy : float
        The accuracy after the step, for the labels of the task.
    labels : ndarray of integers, shape (m,)
        The labels of the examples of the step.
    grad : ndarray of floats, shape (m, K)
        The gradient that the step returns.
    """

    loss: float
    accuracy: float
    labels: np.ndarray
    grad: np.ndarray


def take_steps(one_step, task, setting, batch=None):
    """Train a linear model, and yield each step of an endless training.

    Parameters
    ----------
    one_step : function
        The correct step or a wrong one, from `compile_step`.
    task : Task
    setting : dict
        The number "level" at which all weights start, and "replace",
        which is True to draw rows with replacement.
    batch : int, optional
        The number of examples in a step. The last step of an epoch may
        have fewer. By default, each step uses all examples.

    Yields
    ------
    Moment

    Raises
    ------
    ValueError
        If `batch` is less than 1.
    Exception
        Any error of the step.
    """
    n, d = task.features.shape
    K = task.labels.max() + 1
    size = n if batch is None else batch
    if size < 1:
        raise ValueError(f"batch is {batch}; expected 1 or more")
    rng = np.random.default_rng(task.seed)
    W, b = np.full((d, K), setting.get("level", 0.0)), np.zeros(K)
    while True:
        order = draw_rows(rng, task, setting)
        for start in range(0, n, size):
            rows = order[start : start + size]
            loss, grad = one_step(
                W, b, task.features, task.labels, rows, task.rate
            )
            answers = (task.features @ W + b).argmax(axis=1)
            accuracy = float((answers == task.labels).mean())
            yield Moment(float(loss), accuracy, task.labels[rows], grad)


class Run(NamedTuple):
    """The curves of a training.

    Attributes
    ----------
    losses : list of float
        The loss that each step returns.
    accuracies : list of float
        The accuracy after each step, for the labels of the task.
    warning : str
        NumPy's first warning in the first step, or "".
    """

    losses: list[float]
    accuracies: list[float]
    warning: str


def run_training(name, task, steps=100, setting=None):
    """Train with the correct step or with a wrong one.

    Parameters
    ----------
    name : str
        "right", or a key of `CHANGES`.
    task : Task
    steps : int, optional
        The number of steps. Each step uses all n examples, in a new
        order.
    setting : dict, optional
        The number "level" at which all weights start, and "replace",
        which is True to draw rows with replacement. By default, the
        setting of the bug in `SETTINGS`.

    Returns
    -------
    Run

    Raises
    ------
    KeyError
        If there is no change with this name.
    Exception
        Any error of the wrong step.
    """
    if setting is None:
        setting = SETTINGS.get(name, {})
    moments = take_steps(build_step(name), task, setting)
    losses, accuracies, warning = [], [], ""
    for _ in range(steps):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            moment = next(moments)
        if not losses and caught:
            warning = str(caught[0].message)
        losses.append(moment.loss)
        accuracies.append(moment.accuracy)
    return Run(losses, accuracies, warning)


def draw_rows(rng, task, setting):
    """Return the rows of the next step, in a random order."""
    n = len(task.labels)
    if setting.get("replace"):
        return rng.integers(n, size=n)
    return rng.permutation(n)
