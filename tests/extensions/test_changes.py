"""The changes of the site are a list and a feed, and a state of it can be cited."""

from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, copy_project, make_pages, run_sphinx

from extensions.changes import write_entry
from extensions.changes.feed import ATOM
from extensions.changes.record import read_changes
from extensions.colophon import NUMPY

CHANGES = """
[[changes]]
date = 2026-11-30
name = "second"
title = "A second & last page"
text = "It is new."
label = "one-part"

[[changes]]
date = 2026-11-24
name = "first"
title = "A first page"
text = "It was new."
label = "one"
"""
PAGE = """
:::{site-changes}
:::

:::{site-state}
:::
"""
BASE = "https://example.org/site"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build a small site that has an address and two changes."""
    bodies = {"one": "(one-part)=\n## A part\n", "about/changes": PAGE}
    pages = make_pages(bodies)
    page = "about/changes.md"
    pages[page] = pages[page].replace("(about/", "(")
    folder = tmp_path_factory.mktemp("changes")
    folder = copy_project(folder, pages, f"html_baseurl = {BASE!r}\n")
    (folder / "extensions" / "changes" / "changes.toml").write_text(CHANGES, "utf-8")
    run = run_sphinx(folder)
    assert run.returncode == 0, run.stderr
    return folder / "_build" / "html"


def test_the_list_has_each_change_with_an_address_and_a_link(built):
    html = BeautifulSoup(
        (built / "about/changes.html").read_text("utf-8"), "html.parser"
    )
    second, first = html.select(".site-changes > li")
    assert (second["id"], first["id"]) == ("changes-second", "changes-first")
    said = " ".join(second.get_text().split())
    assert said == "2026-11-30: A second & last page. It is new. See A part."
    assert second.a["href"] == "../one.html#one-part"
    (link,) = html.select("link[type='application/atom+xml']")
    assert link["href"] == f"{BASE}/feed.xml"


def test_the_feed_has_each_change_with_full_addresses(built):
    feed = ElementTree.parse(built / "feed.xml").getroot()
    assert feed.tag == f"{{{ATOM}}}feed"
    names = {"a": ATOM}
    assert feed.findtext("a:updated", namespaces=names) == "2026-11-30T00:00:00Z"
    second, first = feed.findall("a:entry", names)
    assert second.findtext("a:title", namespaces=names) == "A second & last page"
    page = f"{BASE}/about/changes.html"
    assert first.findtext("a:id", namespaces=names) == f"{page}#changes-first"
    assert first.find("a:link", names).get("href") == f"{BASE}/one.html#one"


def test_a_site_without_an_address_has_no_feed(site):
    html = (site / "about" / "changes.html").read_text("utf-8")
    known = "application/atom+xml" in html
    assert (site / "feed.xml").exists() == known


def test_a_state_is_cited_with_what_is_known():
    entry = write_entry("2026-11-30", "0123456", BASE)
    assert "  year = {2026},\n" in entry
    assert f"  note = {{commit 0123456, 2026-11-30, executed by {NUMPY}}},\n" in entry
    assert f"  url = {{{BASE}}},\n" in entry
    unknown = write_entry("", "", "")
    assert f"note = {{executed by {NUMPY}}}" in unknown
    assert "year" not in unknown
    assert "url" not in unknown


def test_the_record_has_names_of_its_own_and_the_newest_change_first():
    changes = read_changes()
    assert len({change.name for change in changes}) == len(changes)
    promised = (ROOT / "tests" / "permalinks.txt").read_text("utf-8").splitlines()
    addresses = {f"about/changes.html#changes-{change.name}" for change in changes}
    assert addresses <= {*promised}
