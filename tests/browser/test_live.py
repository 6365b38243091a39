"""Readers edit and run cells in their own browser, wherever the site stands."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Locator, Page

import noxfile
from extensions.page import GAP
from tests.browser.test_looks import OPEN, list_violations
from tests.browser.watch import BLOCK_STORAGE, visit
from tests.live.outputs import Cell, agree, read_cells, read_output

WAIT = 120_000  # milliseconds, on a machine that does other things too
MOST_MEMORY = 600e6  # bytes of a page with Python, NumPy and Matplotlib
WHOLE = ("index.html", "practice/batch-size.html", "indexing/group-sums.html")
RUNTIME = "pyodide|live-worker|cells[.]js|live-.*zip"
CONTROL = re.compile("^(Edit and run|Run$)")


def open_page(context, base: str, name: str) -> tuple[Page, list[str]]:
    """Open a page and all that is folded on it; return it and what goes wrong."""
    page, wrong = visit(context, base, name)
    page.set_default_timeout(WAIT)
    page.evaluate(OPEN)
    return page, wrong


def find_cell(page: Page, number: int) -> Locator:
    """Return a cell by its number, which starts at 1."""
    return page.locator("div.cell:not(.recorded)").nth(number - 1)


def type_code(page: Page, number: int, code: str) -> Locator:
    """Put other code into the editor of a cell; return the cell."""
    cell = find_cell(page, number)
    cell.locator("textarea").fill(code)
    return cell


def run_cell(cell: Locator, end: str = "has run") -> str:
    """Run a cell; return what the page then shows below it."""
    cell.get_by_role("button", name=CONTROL).click()
    return wait_for_end(cell, end)


def wait_for_end(cell: Locator, end: str = "has run") -> str:
    """Wait until a cell says that it has ended; return what it shows."""
    cell.locator(".live-bar span", has_text=re.compile(end)).wait_for()
    shown = cell.locator(".live-output")
    return shown.inner_text().strip() if shown.count() else ""


def measure_memory(context) -> int:
    """Return the bytes of memory that the largest process of a browser takes."""
    session = context.browser.new_browser_cdp_session()
    sizes = []
    for process in session.send("SystemInfo.getProcessInfo")["processInfo"]:
        status = Path(f"/proc/{process['id']}/status").read_text("utf-8")
        if process["type"] == "renderer":
            sizes.append(int(re.search(r"VmRSS:\s*(\d+)", status)[1]) * 1024)
    return max(sizes)


def solve_exercises(cells: list[Cell]) -> Iterator[tuple[int, str]]:
    """Yield the number of each exercise, and its code with the answer in its gap."""
    for number, (cell, answer) in enumerate(pairwise(cells), 1):
        if '"right" if right' in cell.code:
            yield number, GAP.sub(lambda _, code=answer.code: code, cell.code)


def test_a_whole_page_has_an_exercise(live_site):
    pages = [read_cells((live_site / name).read_text("utf-8")) for name in WHOLE]
    assert any([*solve_exercises(cells)] for cells in pages)


@pytest.mark.parametrize("live_page", WHOLE)
def test_a_live_page_shows_what_the_built_page_shows(
    context, strict, live_site, live_page
):
    page, wrong = open_page(context, strict, live_page)
    built = read_cells((live_site / live_page).read_text("utf-8"))
    for number, cell in enumerate(built, 1):
        live = find_cell(page, number)
        if live.get_by_text("Not live:").count():
            continue
        run_cell(live)
        shown = BeautifulSoup(live.locator(".live-output").inner_html(), "html.parser")
        for place in shown.select(".traceback span"):
            place.extract()
        assert agree(cell.output, read_output(shown)), (number, cell, shown.text)
    assert page.locator(".live-difference").count() == 1
    for number, solved in solve_exercises(built):
        cell = type_code(page, number, solved)
        assert cell.locator(".live-output").inner_text().startswith("'not yet: ")
        assert run_cell(cell) == "'right'"
    assert wrong == []
    assert list_violations(page, live_page) == []
    if Path("/proc/self/status").exists():
        assert measure_memory(context) < MOST_MEMORY


def test_nothing_of_the_runtime_is_loaded_before_the_first_click(context, strict):
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    page, _ = open_page(context, strict, "index.html")
    button = find_cell(page, 1).get_by_role("button", name=CONTROL)
    assert re.fullmatch(r"Edit and run \(loads \d+ MB\)", button.inner_text())
    loaded = [x for x in asked if re.search(RUNTIME, x)]
    assert loaded == []


def test_cells_share_their_names_and_can_be_stopped_and_restarted(context, strict):
    page, wrong = open_page(context, strict, "indexing/group-sums.html")
    first, second = find_cell(page, 1), find_cell(page, 2)
    run_cell(first)
    type_code(page, 1, "print('a' * 3)\nown = 41")
    assert run_cell(first) == "aaa"
    run_cell(second)
    type_code(page, 2, "own + 1")
    assert run_cell(second) == "42"
    type_code(page, 2, "assert own == 42, 'own is 41'")
    shown = run_cell(second)
    assert "AssertionError: own is 41" in shown
    assert "cell 2, line 1" in shown
    assert "live/kernel" not in shown
    type_code(page, 2, "while True:\n    own += 1")
    second.get_by_role("button", name=CONTROL).click()
    second.get_by_text("Running…").wait_for()
    second.get_by_role("button", name="Stop").click()
    wait_for_end(second, "Stopped")
    type_code(page, 2, "own")
    assert run_cell(second) == "41"  # the cell above has run again
    second.get_by_role("button", name="Restart").click()
    wait_for_end(second, "The names are gone")
    type_code(page, 1, "own = 1")
    assert run_cell(second) == "1"
    second.get_by_role("button", name="Reset cell").click()
    assert not second.locator("textarea, .live-output").count()
    assert second.locator(".cell_output").first.is_visible()
    assert wrong == []


def test_the_keyboard_alone_edits_and_runs_a_cell(context, strict):
    page, _ = open_page(context, strict, "indexing/group-sums.html")
    cell = find_cell(page, 1)
    cell.get_by_role("button", name=CONTROL).focus()
    page.keyboard.press("Enter")
    wait_for_end(cell)
    field = cell.locator("textarea")
    field.focus()
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outline) == "solid"
    page.keyboard.press("Control+a")
    page.keyboard.type("6 * 7")
    page.keyboard.press("Shift+Enter")
    cell.locator(".live-output", has_text="42").wait_for()
    said = page.locator("[role=status].visually-hidden")
    assert said.inner_text() == "Cell 1 has run. Its output is below."
    assert page.evaluate("document.activeElement.localName") == "textarea"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "Run"
    assert page.evaluate(outline) == "solid"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Run all above"


def test_code_from_a_link_is_shown_and_runs_only_when_asked(context, strict):
    page, _ = open_page(context, strict, "indexing/group-sums.html")
    cell = find_cell(page, 2)
    run_cell(cell)
    type_code(page, 2, "print('é' * 2)")
    cell.get_by_role("button", name="Copy link").click()
    wait_for_end(cell, "link")
    link = page.url
    page.close()
    page, _ = open_page(context, strict, link.removeprefix(strict))
    cell = find_cell(page, 2)
    wait_for_end(cell, "comes from the link")
    assert cell.locator("textarea").input_value() == "print('é' * 2)"
    assert not cell.locator(".live-output").count()
    assert run_cell(cell) == "éé"


def test_without_scripts_no_control_is_there(page_without_scripts, strict):
    page = page_without_scripts
    page.goto(f"{strict}index.html")
    assert page.locator("div.cell_output").first.is_visible()
    assert not page.locator(".live-bar").count()
    assert not page.get_by_role("button", name=CONTROL).count()


def test_cells_run_on_a_phone_whose_storage_is_blocked(browser, strict):
    size = {"width": 390, "height": 844}
    with browser.new_context(viewport=size, has_touch=True) as context:
        context.add_init_script(BLOCK_STORAGE)
        page, _ = open_page(context, strict, "indexing/group-sums.html")
        cell = find_cell(page, 1)
        cell.get_by_role("button", name=CONTROL).tap()
        wait_for_end(cell)
        type_code(page, 1, "print('a' * 200)")
        cell.get_by_role("button", name=CONTROL).tap()
        cell.locator(".live-output", has_text="a" * 200).wait_for()
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
        heights = cell.locator(".live-bar button").evaluate_all(
            "all => all.map((e) => e.getBoundingClientRect().height)"
        )
        assert min(heights) >= 24


def test_cells_run_from_disk(context, live_site, tmp_path, monkeypatch):
    monkeypatch.setattr(noxfile, "SITE", live_site)
    for name, content in noxfile.list_offline_files(live=True):
        path = tmp_path / "télé chargé" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    base = (tmp_path / "télé chargé").as_uri() + "/"
    page, wrong = open_page(context, base, "indexing/group-sums.html")
    cell = find_cell(page, 1)
    run_cell(cell)
    type_code(page, 1, "import numpy as np\nnp.arange(3) + 1")
    assert run_cell(cell) == "array([1, 2, 3])"
    assert wrong == []
