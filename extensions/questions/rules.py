"""Refuse a question that a reader could not find, or that nothing proves.

Each rule is a function from a page to (line, message) pairs. Its docstring names the
mistake that it catches. ``page_rules`` applies them.
"""

import re
from collections.abc import Iterator

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from extensions.fresh_process import ALLOWED
from extensions.imports import find_imports
from extensions.page import Cell, Fault, Page, Question
from extensions.questions.registry import find_addresses

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 59
MOST_SENTENCES = 3
# An end of a sentence, in text without code, formulas and roles.
SENTENCE_END = re.compile(r"[.?!][)\"”]?(?=\s|$)")
SPAN = re.compile(r"\{\w[^{}]*\}`[^`]*`|(`+)[^`].*?\1|\$[^$]+\$")
# What a question may need besides NumPy, and the package that its cells import.
INSTALLED = {
    "pandas": "pandas",
    "SciPy": "scipy",
    "scikit-learn": "sklearn",
    "SymPy": "sympy",
    "examples": "examples",  # the functions of this site
}
# The build does not execute these: the page shows a record, which nox -s peers renews.
RECORDED = {"PyTorch", "JAX", "TensorFlow", "CuPy", "Dask", "MLX", "Numba", "mypy"}
RECORDED |= {"basedpyright", "pylint"}
TABLES = "examples.libraries"
DRAWING = "examples.pictures"

logger = logging.getLogger(__name__)


def list_needs(question: Question) -> list[str]:
    """Return what a question needs besides NumPy."""
    return [x.strip() for x in question.options.get("needs", "").split(",") if x]


def is_drawing(code: str) -> bool:
    """Return whether a cell draws a figure, which illustrates and proves nothing."""
    return DRAWING in code


def list_proofs(question: Question) -> list[Cell]:
    """Return the cells of a question that a reader can paste, without the figures."""
    return [cell for cell in question.cells if not is_drawing(cell.code)]


def list_packages(question: Question) -> set[str]:
    """Return the packages besides NumPy that the cells of a question may import."""
    needs = list_needs(question)
    packages = {INSTALLED[name] for name in needs if name in INSTALLED}
    return packages | ({"examples"} if RECORDED & set(needs) else set())


def check_slug(page: Page) -> Iterator[Fault]:
    """Mistake: no slug, or one that is not a readable address."""
    for question in page.questions:
        slugs = [question.options.get("slug", "")]
        slugs += question.options.get("formerly", "").split()
        for slug in slugs:
            if not slug:
                yield question.line, "a question needs ':slug: two-to-six-words'"
            elif not SLUG.fullmatch(slug):
                message = f"the slug {slug!r} must be lower-case words with hyphens"
                yield question.line, message
            elif len(slug) > LONGEST_SLUG:
                message = f"the slug {slug!r} is longer than {LONGEST_SLUG} characters"
                yield question.line, message


def check_place(page: Page) -> Iterator[Fault]:
    """Mistake: a question that is not the first thing below its heading."""
    for question in page.questions:
        above = question.line - 1
        while above and not page.lines[above - 1].strip():
            above -= 1
        if above not in page.headings:
            yield question.line, "put the question directly below its heading"


def check_answer(page: Page) -> Iterator[Fault]:
    """Mistake: no question in words, no answer, or an answer that is too long."""
    for question in page.questions:
        if not question.text:
            yield question.line, "write the question after ':::{question}'"
        if not question.body:
            yield question.line, "a question needs an answer below its options"
        text = SPAN.sub("x", " ".join(question.body))
        count = len(SENTENCE_END.findall(text))
        if count > MOST_SENTENCES:
            message = f"this answer has {count} sentences; the limit is"
            yield question.line, f"{message} {MOST_SENTENCES}"
        for line in question.body:
            if re.match(r"\s*([-*+] |\d+\. |[|>#]|:{3,}|`{3}|\$\$)", line):
                yield question.line, "an answer is sentences: put the rest below it"
                break


def check_rows(page: Page) -> Iterator[Fault]:
    """Mistake: something else than the ids of rows in tests/questions.tsv."""
    for question in page.questions:
        for row in question.options.get("rows", "").split():
            if not re.fullmatch(r"[A-Z]\d+", row):
                yield question.line, f"{row!r} is not an id of tests/questions.tsv"


def check_needs(page: Page) -> Iterator[Fault]:
    """Mistake: a library that the site does not know, or an import that is not named.

    What NumPy alone cannot show says so, and a library that the build does not
    execute has its record on the page.
    """
    for question in page.questions:
        for name in list_needs(question):
            if name not in INSTALLED.keys() | RECORDED:
                known = ", ".join(sorted(INSTALLED.keys() | RECORDED))
                yield question.line, f"unknown need {name!r}; known: {known}"
        allowed = ALLOWED | list_packages(question)
        for cell in list_proofs(question):
            imported = {name.split(".")[0] for name in find_imports(cell.code)}
            for name in sorted(imported - allowed):
                yield cell.line, f"the question above must name {name} in ':needs:'"


def check_proof(page: Page) -> Iterator[Fault]:
    """Mistake: an answer that no executed or recorded cell of its section shows."""
    tables = any(TABLES in cell.code for cell in page.cells)
    for question in page.questions:
        needs = RECORDED & set(list_needs(question))
        named = {x for cell in question.recorded for x in cell.tools.split(", ")}
        for name in sorted((named & RECORDED) - needs):
            yield question.line, f"name {name} in ':needs:', as the cells below do"
        if "fact" in question.options and not question.options["fact"]:
            yield question.line, "':fact:' says why no cell can show the answer"
        shown = list_proofs(question) or question.recorded or (needs and tables)
        if not shown and "fact" not in question.options:
            message = "a cell of this section must show the answer, or ':fact:' must"
            yield question.line, f"{message} say why no cell can"


def check_count(page: Page) -> Iterator[Fault]:
    """Mistake: a number of cells that the section does not have."""
    for question in page.questions:
        count = question.options.get("cells")
        if count is not None and count != str(len(question.cells)):
            message = f"':cells: {count}', but {len(question.cells)} cells follow"
            yield question.line, message


RULES = (
    check_slug,
    check_place,
    check_answer,
    check_rows,
    check_needs,
    check_proof,
    check_count,
)


def check_addresses(app: Sphinx, env: BuildEnvironment) -> None:
    """Mistake: two questions with one address."""
    first = {}
    for slug, question in find_addresses(env):
        if slug in first:
            message = "the slug %r is taken by %s, line %d"
            place = env.doc2path(first[slug].docname, base=False)
            where = (question.docname, question.line)
            logger.warning(message, slug, place, first[slug].line, location=where)
        first.setdefault(slug, question)
