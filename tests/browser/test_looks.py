"""Every page can be read: in both themes, on a phone, on paper, by a screen reader."""

import io
import re
import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.watch import CUT, visit

AXE = Path(__file__).parent / "axe-core-4.14.1" / "axe.min.js"
OPEN = "document.querySelectorAll('details').forEach((e) => { e.open = true })"
# Themes differ in colors only, and a phone shows the same colors as a desktop. The
# rule on contrast takes as long as all the others together.
ONLY_COLOR = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
WITHOUT_COLOR = {"rules": {"color-contrast": {"enabled": False}}}
# (rule, page): reason. A line here must say why the rule cannot be met.
EXCEPTIONS: dict[tuple[str, str], str] = {}
# The lines of code, and the words of titles and captions. Chromium may write each line
# of a bold title twice, so that two words of a title need not follow each other.
LINES = """() => {
  const code = document.querySelectorAll('article pre');
  const lines = [...code].map((e) => e.textContent);
  for (const e of document.querySelectorAll(
      'article :is(h1, h2, figcaption, .admonition-title)')) {
    const pieces = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
    while (pieces.nextNode()) {
      const piece = pieces.currentNode;
      if (!piece.parentElement.closest('.headerlink'))
        lines.push(...piece.data.split(/\\s+/));
    }
  }
  return lines.flatMap((text) => text.split('\\n'));
}"""
A4 = {"width": 672, "height": 1000}  # pixels between margins of 16 mm


def list_violations(page: Page, name: str, rules: dict | None = None) -> list[str]:
    """Run axe-core with these rules, or all; return what it finds, with the place."""
    page.evaluate(AXE.read_text("utf-8"))  # which a policy of the page allows
    run = "(options) => axe.run(document, options).then((result) => result.violations)"
    found = page.evaluate(run, rules or {})
    return [
        f"{rule['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for rule in found
        if (rule["id"], name) not in EXCEPTIONS
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize(("theme", "rules"), [("light", {}), ("dark", ONLY_COLOR)])
def test_the_page_is_accessible(browser, server, name, theme, rules):
    with browser.new_context(
        viewport={"width": 1280, "height": 900},
        color_scheme=theme,
        reduced_motion="reduce",
    ) as context:
        page, _ = visit(context, server, name)
        page.evaluate(OPEN)
        assert list_violations(page, name, rules) == []


def test_the_page_is_accessible_and_fits_on_a_phone(browser, server, name):
    with browser.new_context(
        viewport={"width": 390, "height": 844}, reduced_motion="reduce"
    ) as context:
        page, _ = visit(context, server, name)
        page.evaluate(OPEN)
        wide = "document.scrollingElement.scrollWidth"
        assert page.evaluate(wide) <= 390
        cut = "(links) => links.filter((e) => e.scrollWidth > e.clientWidth).length"
        assert not page.locator(".prev-next-area a").evaluate_all(cut)
        assert list_violations(page, name, WITHOUT_COLOR) == []


def keep_letters(text: str) -> str:
    """Return text without spaces and marks that only typesetting adds."""
    return re.sub(r"[\s\u00ad\u200b¶]+", "", unicodedata.normalize("NFKC", text))


def test_the_page_on_paper_is_whole(browser, server, name):
    with browser.new_context(viewport=A4, color_scheme="dark") as context:
        page, _ = visit(context, server, name)
        wanted = page.evaluate(LINES)
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate(CUT) == []
        pdf = PdfReader(io.BytesIO(page.pdf(format="A4")))
        text = keep_letters("".join(sheet.extract_text() for sheet in pdf.pages))
        gone = [line for line in wanted if keep_letters(line) not in text]
        assert gone == []


def test_the_theme_switch_works_and_is_remembered(context, server):
    page, _ = visit(context, server, "index.html")
    ground = "getComputedStyle(document.body).backgroundColor"
    ink = "getComputedStyle(document.documentElement).getPropertyValue('--fig-ink')"
    before = page.evaluate(ground), page.evaluate(ink)
    page.get_by_role("button", name="Color mode").click()
    page.locator("[data-theme-value=dark], button:has-text('Dark')").first.click()
    after = page.evaluate(ground), page.evaluate(ink)
    assert before[0] != after[0]
    assert before[1] != after[1]
    page.reload()
    assert (page.evaluate(ground), page.evaluate(ink)) == after


def test_the_sidebar_opens_on_a_phone(browser, server):
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page, _ = visit(context, server, "index.html")
        sidebar = page.locator("dialog[open]")
        link = sidebar.get_by_role("link", name="Training", exact=True)
        assert not link.is_visible()
        page.locator("button.primary-toggle:visible").first.click()
        link.wait_for(state="visible")
        link.click()
        page.wait_for_url("**/practice/training.html")


def test_the_sidebar_closes_and_opens_on_a_wide_screen(context, server):
    page, _ = visit(context, server, "index.html")
    sidebar = page.locator("#pst-primary-sidebar")
    toggle = page.locator("button.primary-toggle:visible").first
    assert sidebar.is_visible()
    toggle.click()
    sidebar.wait_for(state="hidden")
    toggle.click()
    sidebar.wait_for(state="visible")


FAULTY = """<!doctype html><html lang="en"><title>x</title><main><h1>x</h1>
<p style="color: #999">pale</p>
<pre style="width: 50px; overflow: hidden">a long line</pre></main>"""


def test_the_nets_catch(context, tmp_path):
    (tmp_path / "x.html").write_text(FAULTY, encoding="utf-8")
    page, _ = visit(context, tmp_path.as_uri() + "/", "x.html")
    assert any("color-contrast" in x for x in list_violations(page, "x.html"))
    assert any("a long line" in x for x in page.evaluate(CUT))
