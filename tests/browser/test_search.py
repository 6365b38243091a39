"""The search finds what readers type, over HTTP and from disk, and shows the match."""

import pytest
from playwright.sync_api import Page, expect
from search import list_found, read_queries, read_script

from extensions.search.terms import find_terms
from tests.browser.watch import BLOCK_STORAGE, visit, wait_until

FIRST, IN_THREE = 0.8, 0.95  # shares of the queries
COMPLETE = ".search-results[data-complete]"  # the text is loaded too


def open_search(context, base: str, query: str = "") -> tuple[Page, list[str]]:
    """Open the page of the search, and wait until the text is loaded."""
    page, wrong = visit(context, base, "search.html?q=softmax")
    page.locator(COMPLETE).wait_for()
    page.locator(".bd-search-container input").fill(query)
    return page, wrong


def search_in_dialog(context, base: str, query: str) -> tuple[Page, list[str]]:
    """Type into the dialog of a page, and wait until the text is loaded."""
    page, wrong = visit(context, base, "practice/training.html")
    page.keyboard.press("Control+k")
    page.keyboard.type(query)
    page.locator(COMPLETE).wait_for()
    return page, wrong


def list_addresses(page: Page, base: str) -> list[str]:
    """Return the addresses of the results, without what they ask to be marked."""
    return page.eval_on_selector_all(
        "ul.search li a",
        """(links, base) => links.map((link) => {
          const url = new URL(link.href);
          url.search = "";
          return url.href.replace(base, "");
        })""",
        base,
    )


def test_readers_words_find_their_section(context, base, site):
    page, wrong = open_search(context, base)
    labels = {}
    for document in list_found(site):
        name, _, label = document.address.partition("#")
        labels |= {document.address: label}
        labels |= {name: label} if document.kind == "page" else {}
    missed, first, in_three = [], 0, 0
    queries = read_queries()
    for query, wanted in queries:
        page.locator(".bd-search-container input").fill(query)
        found = [labels[address] for address in list_addresses(page, base)[:3]]
        first += bool(wanted & {*found[:1]})
        in_three += bool(wanted & {*found})
        if not wanted & {*found[:1]}:
            missed.append(f"{query}: {found}")
    assert first >= FIRST * len(queries), missed
    assert in_three >= IN_THREE * len(queries), missed
    assert wrong == []


def test_the_dialog_has_the_same_results_and_the_keyboard_reaches_them(context, base):
    page, wrong = open_search(context, base, "one hot")
    wanted = list_addresses(page, base)
    assert len(wanted) == 30
    page, also_wrong = search_in_dialog(context, base, "one hot")
    assert list_addresses(page, base) == wanted
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{wanted[0]}")
    assert wrong == also_wrong == []


def test_enter_in_the_dialog_opens_the_page_of_the_search(context, base):
    page, wrong = search_in_dialog(context, base, "subtract.at")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=subtract.at")
    page.locator(COMPLETE).wait_for()
    assert list_addresses(page, base)[0].endswith("#equivalents-at")
    assert wrong == []


def test_a_result_names_its_page_and_section_and_marks_the_match(context, server):
    page, _ = open_search(context, server, "mask a law of boolean masks")
    law = page.locator("ul.search li", has_text="Law:").first
    assert "›" in law.locator(".search-where").inner_text()
    words = law.locator("mark").all_inner_texts()
    assert {word.lower()[:4] for word in words} & {"mask", "bool", "law"}
    status = page.locator(".bd-search-container .search-status")
    assert status.inner_text() == "30 results"
    page.locator(".bd-search-container input").fill("qqqqzzzz")
    assert status.inner_text() == "No result for “qqqqzzzz”."
    assert page.locator("ul.search li").count() == 0


def test_a_match_in_a_closed_drop_down_is_opened_and_marked(context, base):
    page, wrong = visit(context, base, "indexing/duplicates.html")
    details = page.locator("article section details:not([open])").first
    label, word = details.evaluate("""(details) => [
      details.closest("section").id,
      [...details.querySelector("pre").textContent.matchAll(/[a-z]{5,}/g)].at(-1)[0],
    ]""")
    address = f"indexing/duplicates.html?match={word}#{label}"
    page, wrong = visit(context, base, address, settle=500)
    opened = page.locator(f"section#{label} details[open] pre").first
    expect(opened).to_be_in_viewport()
    assert page.evaluate("CSS.highlights.get('search-match').size") > 0
    assert page.url == f"{base}indexing/duplicates.html#{label}"
    page.keyboard.press("Escape")
    assert page.evaluate("CSS.highlights.size") == 0
    assert wrong == []


def test_nothing_is_loaded_before_the_first_use(context, server):
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    page, _ = visit(context, server, "index.html")
    names = [url.partition("?")[0].rpartition("/")[2] for url in asked]
    assert [name for name in names if "search" in name] == ["search-start.js"]
    page.keyboard.press("Control+k")
    wait_until(page, "window.searchData?.text !== undefined")
    names = [url.partition("?")[0].rpartition("/")[2] for url in asked]
    assert {"minisearch.js", "search.js", "search-first.js"} < {*names}
    assert [url for url in asked if "search" in url and "?v=" not in url] == []


def test_the_search_needs_no_storage(context, base):
    context.add_init_script(BLOCK_STORAGE)
    page, wrong = search_in_dialog(context, base, "one hot")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?*")
    page.locator(COMPLETE).wait_for()
    assert page.locator("ul.search a").count() == 30
    assert wrong == []


def test_without_scripts_the_page_says_what_to_do_instead(page_without_scripts, base):
    page = page_without_scripts
    page.goto(f"{base}search.html")
    assert page.locator("form.bd-search:visible").count() == 0
    links = page.locator("noscript a").evaluate_all("all => all.map((a) => a.href)")
    assert f"{base}reference/questions.html" in links


def test_both_languages_find_the_same_terms(context, server, site):
    page, _ = open_search(context, server)
    text = read_script(site, "text")
    lines = [line for parts in text[::7] for part in parts for line in part.split("\n")]
    script = "lines => lines.map((line) => window.siteSearch.findTerms(line))"
    assert page.evaluate(script, lines) == [find_terms(line) for line in lines]


@pytest.mark.parametrize("width", [390, 1280])
def test_the_icon_stands_beside_what_is_typed(browser, server, width):
    context = browser.new_context(viewport={"width": width, "height": 800})
    page, _ = visit(context, server, "index.html")
    page.keyboard.press("Control+k")
    page.keyboard.type("x")
    field = page.locator("dialog input")
    padding = field.evaluate("e => parseFloat(getComputedStyle(e).paddingLeft)")
    text = field.bounding_box()["x"] + padding
    icon = page.locator("dialog form i").bounding_box()
    context.close()
    assert icon["x"] + icon["width"] <= text
