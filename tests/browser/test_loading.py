"""The tests of every page notice what goes wrong while it loads."""

import pytest

from tests.browser.watch import SETTLE, find_shift, open_tab, visit

PROBES = {
    "request to another host": '<script src="https://example.com/x.js"></script>',
    "a missing file": '<img src="no-such.png" alt="">',
    "a script that fails": "<script>nowhere.focus()</script>",
    "a warning": "<script>console.warn('x')</script>",
}


@pytest.mark.parametrize("fault", PROBES)
def test_the_net_catches(context, tmp_path, fault):
    (tmp_path / "x.html").write_text(
        f"<!doctype html>{PROBES[fault]}", encoding="utf-8"
    )
    tab = open_tab(context, tmp_path.as_uri() + "/", SETTLE)
    tab.open("x.html")
    assert [*find_shift(tab.page)] == []
    assert tab.wrong


def test_the_net_catches_a_layout_that_shifts(context, tmp_path):
    late = "setTimeout(() => { top.style.height = '400px' }, 50)"
    html = f"<!doctype html><div id=top></div><p>text<p>text<script>{late}</script>"
    (tmp_path / "x.html").write_text(html.replace("top", "a"), encoding="utf-8")
    tabs = [open_tab(context, tmp_path.as_uri() + "/", SETTLE) for _ in range(2)]
    for tab in tabs:
        tab.open("x.html")
    assert all([*find_shift(tab.page)] for tab in tabs)
    assert [tab.wrong for tab in tabs] == [[], []]


def test_copying_a_formula_gives_its_latex(context, server, read_clipboard):
    page, _ = visit(context, server, "gradient/short-proof.html")
    block = page.locator("div.math math").first
    latex = block.locator("annotation").text_content()
    block.evaluate("e => getSelection().selectAllChildren(e)")
    page.keyboard.press("Control+c")
    assert read_clipboard(page) == f"$${latex.strip()}$$"
    line = page.locator("p:has(span.math)").first
    latex = line.locator("annotation").first.text_content()
    line.evaluate("e => getSelection().selectAllChildren(e)")
    page.keyboard.press("Control+c")
    assert f"${latex.strip()}$" in read_clipboard(page)
