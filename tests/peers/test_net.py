"""The comparison has no hole: mistakes in our functions are found by it."""

import inspect
import re
from types import ModuleType

import pytest

from examples import softmax_cross_entropy
from tests.peers.case import Case
from tests.peers.material import SOURCES, collect_cases

# A pattern in our source, and what is put in its place.
MISTAKES = {
    "the class axis is not moved back": (r"np\.moveaxis\(grad, -1, axis\)", "grad"),
    "a mean divides by the number of labels": (
        r"\(weight\[picked\] \* kept\)\.sum\(\)",
        "kept.sum()",
    ),
    "a mean divides by ignored labels too": (
        r"\(weight\[picked\] \* kept\)\.sum\(\)",
        "weight[picked].sum()",
    ),
    "nothing is ignored": (r"labels != ignore_index", "labels == labels"),
    "an ignored row is not 0": (r"grad\[~targets\.kept\] = 0", "pass"),
    "label smoothing is not weighted": (r"smoothing / K \* weight", "smoothing / K"),
    "label smoothing spares the label": (
        r"smoothing / K\b",
        "smoothing / max(K - 1, 1)",
    ),
    "probabilities are not smoothed": (
        r"\(1 - smoothing\) \* soft \+ smoothing / K",
        "soft",
    ),
    "targets are taken to sum to 1": (r"summed = .*", "summed = np.float64(1)"),
    "0 times -inf is added": (r"used = kept & .*", "used = kept"),
    "the largest logit is not subtracted": (r"((?:P|shifted) = x) - .*", r"\1 - 0"),
    "one softmax over all axes": (r"sum\(axis=axis, ", "sum(axis=None, "),
    "the gradient's sign": (r"grad = softmax\(np", "grad = -softmax(np"),
    "the textbook form adds 1": (r"y\] -= 1", "y] += 1"),
    "the textbook form does not divide": (r"grad / m\b", "grad"),
}


def count_failures(source: str) -> int:
    """Return how many cases show that functions written like this are wrong."""
    functions = ModuleType("functions")
    exec(source, vars(functions))
    calls = (call for _, source in SOURCES for call in collect_cases(source))
    return sum(isinstance(x, Case) and bool(x.find_fault(functions)) for x in calls)


def test_nothing_is_found_where_there_is_no_mistake():
    assert count_failures(inspect.getsource(softmax_cross_entropy)) == 0


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_found(mistake, count):
    pattern, wrong = MISTAKES[mistake]
    source, places = re.subn(pattern, wrong, inspect.getsource(softmax_cross_entropy))
    assert places, "the pattern is no longer in our source: write it anew"
    found = count_failures(source)
    count("mistakes, and cases that show them", mistake, found)
    assert found, "no case tells this mistake from the truth"
