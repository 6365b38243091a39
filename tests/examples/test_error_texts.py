"""A message of the running NumPy is known, in its words and in all others."""

import re
import warnings

import numpy as np
import pytest

from examples.error_texts import MESSAGES, format_wordings, list_wordings

OLDER = (
    "boolean index did not match indexed array along dimension 1; "
    "dimension is 3 but corresponding boolean dimension is 2"
)
NEWER = (
    "boolean index did not match indexed array along axis 1; "
    "size of axis is 3 but size of corresponding boolean axis is 2"
)


def add_minus_one():
    levels = np.zeros(3, dtype=np.uint8)
    levels[[0, 1]] += -1


# One statement that fails for each dict of MESSAGES, in their order.
FAILURES = (
    lambda: np.ones((4, 3))[:, [True, False]],
    add_minus_one,
    lambda: np.choose([0, 1], np.zeros((100, 2))),
    lambda: np.take_along_axis(np.ones((2, 3)), np.array([[1]]), axis=None),
    lambda: np.zeros(2).__setitem__([0], np.array(["x"])),
    lambda: np.zeros((3, 4)).__setitem__(([7], slice(0, 0)), 1),
    lambda: np.nonzero(False),
)


def message(fails):
    """Return what a statement that fails says; a warning counts as an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            fails()
        except (Warning, ArithmeticError, LookupError, TypeError, ValueError) as error:
            return str(error)
    raise AssertionError("nothing was raised")


def runs(versions):
    """Say whether the running NumPy is among versions."""
    word, number = re.fullmatch(r"(since|before) NumPy ([\d.]+)", versions).groups()
    return (np.lib.NumpyVersion(np.__version__) >= f"{number}.0") == (word == "since")


def test_the_running_wording_is_listed_for_the_running_version():
    for wordings, fails in zip(MESSAGES, FAILURES, strict=True):
        said = message(fails)
        own, *others = list_wordings(said).items()
        assert own[0] == said
        assert len(others) == len(wordings) - 1
        assert runs(own[1])
        assert not any(runs(versions) for _, versions in others)


@pytest.mark.parametrize(("own", "other"), [(OLDER, NEWER), (NEWER, OLDER)])
def test_each_wording_gives_the_others_with_its_own_numbers(own, other):
    assert list(list_wordings(own)) == [own, other]


def test_the_list_has_its_own_words_first_and_wraps_the_long_ones():
    own, other = format_wordings(OLDER).split("since NumPy 2.0\n")
    assert own.startswith("before NumPy 2.0\n    boolean index did not match")
    assert " ".join(other.split()) == NEWER
    assert max(map(len, format_wordings(OLDER).splitlines())) < 80


def test_an_unknown_wording_is_refused():
    with pytest.raises(ValueError, match="error is 'new words'; expected a message"):
        list_wordings(IndexError("new words"))


def test_all_wordings_of_a_message_name_the_same_things():
    for wordings in MESSAGES:
        names = [set(re.findall(r"{(\w+)}", text)) for text in wordings]
        assert len(names) > 1
        assert all(found == names[0] for found in names)
