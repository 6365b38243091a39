"""A message of the running NumPy is known, in its words and in all others."""

import re

import pytest

from examples.error_texts import format_wordings, list_wordings, read_wordings
from examples.version_facts import FACTS, find_side, run_code

OLDER = (
    "boolean index did not match indexed array along dimension 1; "
    "dimension is 3 but corresponding boolean dimension is 2"
)
NEWER = (
    "boolean index did not match indexed array along axis 1; "
    "size of axis is 3 but size of corresponding boolean axis is 2"
)


OTHER = {"before": "after", "after": "before"}
REWORDED = [fact for fact in FACTS.values() if fact.reworded]


def versions(fact, side):
    """Return the words that say which versions are on a side of a change."""
    return f"{'since' if side == 'after' else 'before'} NumPy {fact.release}"


@pytest.mark.parametrize("fact", REWORDED, ids=lambda fact: fact.name)
def test_the_running_wording_is_listed_for_the_running_version(fact):
    message = run_code(fact.code).partition(": ")[2]
    own, other = list_wordings(message).items()
    assert own == (message, versions(fact, find_side(fact)))
    assert other[1] == versions(fact, OTHER[find_side(fact)])


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


@pytest.mark.parametrize("fact", REWORDED, ids=lambda fact: fact.name)
def test_both_wordings_of_a_message_name_the_same_things(fact):
    newer, older = (set(re.findall(r"{(\w+)}", x)) for x in read_wordings(fact))
    assert newer == older
