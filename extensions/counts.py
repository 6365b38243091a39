"""Count what the site checks, so that a page never states a number from memory.

``{count}`laws` `` in a sentence or a table gives the number of laws in the sources of
the same build. ``{count}`numpy` `` gives the releases of NumPy on which the chores
build and test the site, such as "1.26, 2.0". The names are those of `COUNTS`.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import numpy
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from examples.version_facts import FACTS
from extensions.bibliography import read_works
from extensions.equations import find_checks
from extensions.page import Page, open_page
from extensions.recorded import read_record
from extensions.upstream import require

ROOT = Path(__file__).parent.parent
TESTS = ROOT / "tests"


@cache
def list_pages() -> list[Page]:
    """Return every page of the site."""
    return [open_page(path) for path in sorted((ROOT / "docs").glob("**/*.md"))]


def count_boxes(kind: str) -> int:
    """Count the boxes of a kind on all pages."""
    return sum(box.kind == kind for page in list_pages() for box in page.boxes)


def count_checked_formulas() -> int:
    """Count the formulas whose sides a cell computes."""
    return sum(len(dict(find_checks(page))) for page in list_pages())


def count_lines(name: str) -> int:
    """Count the lines of a file in the tests."""
    return len((TESTS / name).read_text("utf-8").splitlines())


def count_tests() -> int:
    """Count the functions that are tests; many of them try several cases."""
    files = TESTS.rglob("test_*.py")
    return sum(
        len(re.findall(r"^def test_", x.read_text("utf-8"), re.M)) for x in files
    )


def list_numpy_releases() -> str:
    """Return the older releases of NumPy on which the site is built and tested."""
    found = re.findall(r'"(\d+\.\d+)\.\*"', (ROOT / "noxfile.py").read_text("utf-8"))
    require(found, "noxfile.py", 'release such as "1.26.*"', __name__)
    return ", ".join(found)


def list_systems() -> Iterator[str]:
    """Yield each system and Python on which the tests run for every change."""
    text = (ROOT / ".github" / "workflows" / "check.yml").read_text("utf-8")
    found = re.findall(r'\{os: (\w+)-latest, python: "([\d.]+)"\}', text)
    require(found, "check.yml", "matrix of systems", __name__)
    names = {"ubuntu": "Linux", "windows": "Windows", "macos": "macOS"}
    yield from (f"{names[system]} with Python {python}" for system, python in found)


def name_recorded() -> str:
    """Return each library whose outputs are recorded, with its version."""
    versions = read_record()["versions"]
    return ", ".join(f"{x} {versions[x]}" for x in sorted(versions, key=str.lower))


COUNTS: dict[str, Callable[[], int | str]] = {
    "pages": lambda: len(list_pages()),
    "cells": lambda: sum(len(page.cells) for page in list_pages()),
    "recorded cells": lambda: sum(len(page.recorded) for page in list_pages()),
    "laws": lambda: count_boxes("law"),
    "exercises": lambda: count_boxes("exercise"),
    "questions": lambda: sum(len(page.questions) for page in list_pages()),
    "formulas": count_checked_formulas,
    "version facts": lambda: len(FACTS),
    "version facts with code": lambda: sum(bool(x.code) for x in FACTS.values()),
    "reported questions": lambda: count_lines("questions.tsv") - 1,
    "messages": lambda: count_lines("numpy_messages.tsv") - 1,
    "search queries": lambda: count_lines("search_queries.tsv") - 1,
    "addresses": lambda: count_lines("permalinks.txt"),
    "tests": count_tests,
    "works": lambda: len(read_works()),
    "numpy here": lambda: numpy.__version__,
    "numpy": list_numpy_releases,
    "systems": lambda: ", ".join(list_systems()),
    "recorded versions": name_recorded,
    "recorded date": lambda: read_record()["date"],
}


class Count(SphinxRole):
    """The role that gives a count."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the count as text; read this page again in every build."""
        self.env.note_reread()
        if self.text not in COUNTS:
            known = ", ".join(COUNTS)
            message = f"{self.text!r} is not counted; expected one of: {known}"
            error = self.inliner.reporter.error(message, line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, error)], [
                error
            ]
        value = COUNTS[self.text]()
        return [nodes.Text(f"{value:,}" if isinstance(value, int) else value)], []


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the role; each build counts anew."""
    app.connect("builder-inited", lambda app: list_pages.cache_clear())
    app.add_role("count", Count())
    return {"parallel_read_safe": True}
