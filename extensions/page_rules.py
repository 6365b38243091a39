"""Refuse what a page may not contain, so that nothing on it is silently wrong.

Each rule is a function from a page to (line, message) pairs. Its docstring names the
mistake that it catches. ``nox -s lint`` checks form, such as line breaks.
"""

import re
from collections.abc import Iterator

import yaml
from sphinx.application import Sphinx
from sphinx.util import logging

from extensions.cell_rules import check_code, check_options
from extensions.page import GAP, Cell, Fault, Page, find_cell_lines, read_page
from extensions.questions.rules import RULES as QUESTION_RULES

FRONT_MATTER = {
    "file_format": "mystnb",
    "kernelspec": "name: python3",
    "myst": "html_meta: description",
}
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xa0\xad"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u2069]"
)
# Whole files that no cell uses. The libraries of the first are not installed here, and
# nox -s peers runs them. The tests of the browser send the headers of nginx.conf.
USED_ELSEWHERE = re.compile(
    r"\{literalinclude\} \S*examples/"
    r"(libraries/in_\w+\.py|nginx\.conf\n:language: nginx)\n:::"
)
VERSIONED = r"(NumPy|Python|Matplotlib|SciPy|scikit-learn|PyTorch|JAX|CC BY)\s+$"

logger = logging.getLogger(__name__)


def check_front_matter(page: Page) -> Iterator[Fault]:
    """Mistake: a key that switches off execution or a check; no front matter."""
    match = re.match(r"---\n(.*?)\n---(\n|$)", "\n".join(page.lines), re.S)
    try:
        data = yaml.safe_load(match[1]) if match else {}
        extra = data.keys() - FRONT_MATTER.keys()
        described = data["myst"]["html_meta"]["description"]
        fits = data == {
            "file_format": "mystnb",
            "kernelspec": {"name": "python3"},
            "myst": {"html_meta": {"description": described}},
        }
    except (yaml.YAMLError, KeyError, TypeError, AttributeError):
        extra, fits = set(), False
    for number, line in enumerate(page.lines, 1):
        if line.split(":")[0] in extra:
            yield number, f"front matter may not have the key {line.split(':')[0]!r}"
            extra.remove(line.split(":")[0])
    if not fits:
        yield 1, f"front matter must give {FRONT_MATTER}, and nothing else"


def check_fences(page: Page) -> Iterator[Fault]:
    """Mistake: code in a fence that is not a cell, and so is never executed."""
    cells = set(find_cell_lines(page.lines))
    opened = False
    for number, line in enumerate(page.lines, 1):
        bare = line.lstrip(" \t>-*+")
        if number not in cells and re.match("`{3}|~{3}", bare):
            opened = not opened
            if opened:
                yield number, "a backtick fence begins its line with '```{code-cell}'"
        elif match := re.match(r":{3,}\s*\{\s*(code|eval-rst|include|raw)", bare):
            yield number, f"remove the {match[1]} directive: nothing checks it"
        elif "{download}`" in line:
            yield number, "remove the download role: nothing checks the file"
    if len(page.lines) in cells and page.lines[-1].rstrip() != "```":
        yield len(page.lines), "the last cell is not closed"


def check_characters(page: Page) -> Iterator[Fault]:
    """Mistake: an invisible character, so that the code is not what it looks like."""
    for number, line in enumerate(page.lines, 1):
        if match := INVISIBLE.search(line):
            yield number, f"remove the invisible character U+{ord(match[0]):04X}"


def check_leftovers(page: Page) -> Iterator[Fault]:
    """Mistake: an author's note, a merge conflict, or a path of one machine."""
    for number, line in enumerate(page.lines, 1):
        if match := re.search(r"\b(TODO|FIXME|XXX)\b|^(<|>){7} |\bfile:/|\{\{", line):
            yield number, f"{match[0].strip()!r} was left on the page"


def check_numbers(page: Page) -> Iterator[Fault]:
    """Mistake: a number in the prose that no cell computed."""
    for number, line in page.prose:
        for match in re.finditer(r"(?<![\w.:/\-#])\d+(?:\.\d+)+(?!\w)", line):
            if not re.search(VERSIONED, line[: match.start()]):
                fix = (
                    "compute {0} in a cell: {{eval}}`...`; name a section by its title"
                )
                yield number, fix.format(match[0])


def check_releases(page: Page) -> Iterator[Fault]:
    """Mistake: a release of NumPy that another page may contradict."""
    for number, line in page.prose:
        if match := re.search(r"\bNumPy \d[\w.]*\b", line):
            fix = "write {release}`...` with a fact of examples/version_facts.toml"
            yield number, f"{match[0]} is typed: {fix}"


def check_quotations(page: Page) -> Iterator[Fault]:
    """Mistake: quoted lines that drift; a quoted function that its section omits."""
    imported = " ".join(re.findall(r"^from examples\b.*", join_code(page.cells), re.M))
    text = "\n".join(page.lines)
    for block in re.finditer(r"^:{3,}\{literalinclude\}.*?^:{3,}$", text, re.M | re.S):
        number = text[: block.start()].count("\n") + 1
        whole = re.search(r"\{literalinclude\} \S*/(\w+)\.py\n:::", block[0])
        name = whole or re.search(r"^:pyobject: (\w+)$", block[0], re.M)
        if USED_ELSEWHERE.search(block[0]):
            continue  # the page quotes the whole file, with its imports
        if not name:
            yield number, "quote a function with :pyobject:, or a whole file"
        elif not re.search(rf"\b{name[1]}\b", imported):
            yield number, f"{name[1]} is quoted, but no cell of the page imports it"
        elif not whole and not re.search(rf"\b{name[1]}\b", read_section(page, number)):
            yield number, f"{name[1]} is quoted, but no cell of its section has it"


def join_code(cells: list[Cell]) -> str:
    """Return the code of cells."""
    return "\n".join(cell.code for cell in cells)


def read_section(page: Page, line: int) -> str:
    """Return the code between the headings above and below a line."""
    start = max((n for n in page.headings if n < line), default=0)
    end = min((n for n in page.headings if n > line), default=len(page.lines) + 1)
    return join_code([cell for cell in page.cells if start < cell.line < end])


def check_boxes(page: Page) -> Iterator[Fault]:
    """Mistake: a law that no cell proves, an exercise without check and answer."""
    for box in page.boxes:
        proof = box.cells[0].code if box.cells else ""
        if box.kind == "law" and "assert" not in proof:
            yield box.line, "a law must be proved by an assert in the cell below it"
        if box.kind == "exercise" and not is_exercise(box.cells):
            yield box.line, "an exercise needs a cell with '= ...', then its answer"


def is_exercise(cells: list[Cell]) -> bool:
    """Return whether the first cell has a gap, and the second is a folded answer."""
    return (
        len(cells) > 1
        and GAP.search(cells[0].code) is not None
        and cells[1].options.get("tags") == ["hide-cell"]
    )


RULES = (
    check_front_matter,
    check_fences,
    check_characters,
    check_leftovers,
    check_numbers,
    check_releases,
    check_quotations,
    check_boxes,
    check_options,
    check_code,
    *QUESTION_RULES,
)


def check_source(app: Sphinx, docname: str, source: list[str]) -> None:
    """Apply every rule to a page before it is parsed."""
    page = read_page(source[0])
    for rule in RULES:
        for line, message in rule(page):
            logger.warning(message, location=(docname, line))


def setup(app: Sphinx) -> dict[str, bool]:
    """Check each page before it is parsed."""
    app.connect("source-read", check_source)
    return {"parallel_read_safe": True}
