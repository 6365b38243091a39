"""The search knows each section, law, question and error, and its scripts are small."""

import gzip
import re

import pytest
from conftest import copy_project, make_pages, run_sphinx
from places import find_place
from search import list_found, read_queries, read_script

from extensions.search.documents import Document
from extensions.search.index import TITLES_ONLY, list_postings, write_text
from extensions.search.terms import find_terms, read_synonyms

BODY = """
A sentence of the page.

(one-part)=
## A part with `code`

:::{question} Why does `x[1]` ask?
:slug: why
:also: a second wording; a third one

Because $p_k$ asks.
:::

:::{index} !what people type
:::

:::{law} a-law
:numpy: not stated there

The law says so.
:::

```{code-cell}
import numpy as np

assert np.zeros(1).size == 1
1 + 1
```

(error-of-a-kind)=
## `IndexError: index 3 is out of bounds`

See {ref}`one-part`.

(one-next)=
## Next

A link that is no text.
"""
GLOSSARY = """
:::{glossary}
mask
boolean mask
    An array of booleans.
:::

(two-next)=
## Next

A link that is no text.
"""
CODE = "assert np.zeros(1).size == 1\n1 + 1"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build a small site."""
    folder = copy_project(
        tmp_path_factory.mktemp("search"), make_pages({"one": BODY, "two": GLOSSARY})
    )
    run = run_sphinx(folder)
    assert run.returncode == 0, run.stderr
    return folder / "_build" / "html"


def test_each_section_law_question_and_error_is_found(built):
    found = [x[:4] for x in list_found(built) if x.address.startswith("one")]
    assert found == [
        ("one.html#one", "page", "one", ""),
        ("one.html#one-part", "section", "A part with code", "one"),
        ("one.html#one-part", "question", "Why does x[1] ask?", "A part with code"),
        ("one.html#law-a-law", "law", "Law: a law", "A part with code"),
        (
            "one.html#error-of-a-kind",
            "error",
            "IndexError: index 3 is out of bounds",
            "one",
        ),
    ]


def test_other_wordings_and_entries_of_the_index_are_found(built):
    asked = {x.title: x.asked for x in list_found(built)}
    assert asked["Why does x[1] ask?"] == ["a second wording", "a third one"]
    assert asked["A part with code"] == ["what people type"]


def test_the_text_stands_in_the_document_that_shows_it(built):
    titles = [x.title for x in list_found(built)]
    lines = [words for *words, _ in read_script(built, "text")]
    text = dict(zip(titles, lines, strict=True))
    assert text["one"] == ["A sentence of the page.", ""]
    assert text["A part with code"] == ["", CODE]
    assert text["Why does x[1] ask?"] == ["Because p_k asks.", ""]
    assert text["Law: a law"] == ["The law says so.", ""]
    error = text["IndexError: index 3 is out of bounds"]
    assert error == ["See A part with code.", ""]


def test_a_term_of_the_glossary_is_found_at_its_own_address(built):
    (found,) = [x for x in list_found(built) if x.kind == "term"]
    assert found == ("two.html#term-mask", "term", "mask, boolean mask", "two", [])
    assert 'id="term-mask"' in (built / "two.html").read_text("utf-8")


def test_the_text_of_some_pages_is_left_out():
    parts = ["b"], ["text"], ["code"]
    document = Document("section", "one", "a", "A", "", *parts)
    assert write_text(document) == ["text", "code", "b"]
    left_out = document._replace(docname=min(TITLES_ONLY))
    assert write_text(left_out) == ["", "", "b"]


def test_the_search_of_sphinx_is_not_served(built):
    names = {path.name for path in built.rglob("*.js")}
    assert "search-start.js" in names
    assert not names & {"searchindex.js", "searchtools.js", "sphinx_highlight.js"}


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("grad[range(m), y] -= 1", "grad rang m y -="),
        ("a[:, y] and a[[0, 1]][2]", "[: y [[ ]["),
        ("np.add.at", "add at addat"),
        ("one-hot take_along_axis", "one hot onehot tak along axi takealongaxi"),
        ("entries, entry, masking, classes", "entri entri mask class"),
        ("size 3, shapes (4,3)", "siz shap"),
    ],
)
def test_a_text_has_these_terms(text, terms):
    assert " ".join(find_terms(text)) == terms


def test_each_synonym_has_terms_on_both_sides():
    for words, meaning in read_synonyms():
        assert words
        assert meaning


def test_each_term_has_the_numbers_of_its_documents():
    found = list_postings([("one hot", ""), ("hot", "one")])
    assert found["terms"] == ["hot", "one"]
    assert found["postings"] == [[[0, 1], [0]], [[], [1]]]


def test_there_are_sixty_queries_or_more_and_the_site_has_their_labels(site):
    queries = read_queries()
    assert len({query for query, _ in queries}) >= 60
    labels = {x.address.partition("#")[2] for x in list_found(site)}
    for query, wanted in queries:
        assert wanted <= labels, query


def test_the_search_finds_each_section_and_law_of_the_pages(site):
    found = {x.address for x in list_found(site)}
    pages = [path for path in site.glob("*/*.html") if path.parent.name != "q"]
    missing = []
    for path in [site / "index.html", *sorted(pages)]:
        labels = r'<(?:section|div class="law admonition") id="([^"]+)(?<!-next)"'
        for label in re.findall(labels, path.read_text("utf-8")):
            address = f"{path.relative_to(site).as_posix()}#{label}"
            if address not in found:
                missing.append(f"{find_place(address)}: the search does not find it")
    assert not missing, "\n".join(missing)


def weigh(site, *names: str) -> int:
    """Return the bytes of files as a host sends them."""
    files = [site / "_static" / name for name in names]
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in files)


def test_the_scripts_are_small(site):
    (folder,) = (site / "_static").glob("minisearch-*")
    library = f"{folder.name}/minisearch.js"
    first = ("search.js", "search.css", "search-first.js")
    assert weigh(site, library, *first) <= 150_000
    assert weigh(site, "search-text.js") <= 350_000
    assert weigh(site, "search-start.js") <= 3_000
