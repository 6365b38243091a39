"""Each entry of an error page raises its message, and no message is left out."""

import re
import warnings
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from conftest import ROOT

from extensions.page import Cell, read_page
from extensions.promise import Promise, read_promise
from tests.numpy_messages import (
    NONE,
    find_messages,
    matches,
    read_list,
    split_message,
)

PAGES = sorted(ROOT.glob("docs/reference/errors-*.md"))
LABEL = re.compile(r"\((error-[\w-]+)\)=")


class Entry(NamedTuple):
    """An entry of an error page: its label, its heading, and its cells."""

    label: str
    heading: str
    cells: list[Cell]


def read_entries(path) -> list[Entry]:
    """Return each entry of a page, with the cells up to the next heading."""
    page = read_page(path.read_text("utf-8"))
    inside = {n for cell in page.cells for n in range(cell.line, end_of(cell))}
    starts = [
        number
        for number, line in enumerate(page.lines, 1)
        if number not in inside and re.match(r"#{1,3} ", line)
    ]
    entries = []
    for start, end in zip(starts, [*starts[1:], len(page.lines) + 1], strict=True):
        if label := LABEL.fullmatch(page.lines[start - 2]):
            heading = page.lines[start - 1].lstrip("# ")
            cells = [cell for cell in page.cells if start < cell.line < end]
            entries.append(Entry(label[1], heading.strip("` "), cells))
    return entries


def end_of(cell: Cell) -> int:
    """Return the line after the code of a cell."""
    return cell.code_line + cell.code.count("\n") + 1


def holds_here(entry: Entry) -> bool:
    """Return whether the running NumPy is one for which an entry makes its promises."""
    promises = [read_promise(cell.code) for cell in entry.cells]
    return all(promise.holds() for promise in promises if promise)


def raise_messages(entry: Entry) -> list[str]:
    """Return what the failing cells of an entry raise, as a traceback ends."""
    names, messages = {}, []
    for cell in entry.cells:
        failing = "raises-exception" in (cell.options.get("tags") or [])
        with warnings.catch_warnings(action="error"):
            try:
                exec(compile(cell.code, entry.label, "exec"), names)
            except Exception as error:
                if not failing:
                    raise
                messages.append(f"{type(error).__name__}: {error}")
    return messages


def is_message(heading: str) -> bool:
    """Return whether a heading is an error or a warning, and not a symptom."""
    return re.match(r"\w+(Error|Warning): ", heading) is not None


ENTRIES = [entry for path in PAGES for entry in read_entries(path)]
MESSAGES = read_list()
COVERED = [row for row in MESSAGES if row.entry != NONE]
# A compiler leaves out a message that NumPy never gives.
UNCOVERED = [
    row
    for row in MESSAGES
    if row.entry == NONE and not row.reason.startswith("NumPy never")
]
# Entries that describe an error without raising it, for a reason in the list.
EXPLAINED = {
    label
    for row in MESSAGES
    for label in re.findall(r"no cell executes it; (error-[\w-]+)", row.reason)
}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.label)
def test_an_entry_fails_with_its_heading_and_then_works(entry):
    if not holds_here(entry):
        pytest.skip("this NumPy is older than the error")
    messages = raise_messages(entry)
    last = entry.cells[-1].options.get("tags") or []
    assert "raises-exception" not in last, "show the fix after the failure"
    if is_message(entry.heading) and entry.label not in EXPLAINED:
        # Another release of Python or NumPy may put words around the message.
        name, _, words = entry.heading.partition(": ")
        assert any(x.startswith(name) and words in x for x in messages), messages


def find_sort_key(heading: str) -> str:
    """Return the words of a message, by which readers look it up."""
    words = re.sub(r"^\w+(Error|Warning): ", "", heading).casefold()
    return re.sub(r"^\W+", "", words)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_list_of_all_messages_has_those_of_each_page_in_order(path):
    text = ROOT.joinpath("docs/reference/errors.md").read_text("utf-8")
    listed = re.findall(r"^- \{ref\}`(error-[\w-]+)`$", text, re.MULTILINE)
    entries = {entry.label: entry.heading for entry in read_entries(path)}
    for chosen in (is_message, lambda heading: not is_message(heading)):
        wanted = [label for label in entries if chosen(entries[label])]
        wanted.sort(key=lambda label: find_sort_key(entries[label]))
        assert [label for label in listed if label in wanted] == wanted


def test_no_two_entries_have_one_label():
    labels = [entry.label for entry in ENTRIES]
    assert len(set(labels)) == len(labels)


BY_LABEL = {entry.label: entry for entry in ENTRIES}


def test_each_message_has_an_entry_or_a_reason_and_stands_once():
    assert all((row.entry == NONE) != (row.reason == NONE) for row in MESSAGES)
    assert len({row[:3] for row in MESSAGES}) == len(MESSAGES)


@pytest.mark.parametrize("row", COVERED, ids=lambda row: row.message)
def test_an_entry_raises_the_messages_that_the_list_gives_it(row):
    if not holds_here(BY_LABEL[row.entry]):
        pytest.skip("this NumPy is older than the error")
    messages = raise_messages(BY_LABEL[row.entry])
    wanted = f"{row.error}: {row.message}"
    assert any(matches(text.rstrip(), wanted) for text in messages), messages


@pytest.mark.skipif(
    not Promise("", "2.4").holds(), reason="the list is the one of newer releases"
)
@pytest.mark.parametrize("row", UNCOVERED, ids=lambda row: row.message)
def test_numpy_still_has_each_message_that_no_entry_raises(row):
    module = Path(np._core._multiarray_umath.__file__).read_bytes()
    found = all(part.encode() in module for part in split_message(row.message))
    # A reason names the release that raises another error instead.
    gone = re.match(r"NumPy (\S+) raises", row.reason)
    assert found == (not gone or not Promise("", gone[1]).holds())


def test_messages_are_read_from_c_code():
    code = """/* PyErr_SetString(PyExc_TypeError, "a comment"); */
    PyErr_Format(PyExc_IndexError, "axis %d; "
                 "size %" NPY_INTP_FMT "%s", axis, flat ? "flat" : "array");
    if (PyArray_FailUnlessWriteable(self, "output") < 0) return;
    msg = "several " \\
        "words";"""
    found = ["axis %d; size %%s", "output is read-only", "several words"]
    assert list(find_messages(code)) == found
    assert matches("axis 1; size 2", found[0])
    assert not matches("axis 1", found[0])
