"""Refuse a cell that hides something, proves nothing, or cannot be pasted.

A rule is a function from a page to (line, message) pairs, or from a node of a cell's
syntax tree to messages. Its docstring names the mistake that it catches.
"""

import ast
import re
from collections.abc import Iterator

from extensions.kernel import DRAW
from extensions.live.reasons import REASONS
from extensions.page import Fault, Page

CELL_OPTIONS = {"tags", "mystnb", "live_tolerance"}
TAGS = {"hide-cell", "hide-input", "hide-output", "raises-exception"} | REASONS.keys()
PACKAGES = {"examples", "numpy", "pandas", "scipy", "sklearn", "sympy"}
STANDARD = {"collections", "concurrent", "contextlib", "dis", "fractions", "functools"}
STANDARD |= {"itertools", "math", "operator", "statistics", "textwrap", "threading"}
STANDARD |= {"tempfile", "warnings"}
IMPURE = {"__import__", "eval", "exec", "exit", "get_ipython", "globals", "hash", "id"}
IMPURE |= {"input", "open", "quit"}
WIDEST_TOLERANCE = 1e-3


def check_options(page: Page) -> Iterator[Fault]:
    """Mistake: a misspelled tag, or one that hides code or an error from a reader."""
    for cell in page.cells:
        wrong = set(cell.options.get("tags") or []) - TAGS
        wrong |= cell.options.keys() - CELL_OPTIONS
        for name in sorted(wrong):
            yield cell.line, f"a cell may not have the tag or option {name!r}"


def check_code(page: Page) -> Iterator[Fault]:
    """Mistake: an empty cell, or a cell that only IPython understands."""
    for cell in page.cells:
        try:
            tree = ast.parse(cell.code)
        except SyntaxError as error:
            yield cell.code_line + (error.lineno or 1) - 1, f"not Python: {error.msg}"
            continue
        if not tree.body:
            yield cell.line, "the cell is empty"
        for node in ast.walk(tree):
            for rule in NODE_RULES:
                for message in rule(node):
                    yield cell.code_line + node.lineno - 1, message


def check_import(node: ast.AST) -> Iterator[str]:
    """Mistake: a package that the site does not declare, or a module for the system."""
    names = []
    if isinstance(node, ast.ImportFrom):
        names = [node.module or "."]
    elif isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    for name in names:
        if name.split(".")[0] == "matplotlib":
            yield f"a cell may not import {name}: {DRAW}"
        elif name.split(".")[0] not in PACKAGES | STANDARD:
            yield f"a cell may not import {name}: see extensions/cell_rules.py"


def name_call(node: ast.AST) -> str:
    """Return the name of the function that a node calls, or an empty string."""
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def check_purity(node: ast.AST) -> Iterator[str]:
    """Mistake: an output that differs from one run to the next."""
    if name_call(node) in IMPURE:
        yield f"{name_call(node)}() can differ in each run, or reach outside the cell"
    if isinstance(node, ast.Attribute) and node.attr == "__version__":
        yield "remove the version: the footer of the page shows it"


def check_warnings(node: ast.AST) -> Iterator[str]:
    """Mistake: a filter that hides a warning, for example about a NaN."""
    name = name_call(node)
    if name.endswith(("filterwarnings", "simplefilter")):
        values = [*node.args, *(keyword.value for keyword in node.keywords)]
        if any(getattr(value, "value", "") == "ignore" for value in values):
            yield "catch and show a warning instead of ignoring it"
    if name.endswith("seterr"):
        yield "write 'with np.errstate(...)', which ends with its block"


def check_seed(node: ast.AST) -> Iterator[str]:
    """Mistake: random numbers that differ in every build."""
    name = name_call(node)
    if name.endswith("default_rng"):
        if not node.args:
            yield "give the random numbers a seed: default_rng(0)"
    elif re.match(r"(np|numpy)\.random\.(?!default_rng)", name):
        yield "draw random numbers from np.random.default_rng(0)"


def check_assertion(node: ast.AST) -> Iterator[str]:
    """Mistake: an assertion that cannot fail."""
    if isinstance(node, ast.Assert) and isinstance(node.test, ast.Constant | ast.Tuple):
        yield "this assertion cannot fail"


def check_tolerance(node: ast.AST) -> Iterator[str]:
    """Mistake: a tolerance so wide that the comparison proves nothing."""
    for keyword in node.keywords if isinstance(node, ast.Call) else ():
        if keyword.arg in {"atol", "rtol"}:
            value = getattr(keyword.value, "value", 0)
            if isinstance(value, int | float) and value > WIDEST_TOLERANCE:
                yield f"{keyword.arg}={value:g} is so wide that it proves nothing"


NODE_RULES = (
    check_import,
    check_purity,
    check_warnings,
    check_seed,
    check_assertion,
    check_tolerance,
)
