"""The small project is this one with fewer pages, and each fault has its place."""

import re
from collections import Counter

import pytest

from tests.faults.__main__ import (
    HTML,
    Fault,
    Outcome,
    count_outcomes,
    names_place,
    put_in,
    read_faults,
)
from tests.faults.small_project import PAGES, ROOT, cut_page, make_project

FAULTS = read_faults()
KINDS = {  # the classes of faults that the list must have
    "address",
    "caption",
    "cell",
    "conflict",
    "dependency",
    "example",
    "formula",
    "law",
    "not run",
    "number",
    "NumPy",
    "output",
    "question",
    "record",
    "search",
    "setting",
    "site",
    "theme",
    "warning",
    "zip",
}
# The lists from which the small project leaves out what belongs to other pages.
CUT = {
    "tests/permalinks.txt",
    "tests/questions.tsv",
    "examples/libraries/recorded.json",
}
TAIL = re.compile(r"^:{3,}\{toctree\}.*", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Return the small project."""
    return make_project(tmp_path_factory.mktemp("faults") / "small")


def list_files(folder) -> set[str]:
    """Return the files of a project that git would keep, without the pages."""
    skipped = {"_build", ".git", ".nox", ".venv", "__pycache__", ".pytest_cache"}
    names = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    kept = {name.as_posix() for name in names if not skipped & set(name.parts)}
    return {name for name in kept if not re.match(r"docs/.*\.md$", name)}


def test_every_file_but_the_pages_is_there_unchanged(small):
    assert list_files(small) == list_files(ROOT)
    for name in list_files(ROOT) - CUT:
        assert (small / name).read_bytes() == (ROOT / name).read_bytes(), name


def test_the_lists_lose_lines_and_gain_none(small):
    for name in CUT:
        kept, whole = (
            Counter((folder / name).read_text("utf-8").splitlines())
            for folder in (small, ROOT)
        )
        more = {line for line in kept - whole if line.strip(" ]}")}
        assert not more - {' "pages": {}'}, name
        assert kept.total() > 5, name


@pytest.mark.parametrize("name", PAGES)
def test_a_page_differs_only_where_it_names_another_page(small, name):
    text, whole = ((x / "docs" / name).read_text("utf-8") for x in (small, ROOT))
    if name == "index.md":
        text, whole = TAIL.sub("", text), TAIL.sub("", whole)
    lines, other = text.splitlines(), whole.splitlines()
    assert len(lines) == len(other)
    changed = [
        b for a, b in zip(lines, other, strict=True) if a != b and "{ref}`" not in b
    ]
    assert not [x for x in changed if not x.startswith(":::")], changed


def test_what_names_another_page_is_cut():
    page = (
        "{ref}`a`, {ref}`b`, {ref}`the words <b>`\n\n:::{toctree}\n\nOther <b>\n:::\n"
    )
    assert cut_page(page, {"a"}) == "{ref}`a`, b, the words\n\n"


def test_the_list_has_each_class_of_faults():
    assert {fault.kind for fault in FAULTS} == KINDS
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_has_its_place_and_a_test_that_exists(fault, small, tmp_path):
    for name in {fault.file, fault.at or fault.file}:
        if (small / name).exists():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes((small / name).read_bytes())
    file, line = put_in(fault, tmp_path)
    assert 1 <= line <= (tmp_path / file).read_text("utf-8").count("\n") + 1
    assert re.compile(fault.says)
    path, _, test = fault.caught_by.partition("[")[0].partition("::")
    assert path == HTML or f"def {test}" in (ROOT / path).read_text("utf-8")


def test_a_fault_that_has_no_place_is_refused(tmp_path):
    (tmp_path / "a.md").write_text("one\ntwo two\n", "utf-8")
    fault = Fault("a fault", "cell", "a.md", "three", HTML, "x", old="two")
    with pytest.raises(
        ValueError, match=r"'two' is 2 times in a\.md; expected it once"
    ):
        put_in(fault, tmp_path)
    assert put_in(fault._replace(old="one"), tmp_path) == ("a.md", 1)


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ("/x/docs/a.md:12: WARNING: no", True),
        ("docs/a.md:9: error", True),
        ("docs/a.md:30: WARNING", False),
        ("docs/b.md:12: WARNING", False),
        ("docs/a.md: WARNING", False),
    ],
)
def test_a_message_names_the_place_if_its_line_is_near(said, near):
    assert names_place(said, "docs/a.md", 10) is near


def test_outcomes_are_counted_by_their_class():
    fault = Fault("a fault", "cell", "a.md", "", HTML, "x")
    other = fault._replace(name="another")
    outcomes = {
        fault: Outcome(True, False),
        other: Outcome(True, True),
    }
    counts = {"cell": {"faults": 2, "caught": 2, "placed": 1}}
    assert count_outcomes(outcomes) == counts
