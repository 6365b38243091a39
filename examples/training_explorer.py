"""A training whose rate, batch and lines a reader chooses, step by step."""

import inspect
from dataclasses import replace
from functools import cache

import numpy as np

from examples.wrong_lines import (
    AUTOGRAD,
    CHANGES,
    LINE,
    SETTINGS,
    change_line,
    compile_step,
    sample_digits,
    step,
    take_steps,
)

# The bugs that change one line only.
NAMES = ["right", *(name for name in CHANGES if name not in AUTOGRAD)]
sample_once = cache(sample_digits)


def load_digits(rate):
    """Return 200 handwritten digits with a learning rate, as a `Task`."""
    return replace(sample_once(seed=0), rate=rate)


def get_lines(name):
    """Return the line of the step that a bug replaces, and its new line.

    Parameters
    ----------
    name : str
        One of `NAMES`. For "right", both are `LINE`.
    """
    return (LINE, LINE) if name == "right" else CHANGES[name]


def start_training(name, line, rate, batch):
    """Start a training in which one line of the step is replaced.

    Parameters
    ----------
    name : str
        One of `NAMES`. It says which line is replaced.
    line : str
        The new line, or "" to leave the line out.
    rate : float
        The learning rate.
    batch : int
        The number of examples in a step, of 200.

    Returns
    -------
    iterator of Moment
        Each next item trains for one more step.

    Raises
    ------
    KeyError
        If there is no change with this name.
    SyntaxError
        If the new line is not Python.
    """
    old, _ = get_lines(name)
    source = change_line(inspect.getsource(step), old, line)
    task, setting = load_digits(rate), SETTINGS.get(name, {})
    return take_steps(compile_step(source), task, setting, batch)


def scale_gradient(moment, rows=8):
    """Return m times the gradient of the first examples of a step.

    Without the factor 1/m of the mean, each entry of a correct gradient is
    a probability, minus 1 at the label.

    Parameters
    ----------
    moment : Moment
    rows : int, optional
        The number of examples.

    Returns
    -------
    ndarray of floats, shape (rows, K)
    """
    return len(moment.labels) * np.asarray(moment.grad)[:rows]
