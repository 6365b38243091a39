"""An address that was once published keeps working."""

import os
import re
import subprocess
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from conftest import ROOT
from places import find_place
from search import list_found
from sphinx.util.inventory import InventoryFile

LEDGER = ROOT / "tests" / "permalinks.txt"
PROMISED = LEDGER.read_text("utf-8").splitlines()
ADDRESS = r"[\w/-]+\.html(?:#[\w.-]+)?"


@pytest.fixture(scope="module")
def pages(site) -> dict[str, str]:
    """Return the HTML of each page of the built site, by its name."""
    return {
        path.relative_to(site).as_posix(): path.read_text("utf-8")
        for path in site.rglob("*.html")
    }


@pytest.fixture(scope="module")
def published(site, pages) -> set[str]:
    """Return each page, label, term, equation and question of the built site."""
    inventory = InventoryFile.loads((site / "objects.inv").read_bytes(), uri="")
    kinds = ("std:doc", "std:label", "std:term")
    items = [x for kind in kinds for x in inventory.data[kind].values()]
    found = {x.uri for x in items if (site / x.uri.partition("#")[0]).is_file()}
    for name, html in pages.items():
        ids = re.findall(r'id="(equation-[^"]+)"', html)
        found |= {f"{name}#{label}" for label in ids}
        found |= {name} if name.startswith("q/") else set()
    return found


def test_the_ledger_holds_addresses_alone_in_their_order_and_each_once():
    assert [line for line in PROMISED if not re.fullmatch(ADDRESS, line)] == []
    assert sorted(set(PROMISED)) == PROMISED


def test_each_promised_address_resolves(pages):
    counts = {x: Counter(re.findall('id="([^"]*)"', y)) for x, y in pages.items()}
    broken = []
    for address in PROMISED:
        name, _, label = address.partition("#")
        if name not in pages or (label and counts[name][label] != 1):
            broken.append(f"{find_place(address)}: {address} is gone, or there twice")
    assert not broken, "\n".join(broken)


def test_every_published_address_is_promised(published):
    missing = sorted(published - set(PROMISED))
    lines = [f"{find_place(x)}: add to tests/permalinks.txt: {x}" for x in missing]
    assert not lines, "\n".join(lines)


def run_git(folder: Path, *command: str) -> str:
    """Run git in a folder; return what it prints."""
    author = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org"}
    author |= {"GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org"}
    done = subprocess.run(
        ["git", *command],
        cwd=folder,
        env=os.environ | author,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def find_removed_lines(folder: Path, name: str) -> set[str]:
    """Return each line that a commit removed from a file; need the full history."""
    if run_git(folder, "rev-parse", "--is-shallow-repository").strip() == "true":
        pytest.fail(
            "this clone is shallow, so no test can see which addresses were removed; "
            "run git fetch --unshallow, or check out with fetch-depth: 0"
        )
    log = run_git(folder, "log", "--patch", "--format=", "--", name)
    return set(re.findall(rf"^-({ADDRESS})$", log, re.M))


def test_no_promise_was_ever_taken_back():
    if not (ROOT / ".git").exists():
        pytest.skip("these files are not a clone, so they have no history to read")
    assert find_removed_lines(ROOT, "tests/permalinks.txt") <= set(PROMISED)


@pytest.fixture
def history(tmp_path) -> Path:
    """Return a repository whose second commit removed a line of its ledger."""
    folder = tmp_path / "origin"
    folder.mkdir()
    run_git(folder, "init", "--quiet")
    for text in ("a.html\nb.html\n", "b.html\nc.html\n"):
        (folder / "ledger.txt").write_text(text, "utf-8")
        run_git(folder, "add", "ledger.txt")
        run_git(folder, "commit", "--quiet", "--no-verify", "--message=Change")
    return folder


def test_a_promise_that_was_taken_back_is_found(history):
    assert find_removed_lines(history, "ledger.txt") == {"a.html"}


def test_a_shallow_clone_is_refused(history, tmp_path):
    clone = ["clone", "--quiet", "--depth=1", history.as_uri(), "shallow"]
    run_git(tmp_path, *clone)
    with pytest.raises(pytest.fail.Exception, match="run git fetch --unshallow"):
        find_removed_lines(tmp_path / "shallow", "ledger.txt")


def test_a_heading_s_own_slug_is_no_address(pages):
    for name, html in pages.items():
        sections = set(re.findall(r'<section id="([^"]+)"', html))
        assert {f"{name}#{x}" for x in sections} <= set(PROMISED)


def test_a_title_links_to_itself_once(pages):
    for name, html in pages.items():
        titles = re.findall(r'"admonition-title">(.*?)</p>', html)
        assert max((x.count("headerlink") for x in titles), default=0) <= 1, name


@pytest.fixture(scope="module")
def entries(site) -> dict[str, list[str]]:
    """Return the addresses to which each entry of the index leads."""
    found = defaultdict(list)
    documents = [x for x in list_found(site) if x.kind != "question"]
    for document in documents:
        for wording in document.asked:
            found[wording].append(document.address)
    return found


def test_a_search_for_an_index_entry_leads_to_a_promised_label(entries):
    found = {place for places in entries.values() for place in places}
    assert found
    assert found <= set(PROMISED)


def test_an_index_entry_leads_to_one_place(entries):
    assert {entry: x for entry, x in entries.items() if len(x) != 1} == {}
