"""The counts on the page about the checks are those of the sources."""

import re

import pytest
from conftest import PAGES, ROOT

from extensions.counts import COUNTS

TEXT = "\n".join((ROOT / "docs" / name).read_text("utf-8") for name in PAGES)


@pytest.mark.parametrize("name", COUNTS)
def test_something_is_counted(name):
    assert COUNTS[name]()


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("cells", r"^```\{code-cell\}"),
        ("laws", r"^:{3,}\{law\}"),
        ("exercises", r"^:{3,}\{exercise\}"),
        ("questions", r"^:{3,}\{question\}"),
    ],
)
def test_a_count_is_the_number_of_blocks_on_all_pages(name, pattern):
    assert COUNTS[name]() == len(re.findall(pattern, TEXT, re.MULTILINE))


def test_each_law_has_one_test():
    files = (ROOT / "tests" / "laws").glob("test_*.py")
    tests = [re.findall(r"^def test_law_", x.read_text("utf-8"), re.M) for x in files]
    assert COUNTS["laws"]() == sum(map(len, tests))


def test_the_older_releases_are_those_of_the_chores():
    assert COUNTS["numpy"]().split(", ")[0] == "1.26"
