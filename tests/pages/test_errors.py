"""Each entry of an error page raises the message that is its heading."""

import re
import warnings
from typing import NamedTuple

import pytest
from conftest import ROOT

from extensions.page import Cell, read_page

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


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.label)
def test_an_entry_fails_with_its_heading_and_then_works(entry):
    messages = raise_messages(entry)
    last = entry.cells[-1].options.get("tags") or []
    assert "raises-exception" not in last, "show the fix after the failure"
    if is_message(entry.heading):
        assert entry.heading in {text.partition("\n")[0].rstrip() for text in messages}


def test_no_two_entries_have_one_label():
    labels = [entry.label for entry in ENTRIES]
    assert len(set(labels)) == len(labels)
