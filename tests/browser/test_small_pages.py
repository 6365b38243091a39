"""The small pages of the questions load, can be read, and can be copied.

They come from the built site. There are many, and all from one template, so the slow
checks take one page of each kind.
"""

import re

import pytest

from tests.browser.test_looks import list_violations
from tests.browser.watch import CUT, NAMES, find_shift, open_tab, visit, wait_until

PHONE = {"width": 390, "height": 844}
PARTS = 2  # tests that take all small pages together, so that workers share them
TABS = 4  # pages that are open together, so that they wait together
SETTLE = 50  # milliseconds that a late font or script gets to move a page
SECTION = "indexing/pick-per-row.html#pick-per-row-top-k"
SMALL = "q/top-k-per-row.html"
WIDTH = "document.scrollingElement.scrollWidth"
LAW = "indexing/duplicates.html"
MARKDOWN = """\
**How do I get the k largest values of each row, and their columns?**

`top = np.argpartition(x, -k, axis=1)[:, -k:]` has the columns"""


def test_every_page_of_the_site_is_opened_in_a_browser(site, small_pages):
    found = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    assert found == {*NAMES, *small_pages}


@pytest.mark.parametrize("part", range(PARTS))
def test_each_small_page_loads_alone_and_fits_on_a_phone(
    browser, server, small_pages, part
):
    names = small_pages[part::PARTS]
    found = []
    with browser.new_context(viewport=PHONE) as context:
        tabs = [open_tab(context, server, SETTLE) for _ in range(TABS)]
        for start in range(0, len(names), TABS):
            opened = [*zip(names[start : start + TABS], tabs, strict=False)]
            for name, tab in opened:
                tab.open(name)
            for name, tab in opened:
                faults = [*find_shift(tab.page), *tab.wrong]
                if tab.page.evaluate(WIDTH) > PHONE["width"]:
                    faults.append("scrolls sideways")
                found += [f"{name}: {fault}" for fault in faults]
    assert not found, "\n".join(found)


def test_small_pages_load_from_disk(context, disk, sample):
    for name in sample:
        _, wrong = visit(context, disk, name)
        assert wrong == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_small_page_of_each_kind_is_accessible(browser, server, sample, theme, width):
    size = {"width": width, "height": 900}
    with browser.new_context(viewport=size, color_scheme=theme) as context:
        for name in sample:
            page, _ = visit(context, server, name)
            assert list_violations(page, name) == []
            page.close()


def test_a_small_page_of_each_kind_is_whole_on_paper(context, server, sample):
    for name in sample:
        page, _ = visit(context, server, name)
        page.emulate_media(media="print")
        assert page.evaluate(CUT) == []


@pytest.mark.parametrize("place", [SECTION, SMALL])
def test_an_answer_is_copied_by_keyboard_as_markdown(
    context, server, place, read_clipboard
):
    page, wrong = visit(context, server, place)
    box = page.locator(".question").first
    button = box.get_by_role("button", name="Copy as Markdown: How do I get the k")
    button.focus()
    page.keyboard.press("Enter")
    box.get_by_role("status").get_by_text("Copied").wait_for()
    copied = read_clipboard(page)
    assert copied.startswith(MARKDOWN)
    assert "```python\nimport numpy as np\n" in copied
    assert "```text\n(array([[1, 3],\n" in copied
    assert "draw_index" not in copied
    assert copied.endswith(f"<{server}{SMALL}>\n")
    assert "¶" not in copied
    assert wrong == []


@pytest.mark.parametrize("place", [SECTION, SMALL])
def test_the_address_of_an_answer_is_copied(context, server, place, read_clipboard):
    page, _ = visit(context, server, place)
    page.locator(".question").first.get_by_role("button", name="Copy link").click()
    page.get_by_text("Copied").wait_for()
    assert read_clipboard(page) == server + SMALL


def test_a_law_is_copied_with_its_proof(context, server, read_clipboard):
    page, _ = visit(context, server, LAW)
    law = page.locator("#law-distinct-rows")
    law.get_by_role("button", name="Copy link").press("Space")
    law.get_by_text("Copied").wait_for()
    link = read_clipboard(page)
    assert link == f"{server}{LAW}#law-distinct-rows"
    law.get_by_role("button", name="Copy as Markdown").press("Space")
    changed = "link => navigator.clipboard.readText().then((text) => text !== link)"
    wait_until(page, changed, link)
    copied = read_clipboard(page)
    assert copied.startswith("**Law: distinct rows**\n\nIf `y` has the shape (m,)")
    assert copied.count("```python") == 1
    assert "Tested by" not in copied
    assert copied.endswith(f"<{link}>\n")


def test_without_scripts_the_address_is_a_link(page_without_scripts, server):
    page = page_without_scripts
    page.goto(server + SECTION)
    page.locator(".question a.short-address").first.click()
    assert page.url == server + SMALL
    assert page.get_by_role("button").count() == 0


def test_the_list_of_questions_is_filtered_while_one_types(context, base):
    page, wrong = visit(context, base, "reference/questions.html")
    items = page.locator(".question-list li")
    total = items.count()
    page.get_by_label("Filter the questions").press_sequentially("torch topk")
    shown = page.locator(".question-list li:visible")
    assert shown.count() == 1
    assert "k largest values" in shown.inner_text()
    status = page.locator(".question-filter [role=status]").inner_text()
    assert re.match(rf"1 of {total} questions", status)
    assert page.locator(".question-list h3:visible").count() == 1
    page.get_by_label("Filter the questions").fill("")
    assert page.locator(".question-list li:visible").count() == total
    assert wrong == []
