"""The bank of questions that people really ask, ``tests/questions.tsv``.

Each row has a question, the facts that an answer must show, and the one address of
this site where all of them are. ``address`` is the slug of a question, the address of
a label, or `NOT_YET`. ``proof`` has the strings that show the facts, or says why no
machine can find them.
"""

import csv
from typing import NamedTuple

from conftest import PAGES, ROOT

from extensions.page import open_page

FILE = ROOT / "tests" / "questions.tsv"
NOT_YET = "not yet"  # the rows with this address are those that the site must answer
SEPARATOR = " || "
NO_PROOF = "none: "


class Row(NamedTuple):
    """A row of the bank; each attribute is a column."""

    id: str
    topic: str
    question: str
    must_show: str
    source: str
    weight: str
    address: str
    proof: str

    @property
    def proofs(self) -> list[str]:
        """Return the strings that must be visible at the address."""
        if self.proof.startswith(NO_PROOF):
            return []
        return self.proof.split(SEPARATOR)


def read_bank() -> list[Row]:
    """Return the rows; fail if a row has another number of columns than the header."""
    with FILE.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    assert tuple(header) == Row._fields
    return [Row(*row) for row in rows]


def find_answers() -> dict[str, list[str]]:
    """Return the slugs of the questions that name each row in their ``:rows:``."""
    found = {}
    for name in PAGES:
        for question in open_page(ROOT / "docs" / name).questions:
            for row in question.options.get("rows", "").split():
                found.setdefault(row, []).append(question.options["slug"])
    return found
