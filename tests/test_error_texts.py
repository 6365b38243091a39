"""A message of the running NumPy is known, in its words and in all others."""

import re

import numpy as np
import pytest

from examples.error_texts import MESSAGES, every_wording

OLDER = (
    "boolean index did not match indexed array along dimension 1; "
    "dimension is 3 but corresponding boolean dimension is 2"
)
NEWER = (
    "boolean index did not match indexed array along axis 1; "
    "size of axis is 3 but size of corresponding boolean axis is 2"
)


def test_the_running_wording_is_listed_for_the_running_version():
    with pytest.raises(IndexError) as caught:
        np.ones((4, 3))[:, [True, False]]
    texts = every_wording(caught.value)
    own, versions = next(iter(texts.items()))
    assert own == str(caught.value)
    assert versions == (
        "since NumPy 2.0"
        if np.lib.NumpyVersion(np.__version__) >= "2.0.0"
        else "before NumPy 2.0"
    )


@pytest.mark.parametrize(("own", "other"), [(OLDER, NEWER), (NEWER, OLDER)])
def test_each_wording_gives_the_others_with_its_own_numbers(own, other):
    assert list(every_wording(own)) == [own, other]


def test_an_unknown_wording_is_refused():
    with pytest.raises(ValueError, match="error is 'new words'; expected a message"):
        every_wording(IndexError("new words"))


def test_all_wordings_of_a_message_name_the_same_things():
    for wordings in MESSAGES:
        names = [set(re.findall(r"{(\w+)}", text)) for text in wordings]
        assert len(names) > 1
        assert all(found == names[0] for found in names)
