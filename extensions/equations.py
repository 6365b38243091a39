"""Tie each displayed equality to the cell that checks it.

A displayed equality is a definition (every relation is ``:=``), or a cell of its
page calls ``holds`` with the formula exactly as the page writes it and one value
for each of its sides. A definition may be checked too: that code computes what the
page defines.

A reference quotes a part of its equation before it, as in
``$p - y$ ({eq}`eq-page-idea`)``. Its number alone would not show that it is wrong.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from extensions.page import Page, open_page

TOKEN = re.compile(
    r"\\\\"
    r"|(?P<open>\\begin\{\w+\*?\}|\\left(?![a-z])\s*\\?.|\\?[{(\[])"
    r"|(?P<close>\\end\{\w+\*?\}|\\right(?![a-z])\s*\\?.|\\?[})\]])"
    r"|(?P<relation>:?=)"
    r"|\\[A-Za-z]+|.",
    re.DOTALL,
)

REFERENCE = re.compile(r"(?:\$([^$]+)\$[^$]*)?\{eq\}`([\w-]+)`")

logger = logging.getLogger(__name__)


def find_relations(formula: str) -> list[str]:
    r"""Return the ``=`` and ``:=`` outside all brackets, in order.

    ``[y = k]`` and ``\sum_{k=1}`` do not state an equality.
    """
    depth, found = 0, []
    for token in TOKEN.finditer(re.sub(r"\\(begin|end)\{aligned\}", "", formula)):
        depth += bool(token["open"]) - bool(token["close"])
        if token["relation"] and depth == 0:
            found.append(token["relation"])
    return found


def fold_space(formula: str) -> str:
    """Return the formula with each run of white space as one space."""
    return " ".join(formula.split())


def find_checks(page: Page) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the formula of each ``holds``, its number of sides, and its line.

    The formula is a string, or a name that the same cell gave to a string above.
    """
    for cell in page.cells:
        tree = ast.parse(cell.code)
        nodes = sorted(ast.walk(tree), key=lambda node: getattr(node, "lineno", 0))
        names = {}
        for node in nodes:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                names |= {ast.unparse(x): node.value.value for x in node.targets}
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "holds":
                given = node.args[0]
                text = getattr(given, "value", names.get(ast.unparse(given)))
                line = cell.code_line + node.lineno - 1
                yield fold_space(str(text)), (len(node.args) - 1, line)


def check_equations(app: Sphinx, doctree: nodes.document) -> None:
    """Refuse an equality without a label or a check, and a check without a formula."""
    docname = app.env.docname
    page = open_page(app.env.doc2path(docname))
    try:
        checks = dict(find_checks(page))
    except SyntaxError:
        return  # the cell itself is refused
    blocks = list(doctree.findall(nodes.math_block))
    for block in blocks:
        for message in check_formula(block, checks):
            logger.warning(message, location=block)
    for formula, (_, line) in checks.items():
        above = max((x.line for x in blocks if x.line and x.line < line), default=0)
        message = "holds(r%r) does not quote a formula of the page"
        if above:
            message += f"; the one above it is at {docname}.md:{above}"
        logger.warning(message, formula, location=(docname, line))


def check_references(app: Sphinx, docname: str, source: list[str]) -> None:
    """Refuse a reference to an equation that does not quote a part of it."""
    for number, line in enumerate(source[0].splitlines(), 1):
        for quoted, label in REFERENCE.findall(line):
            formula = find_formula(Path(app.srcdir), label)
            if not quoted or fold_space(quoted) not in formula:
                message = "quote a part of the equation before {eq}`%s`: $...$"
                logger.warning(message, label, location=(docname, number))


def find_formula(folder: Path, label: str) -> str:
    """Return the formula with a label, or nothing if no page has it."""
    block = re.compile(rf"^\$\$\n((?:(?!\$\$).)*)\n\$\$ \({label}\)$", re.M | re.S)
    for path in sorted(folder.rglob("*.md")):
        if match := block.search(path.read_text("utf-8", "replace")):
            return fold_space(match[1])
    return ""


def check_formula(block: nodes.math_block, checks: dict[str, tuple]) -> Iterator[str]:
    """Say what a displayed formula lacks; take its check out of ``checks``."""
    formula = fold_space(block.astext())
    found = find_relations(formula)
    label = block.get("label") or ""
    if found and not label.startswith("eq-"):
        yield "a displayed equality needs a label: $$ ... $$ (eq-page-idea)"
    if set(found) == {":=", "="}:
        yield "define (:=) in one formula, derive (=) in the next"
        return
    sides = len(found) + 1
    given, _ = checks.pop(formula, (None, None))
    if given is None and "=" in found:
        yield f"no cell checks this formula: holds(r{formula!r}, left, right)"
    elif given is not None and given != sides:
        yield f"this formula has {sides} sides, but its check gives {given}"


def setup(app: Sphinx) -> dict[str, bool]:
    """Check the references of a page before it is parsed, and its formulas after."""
    app.connect("source-read", check_references)
    app.connect("doctree-read", check_equations)
    return {"parallel_read_safe": True}
