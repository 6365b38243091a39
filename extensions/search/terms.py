"""Split a text into the terms that the search compares.

The rules are data. The first index contains them, and ``search.js`` follows them too,
so that a query has the terms of the text that it should find.

A term is a word in lower case without a common ending, or an operator such as ``-=``.
A name of several parts, ``np.add.at`` or ``one-hot``, gives each part and all parts
joined, ``addat`` or ``onehot``. Numbers are not terms, because the numbers in a pasted
error differ from those in ours.
"""

import re
from pathlib import Path

# Both Python and JavaScript understand these patterns in the same way.
TOKEN = (
    r"[A-Za-z_][A-Za-z0-9_]*(?:[.-][A-Za-z_][A-Za-z0-9_]*)*"
    r"|[0-9]+[A-Za-z][A-Za-z0-9]*|[-+*/]=|\[[:\[]|\]\[|\.\.\."
)
PARTS = r"[._-]+"
STEM = r"^(?!.*ss$)(.{3,}?)(?:ings?|ed|es|s|e)$"
STOP_WORDS = (
    "a an and are as be but by can do does for from has have how i if in into is it "
    "its me my np numpy of on or s should so t than that the their then there this to "
    "was we what when which while why will with you your"
)
SYNONYMS = Path(__file__).with_name("synonyms.tsv")


def find_terms(text: str) -> list[str]:
    """Return the terms of a text, in their order.

    >>> find_terms("Why does np.add.at(counts, y, 1) not lose the labels?")
    ['add', 'at', 'addat', 'count', 'not', 'los', 'label']
    """
    return [term for token in re.findall(TOKEN, text) for term in split_token(token)]


def split_token(token: str) -> list[str]:
    """Return the terms of a word, of a name with several parts, or of an operator."""
    stop = STOP_WORDS.split()
    token = token.lower()
    if not re.match("[a-z0-9_]", token):
        return [token]
    parts = [x for x in re.split(PARTS, token) if x and x not in stop]
    if len(parts) > 1:
        parts.append("".join(parts))
    return [re.sub("^(.{2,})y$", r"\1i", re.sub(STEM, r"\1", x)) for x in parts]


def read_synonyms() -> list[tuple[list[str], list[str]]]:
    """Return the terms of each wording, and the terms that it stands for."""
    lines = SYNONYMS.read_text("utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(find_terms(words), find_terms(meaning)) for words, meaning in pairs]


def list_rules() -> dict:
    """Return the rules for search.js."""
    return {
        "token": TOKEN,
        "parts": PARTS,
        "stem": STEM,
        "stop": STOP_WORDS.split(),
        "synonyms": read_synonyms(),
    }
