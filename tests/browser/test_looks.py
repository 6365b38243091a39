"""Every page can be read: in both themes, on a phone, on paper, by a screen reader."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page
from pypdfium2 import PdfDocument

from tests.browser.watch import CUT, choose_theme, visit

AXE = Path(__file__).parent / "axe-core-4.14.1" / "axe.min.js"
RUN = """axe.run(document, {resultTypes: ['violations']})
  .then((result) => result.violations)"""
OPEN = "document.querySelectorAll('details').forEach((e) => { e.open = true })"
# What axe-core need not read, which is most of a page: the inside of a figure (tests of
# figures measure its contrast), and tokens of code that look like one that stays.
THIN = """() => {
  document.querySelectorAll('svg > :not(title)').forEach((e) => e.remove());
  const seen = new Set();
  for (const token of document.querySelectorAll('pre span:not([id])')) {
    let look = '';
    for (let e = token; e && e.localName !== 'article'; e = e.parentElement)
      look += `${e.className};`;
    if (seen.has(look)) token.replaceWith(...token.childNodes);
    seen.add(look);
  }
}"""
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
THEME = "document.documentElement.dataset.theme"
A4 = {"width": 672, "height": 1000}  # pixels between margins of 16 mm


def list_violations(page: Page, name: str) -> list[str]:
    """Run axe-core on all that a page holds; return what it finds, with the place."""
    page.evaluate(OPEN)
    page.evaluate(THIN)
    page.evaluate(AXE.read_text("utf-8"))  # which a policy of the page allows
    found = page.evaluate(RUN)
    return [
        f"{rule['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for rule in found
        if (rule["id"], name) not in EXCEPTIONS
        for node in rule["nodes"]
    ]


def keep_letters(text: str) -> str:
    """Return text without spaces, and without what typesetting adds or changes."""
    # The library that reads a PDF marks a hyphen at the end of a line by U+FFFE.
    return re.sub(r"[\s\u00ad\u200b\ufffe¶-]+", "", unicodedata.normalize("NFKC", text))


def read_pdf(data: bytes) -> str:
    """Return the text of all sheets."""
    with PdfDocument(data) as pdf:
        return "".join(sheet.get_textpage().get_text_range() for sheet in pdf)


def find_paper_faults(page: Page) -> Iterator[str]:
    """Print a page from the dark theme; yield what is dark, cut, or not in the PDF."""
    page.set_viewport_size(A4)
    choose_theme(page, "dark")
    wanted = page.evaluate(LINES)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    if (theme := page.evaluate(THEME)) != "light":
        yield f"the theme is {theme}"
    yield from page.evaluate(CUT)
    text = keep_letters(read_pdf(page.pdf(format="A4")))
    yield from (f"gone: {line}" for line in wanted if keep_letters(line) not in text)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    if (theme := page.evaluate(THEME)) != "dark":
        yield f"the theme is {theme} afterwards"


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
