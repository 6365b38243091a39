"""Tie each displayed equality to the cell that checks it.

A displayed equality is a definition (every relation is ``:=``), or a cell of its
page calls ``holds`` with the formula exactly as the page writes it and one value
for each of its sides. A definition may be checked too: that code computes what the
page defines.
"""

import ast
import re
from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

TOKEN = re.compile(
    r"\\\\"
    r"|(?P<open>\\begin\{\w+\*?\}|\\left(?![a-z])\s*\\?.|\\?[{(\[])"
    r"|(?P<close>\\end\{\w+\*?\}|\\right(?![a-z])\s*\\?.|\\?[})\]])"
    r"|(?P<relation>:?=)"
    r"|\\[A-Za-z]+|.",
    re.DOTALL,
)

logger = logging.getLogger(__name__)


def relations(formula: str) -> list[str]:
    r"""Return the ``=`` and ``:=`` outside all brackets, in order.

    ``[y = k]`` and ``\sum_{k=1}`` state no equality.
    """
    depth, found = 0, []
    for token in TOKEN.finditer(re.sub(r"\\(begin|end)\{aligned\}", "", formula)):
        depth += bool(token["open"]) - bool(token["close"])
        if token["relation"] and depth == 0:
            found.append(token["relation"])
    return found


def squeeze(formula: str) -> str:
    """Return the formula with its white space folded: the rest must agree."""
    return " ".join(formula.split())


def checks(doctree: nodes.document) -> Iterator[tuple[str, tuple[int, nodes.Node]]]:
    """Yield the formula of each ``holds``, its number of sides, and its cell."""
    for cell in doctree.findall(nodes.container):
        if cell.get("nb_element") != "cell_code_source":
            continue
        for node in ast.walk(ast.parse(cell.astext())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "holds":
                formula = squeeze(ast.literal_eval(node.args[0]))
                yield formula, (len(node.args) - 1, cell)


def check(app: Sphinx, doctree: nodes.document) -> None:
    """Refuse an equality that is unlabelled, unchecked or checked as another one."""
    try:
        sides = dict(checks(doctree))
    except (SyntaxError, ValueError):
        return  # the cell itself is refused
    for block in doctree.findall(nodes.math_block):
        for message in faults(block, sides):
            logger.warning(message, location=block)
    for formula, (_, cell) in sides.items():
        message = "holds(r%r) quotes no formula of the page"
        logger.warning(message, formula, location=cell.parent)


def faults(block: nodes.math_block, sides: dict[str, tuple]) -> Iterator[str]:
    """Say what a displayed formula lacks; take its check out of ``sides``."""
    formula = squeeze(block.astext())
    found = relations(formula)
    label = block.get("label") or ""
    if found and not label.startswith("eq-"):
        yield "a displayed equality needs a label: $$ ... $$ (eq-page-idea)"
    if set(found) == {":=", "="}:
        yield "define (:=) in one formula, derive (=) in the next"
        return
    given, _ = sides.pop(formula, (None, None))
    if given is None and "=" in found:
        yield f"no cell of this page checks it: holds(r{formula!r}, left, right)"
    elif given is not None and given != len(found) + 1:
        yield f"has {len(found) + 1} sides, but its check gives {given}"


def setup(app: Sphinx) -> dict[str, bool]:
    """Check each page when it has been read."""
    app.connect("doctree-read", check)
    return {"parallel_read_safe": True}
