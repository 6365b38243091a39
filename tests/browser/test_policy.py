"""Pages obey their policy, ask no other host, and store only the choice of colors."""

import pytest
from playwright.sync_api import BrowserContext, Page

from extensions.policy import META, POLICY
from tests.browser.test_search import COMPLETE
from tests.browser.watch import visit, wait_until

# The kinds of pages, but for the small ones.
PAGES = {
    "figures and explorers": "index.html",
    "formulas": "gradient/batch-and-mean.html",
    "laws": "indexing/duplicates.html",
    "tabs and quotations": "practice/libraries.html",
    "a filter": "reference/questions.html",
    "words": "about/offline-copies.html",
    "search": "search.html?q=softmax",
}
# What a page may not do. Each must make a page that has it go wrong.
PROBES = {
    "a script inside": "<script>1</script>",
    "a style inside": '<p style="color: red">x</p>',
    "a handler": '<img src="x.html" alt="" onerror="1">',
    "an image that is an address": '<img alt="" src="data:image/gif;base64,R0lGODlh">',
    "another host": '<link rel="stylesheet" href="https://example.com/x.css">',
}
CONTROLS = ".copybtn, .sd-tab-label, summary, .controls button, .explorer [value]"
# A frame has the storage of its page, and no script has replaced it there.
STORED = """async () => {
  const frame = document.createElement("iframe");
  document.body.append(frame);
  const { localStorage, sessionStorage } = frame.contentWindow;
  const names = [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
  frame.remove();
  return [...names, ...(await indexedDB.databases()).map(({ name }) => name)];
}"""
MOST_BYTES = 5_000  # that a second visit may transfer


def use_page(page: Page) -> None:
    """Do what a reader does: choose colors, press a control of each kind, search."""
    page.get_by_role("button", name="Color mode").click()
    page.locator("[data-theme-value=dark], button:has-text('Dark')").first.click()
    for selector in CONTROLS.split(", "):
        if page.locator(f"{selector}:visible").count():
            page.locator(f"{selector}:visible").first.click(force=True)
    if not page.locator("#search-results").count():
        page.keyboard.press("Control+k")
    field = page.locator("input[name=q]:visible")
    field.fill("one hot")
    page.locator(COMPLETE).wait_for()


@pytest.fixture(params=["hosted", "disk"])
def place(request, hosted, disk) -> str:
    """Return the address of the site: with the headers of nginx.conf, and from disk."""
    return {"hosted": hosted, "disk": disk}[request.param]


def use_and_check(context: BrowserContext, base: str, name: str) -> None:
    """Use a page, load it again, and look at what went wrong and what is stored."""
    page, wrong = visit(context, base, name)
    use_page(page)
    page.reload()
    assert wrong == []
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert sorted(page.evaluate(STORED)) == ["mode", "theme"]
    assert context.cookies() == []


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_in_use_obeys_the_policy_and_stores_only_the_colors(
    context, hosted, kind
):
    use_and_check(context, hosted, PAGES[kind])


@pytest.mark.parametrize("kind", ["figures and explorers", "search"])
def test_a_page_from_disk_obeys_the_policy_and_stores_only_the_colors(
    context, disk, kind
):
    use_and_check(context, disk, PAGES[kind])


def test_a_small_page_of_each_kind_obeys_the_policy_and_stores_nothing(
    context, place, sample
):
    for name in sample:
        page, wrong = visit(context, place, name)
        for button in page.get_by_role("button").all():
            button.click()
        assert page.evaluate("document.fonts.status") == "loaded"
        assert wrong == []
        assert page.evaluate(STORED) == []
        page.close()
    assert context.cookies() == []


@pytest.mark.parametrize("fault", PROBES)
def test_the_policy_forbids(context, tmp_path, fault):
    html = f'<!doctype html><meta charset="utf-8">{META.format(POLICY)}{PROBES[fault]}'
    (tmp_path / "x.html").write_text(html, "utf-8")
    _, wrong = visit(context, tmp_path.as_uri() + "/", "x.html", settle=100)
    assert any("Content Security Policy" in x for x in wrong), wrong


def test_the_button_of_the_theme_fills_the_screen(context, hosted):
    page, wrong = visit(context, hosted, "index.html")
    page.locator(".btn-fullscreen-button").click()
    wait_until(page, "document.fullscreenElement !== null")
    page.locator(".btn-fullscreen-button").click()
    wait_until(page, "document.fullscreenElement === null")
    assert wrong == []


def measure_visit(context: BrowserContext, address: str) -> int:
    """Return how many bytes a visit to a page transfers."""
    page, received = context.new_page(), []
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: received.append(event))
    page.goto(address, wait_until="networkidle")
    page.close()
    return sum(event["encodedDataLength"] for event in received)


@pytest.mark.parametrize("visited", ["index.html", "q/top-k-per-row.html"])
def test_a_second_visit_transfers_almost_nothing(context, hosted, visited):
    first, second = (measure_visit(context, hosted + visited) for _ in range(2))
    assert second <= MOST_BYTES < first
