"""Each refused wording is found, and plain sentences pass."""

import pytest
from conftest import FRONT

from extensions.page import read_page
from tests import wording

SAMPLES = (
    "Nobody sees the copy.",
    "All rows but for one are right.",
    "Any label, and be it negative, is taken.",
    "A masked row counts nothing.",
    "It is subtracted at each mention of the cell.",
    "It wraps around in silence.",
    "See what NumPy makes of the list.",
    "That looks like a list and is none.",
    "The model answered rightly.",
    "The wrong line raises nothing.",
    "The number stands in the first cell.",
    "This repairs the line.",
    "The two are equal to rounding.",
    "The reader guesses rightly.",
    "The picked are subtracted.",
    "The colour says which.",
    "The label is to be an integer.",
    "It is, as it were, a list.",
)


def page_of(text: str):
    """Return a page with this prose."""
    return read_page(f"{FRONT}(one)=\n# One\n\n{text}\n")


def test_every_refused_wording_has_a_sample():
    assert len(SAMPLES) == len(wording.REFUSED)


@pytest.mark.parametrize(
    ("sample", "better"), [*zip(SAMPLES, wording.REFUSED.values(), strict=True)]
)
def test_a_refused_wording_is_found_with_its_line(sample, better):
    ((line, message),) = list(wording.refuse(page_of(sample)))[:1]
    assert line == FRONT.count("\n") + 4
    assert better in message


def test_an_old_label_is_not_prose():
    page = page_of(":::{moved} one-centred one-centered\n:::")
    assert list(wording.refuse(page)) == []


def test_code_and_formulas_are_not_prose():
    page = page_of("The name `colour` and $a; b$ are code.")
    assert list(wording.refuse(page)) == []
    assert [signs for _, signs in wording.count_signs(page)] == [[]]


def test_a_caption_is_read_too():
    page = page_of(
        "```{code-cell}\n---\nmystnb:\n  image:\n    alt: A colour.\n---\n1\n```"
    )
    assert [message for _, message in wording.refuse(page)] == [
        "'colour': write American spelling"
    ]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("One thought here; another thought there.", "semicolon"),
        ("It rises, and it falls, and it rises again.", "chain"),
        ("word " * 41, "more than 40 words"),
    ],
)
def test_a_sign_is_counted(text, sign):
    ((_, signs),) = wording.count_signs(page_of(text))
    assert sign in "; ".join(signs)
