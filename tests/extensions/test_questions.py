"""A question is refused, or becomes a box, a small page, and an entry of the list."""

import gzip
import json
import re
from pathlib import Path

import pytest
from conftest import FRONT, copy_project, make_pages, run_sphinx
from docutils import nodes
from search import list_found

from extensions.page import read_page
from extensions.questions.directive import is_same_text
from extensions.questions.registry import Entry
from extensions.questions.rules import RULES
from extensions.questions.small_page import choose_related

CELL = "```{code-cell}\nimport numpy as np\n\nnp.arange(2)\n```\n"
QUESTION = """\
:::{question} Why does `x[%s]` ask?
:slug: %s
%s

%s
:::

"""
SHORT = "Because $p$ asks.\n"
LAST = "(%s-next)=\n## Next\n\n"

# fault: (the text below the heading, its line there, what is said)
FAULTS = {
    "no slug": (QUESTION % (0, "", "", SHORT) + CELL, 1, "a question needs ':slug:"),
    "not readable": (
        QUESTION % (0, "Why_1", "", SHORT) + CELL,
        1,
        "the slug 'Why_1' must be lower-case words with hyphens",
    ),
    "too long": (
        QUESTION % (0, "a" * 60, "", SHORT) + CELL,
        1,
        "is longer than 59 characters",
    ),
    "not at the head": (
        "Text.\n\n" + QUESTION % (0, "a", "", SHORT) + CELL,
        3,
        "put the question directly below its heading",
    ),
    "no answer": (
        QUESTION % (0, "a", "", "") + CELL,
        1,
        "a question needs an answer below its options",
    ),
    "four sentences": (
        QUESTION % (0, "a", "", "One.\nTwo.\nIs `a. b` three?\nFour.") + CELL,
        1,
        "this answer has 4 sentences; the limit is 3",
    ),
    "a list": (
        QUESTION % (0, "a", "", "It is:\n\n- one") + CELL,
        1,
        "an answer is sentences",
    ),
    "no row": (
        QUESTION % (0, "a", ":rows: Q1 two", SHORT) + CELL,
        1,
        "'two' is not an id of tests/questions.tsv",
    ),
    "no cell": (
        QUESTION % (0, "a", "", SHORT) + "\n## Next\n\n" + CELL,
        1,
        "a cell of this section must show the answer, or ':fact:' must say why",
    ),
    "a hidden cell": (
        QUESTION % (0, "a", "", SHORT)
        + CELL.replace("import", ":tags: [hide-cell]\n\nimport"),
        1,
        "a cell of this section must show the answer",
    ),
    "a recorded library that is not named": (
        QUESTION % (0, "a", ":needs: PyTorch", SHORT)
        + ":::{recorded} PyTorch, JAX\nimport jax\n:::\n",
        1,
        "name JAX in ':needs:', as the cells below do",
    ),
    "a fact without a reason": (
        QUESTION % (0, "a", ":fact:", SHORT) + CELL,
        1,
        "':fact:' says why no cell can show the answer",
    ),
    "an unknown need": (
        QUESTION % (0, "a", ":needs: NumPy 3", SHORT) + CELL,
        1,
        "unknown need 'NumPy 3'; known: CuPy, Dask",
    ),
    "a library without a record": (
        QUESTION % (0, "a", ":needs: JAX", SHORT),
        1,
        "a cell of this section must show the answer",
    ),
    "an import that is not named": (
        QUESTION % (0, "a", "", SHORT) + CELL.replace("numpy", "pandas"),
        9,
        "the question above must name pandas in ':needs:'",
    ),
    "two questions": (
        QUESTION % (0, "a", "", SHORT) + QUESTION % (1, "b", "", SHORT) + CELL,
        9,
        "put the question directly below its heading",
    ),
    "a wrong count": (
        QUESTION % (0, "a", ":cells: 2", SHORT) + CELL,
        1,
        "':cells: 2', but 1 cells follow",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_question_is_refused_with_its_line(fault):
    text, line, said = FAULTS[fault]
    heading = "# Page\n\n"
    page = read_page(heading + text)
    found = [x for rule in RULES for x in rule(page)]
    assert len(found) == 1, found
    assert found[0][0] == line + 2
    assert said in found[0][1]


ALLOWED = {
    "three sentences": QUESTION % (0, "a", "", "One $x. y$.\nTwo!\nThree?") + CELL,
    "a fact": QUESTION % (0, "a", ":fact: a timing differs on each machine", SHORT),
    "a need": QUESTION % (0, "a", ":needs: pandas", SHORT)
    + CELL.replace("numpy", "pandas"),
    "a recorded cell": QUESTION % (0, "a", ":needs: JAX", SHORT)
    + ":::{recorded} JAX\nimport jax\n:::\n",
    "a table of a record": QUESTION % (0, "a", ":needs: PyTorch", SHORT)
    + CELL.replace("import numpy as np", "from examples.libraries.table import x"),
}


@pytest.mark.parametrize("what", ALLOWED)
def test_a_question_may_have(what):
    page = read_page("# Page\n\n" + ALLOWED[what])
    assert [x for rule in RULES for x in rule(page)] == []


FIGURE = """```{code-cell}
---
mystnb:
  image: {alt: Two cells.}
  figure: {caption: Two cells., name: fig-two}
---
from examples.pictures.index import draw_index

draw_index(np.arange(2), 0)
```
"""
FIRST = (
    QUESTION % (1, "one", ":also: a second wording; a third one", "See {ref}`two`.")
    + CELL
    + "A figure, which is drawn:\n\n"
    + FIGURE
    + ":::{exercise} later\n:level: 1\n\nMore.\n:::\n\n```{code-cell}\nx = ...\n\n"
    + "'right' if x == 1 else 'not yet: one'\n```\n\n"
    + "```{code-cell}\n:tags: [hide-cell]\n\nx = 1\n```\n\n"
)
SECOND = (
    QUESTION % (2, "two", ":formerly: old\n:cells: 1", SHORT)
    + CELL
    + "```{code-cell}\n'second cell'\n```\n"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """Build a site with two questions, and return its folder."""
    pages = make_pages({"one": FIRST, "two": SECOND})
    listing = f"{FRONT}(questions)=\n# Questions\n\n:::{{questions}}\n:::\n"
    pages["reference/questions.md"] = listing
    pages["index.md"] = pages["index.md"].replace("two\n", "two\nreference/questions\n")
    conf = "html_baseurl = 'https://example.org/site/'\n"
    folder = copy_project(tmp_path_factory.mktemp("questions"), pages, conf)
    run = run_sphinx(folder)
    assert run.returncode == 0, run.stderr
    return folder / "_build" / "html"


@pytest.mark.parametrize(
    ("heading", "question", "same"),
    [
        ("KeyError: 'x'", "`KeyError: 'x'`", True),
        ("`x` is 1", "x is 1", True),
        ("KeyError: 'x'", "KeyError", False),
    ],
)
def test_a_question_that_is_its_heading_is_recognized(heading, question, same):
    texts = [nodes.Text(text) for text in (heading, question)]
    assert is_same_text(*texts) == same


def test_a_small_page_has_the_answer_the_cells_and_the_figure(built):
    html = (built / "q" / "one.html").read_text("utf-8")
    assert "<h1" in html
    assert "<code>x[1]</code>" in html
    assert html.count("<pre ") == 2
    assert "array([0, 1])" in html
    assert "A figure, which is drawn:" in html
    assert "<svg" in html
    assert "draw_index" not in html
    assert "not yet" not in html
    assert ">The whole section: " in html
    assert "math-font" not in html


def test_the_number_of_cells_limits_a_small_page_and_a_formula_has_its_font(built):
    html = (built / "q" / "two.html").read_text("utf-8")
    assert "second cell" not in html
    assert "<math" in html
    assert "math-font.js" in html


def test_a_pasted_link_shows_the_question_and_its_answer(built):
    html = (built / "q" / "two.html").read_text("utf-8")
    address = "https://example.org/site/q/two.html"
    assert "<title>Why does x[2] ask? | One Line of NumPy</title>" in html
    assert '<meta name="description" content="Because p asks.">' in html
    assert '<meta property="og:title" content="Why does x[2] ask?">' in html
    assert '<meta property="og:description" content="Because p asks.">' in html
    assert f'<meta property="og:url" content="{address}">' in html
    assert f'<link rel="canonical" href="{address}">' in html


def test_a_link_of_an_answer_leads_from_the_small_page_to_its_place(built):
    html = (built / "q" / "one.html").read_text("utf-8")
    assert 'href="../two.html#two"' in html
    for path in (built / "q").glob("*.html"):
        for target in re.findall(r'(?:href|src)="(\.[^"#?]+)', path.read_text("utf-8")):
            assert (path.parent / target).resolve().is_file(), target


def test_a_merged_question_leads_on(built):
    html = (built / "q" / "old.html").read_text("utf-8")
    assert '<a href="two.html">' in html
    assert '<link rel="canonical" href="https://example.org/site/q/two.html">' in html


def test_the_list_leads_to_the_small_pages_and_knows_other_wordings(built):
    html = (built / "reference" / "questions.html").read_text("utf-8")
    assert html.count('href="../q/') == 2
    assert 'data-words="why does x[1] ask? a second wording a third one one"' in html
    questions = json.loads((built / "questions.json").read_text("utf-8"))
    assert [x["address"] for x in questions] == [
        "https://example.org/site/q/one.html",
        "https://example.org/site/q/two.html",
    ]
    assert questions[1]["question"] == "Why does `x[2]` ask?"
    assert questions[1]["answer"] == "Because $p$ asks."


def test_the_search_finds_other_wordings_in_the_section(built):
    (found,) = (x for x in list_found(built) if "a third one" in x.asked)
    assert found.address.startswith("one.html#")
    html = (built / "one.html").read_text("utf-8")
    assert "a second wording, a third one" in html  # a keyword
    assert html.count("a second wording") == 1


def make_entry(slug: str, docname: str) -> Entry:
    """Return a question of a page."""
    return Entry(slug, slug, "", [], "", "", [], docname, "", "", 1)


def test_related_questions_are_those_of_the_page_then_those_of_the_nearest_pages():
    places = ["a/x", "a/x", "b/y", "b/y", "b/z", "c/w", "c/w"]
    entries = [make_entry(str(n), place) for n, place in enumerate(places)]
    related = [entry.slug for entry in choose_related(entries[3], entries)]
    assert related == ["2", "4", "1"]
    one_page = [make_entry(str(n), "a/x") for n in range(9)]
    assert len(choose_related(one_page[0], one_page)) == 6
    assert choose_related(one_page[0], one_page[:1]) == []


SIZE_LIMIT, FORMULA_LIMIT = 40, 80  # KB, compressed
LOADED = re.compile(r'<(?:link rel="stylesheet"|script)[^>]*"(\.\./[^"?]+)[?"]')


def test_a_small_page_and_all_that_it_loads_are_small(site):
    for path in sorted((site / "q").glob("*.html")):
        html = path.read_text("utf-8")
        loaded = [path.parent / name for name in LOADED.findall(html)]
        size = sum(len(gzip.compress(file.read_bytes())) for file in [path, *loaded])
        limit = FORMULA_LIMIT if "math-font.js" in html else SIZE_LIMIT
        assert size <= 1000 * limit, f"{path.name}: {size} bytes"
