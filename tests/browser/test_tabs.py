"""A tab has an address of its own, which opens it."""

import pytest

from tests.browser.watch import visit

PAGE = "practice/libraries.html"


@pytest.mark.parametrize("tab", ["jax", "plain-python"])
def test_the_address_of_a_tab_opens_it(context, base, tab):
    page, wrong = visit(context, base, f"{PAGE}#libraries-{tab}")
    shown = page.locator(".sd-tab-content:visible")
    assert shown.count() == 1
    assert "def gradient(logits, labels)" in shown.inner_text()
    assert tab.partition("-")[0] in shown.inner_text().lower()
    assert wrong == []


def test_a_tab_is_opened_by_keyboard(context, server):
    page, _ = visit(context, server, PAGE)
    page.locator(".sd-tab-set input").first.focus()
    page.keyboard.press("ArrowRight")
    assert "jax" in page.locator(".sd-tab-content:visible").inner_text()


def test_the_search_leads_to_a_tab(context, base):
    page, _ = visit(context, base, "search.html?q=index_put_")
    page.locator("#search-results[data-complete]").wait_for()
    link = page.locator("ul.search a[href$='#libraries-pytorch']")
    assert link.count() == 1
    link.click()
    page.wait_for_url("**/libraries.html#libraries-pytorch")
    assert "index_put_" in page.locator(".sd-tab-content:visible").inner_text()
