"""The bibliography lists each text that a page cites, and who cites it."""

import pytest
from bs4 import BeautifulSoup
from conftest import copy_project, make_pages, run_sphinx

from extensions.bibliography import KINDS, Work, find_work, read_works
from extensions.bibliography.shorten import shorten_address

WORKS = """
[[works]]
kind = "paper"
authors = "Young, A."
year = "2021"
title = "A second paper"
addresses = ["https://example.org/second"]

[[works]]
kind = "paper"
authors = "Adams, B."
year = "2020"
title = "A first paper"
where = "A journal"
addresses = ["https://example.org/first"]

[[works]]
kind = "paper"
title = "A paper that no page cites"
addresses = ["https://example.org/third"]

[[works]]
kind = "documentation"
title = "A library"
addresses = ["https://example.com/stable"]
"""
CITING = """
See [the paper](https://example.org/first), its [page 2](https://example.org/first#2)
and [an unknown text](https://example.net/unknown).

:::{law} a-law
:source: Young (2021) <https://example.org/second>

The law says so.
:::

```{code-cell}
import numpy as np

assert np.zeros(1).size == 1
```

(one-part)=
## A part

[How to](https://example.com/stable/user/how.html#so) and
[the paper](https://example.org/first).
"""
LIST = """
:::{bibliography} paper
:::

:::{bibliography} documentation
:::
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build a small site with a bibliography, an unknown text and an unused work."""
    pages = make_pages({"one": CITING, "reference/bibliography": LIST})
    page = "reference/bibliography.md"
    pages[page] = pages[page].replace("(reference/", "(")
    folder = copy_project(tmp_path_factory.mktemp("bibliography"), pages)
    works = folder / "extensions" / "bibliography" / "works.toml"
    works.write_text(WORKS, "utf-8")
    return folder, run_sphinx(folder)


def test_works_are_in_order_with_links_back_to_what_cites_them(built):
    html = (built[0] / "_build/html/reference/bibliography.html").read_text("utf-8")
    entries = BeautifulSoup(html, "html.parser").select(".bibliography > li")
    texts = [" ".join(x.get_text().split()) for x in entries]
    assert texts[0].startswith("A paper that no page cites")
    assert texts[1:3] == [
        "Adams, B. (2020). A first paper. A journal. Cited in one, A part.",
        "Young, A. (2021). A second paper. Cited in Law: a law.",
    ]
    links = [a["href"] for a in entries[1].select("a.internal")]
    assert links == ["../one.html#one", "../one.html#one-part"]
    assert texts[3] == "A library. user/how#so: A part"


def test_an_unknown_text_and_an_unused_work_are_refused(built):
    _, run = built
    assert run.returncode != 0
    assert "one.md:14: WARNING: name https://example.net/unknown in" in run.stderr
    assert "no page cites 'A paper that no page cites'" in run.stderr
    assert run.stderr.count("WARNING") == 2


def test_the_longest_address_that_fits_counts():
    book = Work("book", "A book", ["https://github.com/a/book"])
    all_code = Work("code", "GitHub", ["https://github.com"])
    for address, work in {
        "https://github.com/a/book/": book,
        "https://github.com/a/book/blob/main/x.md": book,
        "https://github.com/a/bookshop": all_code,
        "https://example.org/https://github.com": None,
    }.items():
        assert find_work([all_code, book], address) == work


def test_every_work_has_a_known_kind_and_addresses_of_its_own():
    works = read_works()
    assert {work.kind for work in works} <= {*KINDS}
    addresses = [address for work in works for address in work.addresses]
    assert len(addresses) == len(set(addresses))
    assert all(x.startswith("https://") and not x.endswith("/") for x in addresses)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://github.com/numpy/numpy/pull/11379", "numpy/numpy#11379"),
        ("https://github.com/a/b/commit/0123456789", "a/b: commit 0123456"),
        ("https://github.com/a/b/tree/0123456", "a/b"),
        ("https://example.org", "https://example.org"),
    ],
)
def test_an_address_is_shortened(address, name):
    assert shorten_address(address, ["https://example.org"]) == name
