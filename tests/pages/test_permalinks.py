"""An address that was once published keeps working."""

import json
import re
import subprocess

import pytest
from conftest import ROOT
from sphinx.util.inventory import InventoryFile

LEDGER = ROOT / "tests" / "permalinks.txt"
PROMISED = LEDGER.read_text("utf-8").split()


@pytest.fixture(scope="module")
def published(site) -> set[str]:
    """Return each page, each label and each equation of the built site."""
    inventory = InventoryFile.loads((site / "objects.inv").read_bytes(), uri="")
    kinds = ("std:doc", "std:label")
    items = [x for kind in kinds for x in inventory.data[kind].values()]
    found = {x.uri for x in items if (site / x.uri.partition("#")[0]).is_file()}
    for path in site.rglob("*.html"):
        name = path.relative_to(site).as_posix()
        ids = re.findall(r'id="(equation-[^"]+)"', path.read_text("utf-8"))
        found |= {f"{name}#{label}" for label in ids}
    return found


@pytest.mark.parametrize("address", PROMISED)
def test_a_promised_address_resolves(address, site):
    name, _, label = address.partition("#")
    html = (site / name).read_text("utf-8")
    assert not label or html.count(f'id="{label}"') == 1


def test_every_published_address_is_promised(published):
    missing = sorted(published - set(PROMISED))
    assert not missing, "add to tests/permalinks.txt:\n" + "\n".join(missing)


def test_no_promise_was_ever_taken_back():
    log = ["git", "log", "-p", "--format=", "--", str(LEDGER)]
    done = subprocess.run(log, cwd=ROOT, capture_output=True, text=True, check=False)
    taken = set(re.findall(r"^-([^-\s].*)$", done.stdout, re.M))
    assert taken <= set(PROMISED)


def test_a_heading_s_own_slug_is_no_address(site):
    for path in site.rglob("*.html"):
        html = path.read_text("utf-8")
        sections = set(re.findall(r'<section id="([^"]+)"', html))
        name = path.relative_to(site).as_posix()
        assert {f"{name}#{x}" for x in sections} <= set(PROMISED)


def test_a_title_links_to_itself_once(site):
    for path in site.rglob("*.html"):
        titles = re.findall(r'"admonition-title">(.*?)</p>', path.read_text("utf-8"))
        assert max((x.count("headerlink") for x in titles), default=0) <= 1, path


@pytest.fixture(scope="module")
def entries(site) -> dict[str, list[str]]:
    """Return the addresses to which a search for each index entry leads first."""
    text = (site / "searchindex.js").read_text("utf-8")
    index = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    pages = [f"{name.removesuffix('.md')}.html" for name in index["filenames"]]
    return {
        entry: [f"{pages[page]}#{label}" for page, label, main in places if main]
        for entry, places in index["indexentries"].items()
    }


def test_a_search_for_an_index_entry_leads_to_a_promised_label(entries):
    found = {place for places in entries.values() for place in places}
    assert found
    assert found <= set(PROMISED)


def test_an_index_entry_leads_to_one_place(entries):
    assert {entry: x for entry, x in entries.items() if len(x) != 1} == {}
