"""The training explorer trains as the page on wrong lines does, step by step."""

from itertools import islice

import numpy as np
import pytest

from examples.training_explorer import (
    NAMES,
    get_lines,
    load_digits,
    scale_gradient,
    start_training,
)
from examples.wrong_lines import AUTOGRAD, CHANGES, LINE, run_training


def take(count, name, line=None, rate=1.5, batch=200):
    """Return the first steps of a training."""
    line = get_lines(name)[1] if line is None else line
    with np.errstate(all="ignore"):
        return list(islice(start_training(name, line, rate, batch), count))


def test_the_explorer_has_each_bug_that_changes_one_line():
    assert set(NAMES) | set(AUTOGRAD) == {"right", *CHANGES}


@pytest.mark.parametrize("name", ["right", "left-out", "never-divided", "one-below"])
def test_the_curves_are_those_of_the_page(name):
    wanted = run_training(name, load_digits(1.5), steps=5)
    found = take(5, name)
    assert [moment.loss for moment in found] == wanted.losses
    assert [moment.accuracy for moment in found] == wanted.accuracies


def test_an_epoch_has_a_last_batch_with_the_rest():
    sizes = [len(moment.labels) for moment in take(5, "right", batch=64)]
    assert sizes == [64, 64, 64, 8, 64]


def test_the_line_of_the_reader_is_the_one_that_runs():
    (right,), (typed,) = take(1, "right"), take(1, "right", "grad[:, y] -= 1")
    assert np.allclose(scale_gradient(right).sum(axis=1), 0)
    assert np.allclose(scale_gradient(typed).sum(axis=1), 1 - 10)
    (empty,) = take(1, "right", "")
    assert np.allclose(scale_gradient(empty).sum(axis=1), 1)


def test_the_gradient_without_the_mean_is_p_minus_the_one_hot_label():
    (moment,) = take(1, "right")
    wanted = np.full((8, 10), 0.1) - np.eye(10)[moment.labels[:8]]
    assert np.allclose(scale_gradient(moment), wanted)


def test_the_learning_rate_scales_the_first_step():
    slow, fast = take(2, "right", rate=0.01), take(2, "right", rate=0.02)
    drops = [run[0].loss - run[1].loss for run in (slow, fast)]
    assert np.isclose(drops[1] / drops[0], 2, rtol=0.05)


def test_what_cannot_be_trained_is_refused():
    with pytest.raises(ValueError, match="batch"):
        take(1, "right", batch=0)
    with pytest.raises(KeyError):
        take(1, "no-such-bug", LINE)
    with pytest.raises(SyntaxError):
        take(1, "right", "grad[range(m), y -= 1")
