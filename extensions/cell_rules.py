"""What a cell may not say: code that hides, that proves nothing, that nobody can paste.

Each rule is a function from a page to (line, message) pairs; its docstring names the
mistake that it is for.
"""

import ast
import re
from collections.abc import Iterator

from extensions.page import Fault, Page

CELL_OPTIONS = {"tags", "mystnb"}
TAGS = {"hide-cell", "hide-input", "hide-output", "raises-exception"}
PACKAGES = {"examples", "numpy", "pandas", "scipy", "sklearn", "sympy"}
STANDARD = {"collections", "contextlib", "dis", "fractions", "functools", "itertools"}
STANDARD |= {"concurrent", "math", "operator", "statistics", "textwrap", "warnings"}
IMPURE = {"__import__", "eval", "exec", "exit", "get_ipython", "globals", "hash", "id"}
IMPURE |= {"input", "open", "quit"}
WIDEST_TOLERANCE = 1e-3


def cell_options(page: Page) -> Iterator[Fault]:
    """Mistake: a misspelt tag, or one that hides what a reader needs or what failed."""
    for cell in page.cells:
        wrong = set(cell.options.get("tags") or []) - TAGS
        wrong |= cell.options.keys() - CELL_OPTIONS
        for name in sorted(wrong):
            yield cell.line, f"a cell has no tag or option {name!r}"


def python(page: Page) -> Iterator[Fault]:
    """Mistake: an empty cell, or code that only IPython understands."""
    for cell in page.cells:
        try:
            tree = ast.parse(cell.code)
        except SyntaxError as error:
            yield cell.code_line + (error.lineno or 1) - 1, f"not Python: {error.msg}"
            continue
        if not tree.body:
            yield cell.line, "the cell is empty"
        for node in ast.walk(tree):
            for rule in (imports, impure, silenced, unseeded, empty, tolerances):
                for message in rule(node):
                    yield cell.code_line + node.lineno - 1, message


def imports(node: ast.AST) -> Iterator[str]:
    """Mistake: a package installed by chance, or a module that looks outside."""
    names = []
    if isinstance(node, ast.ImportFrom):
        names = [node.module or "."]
    elif isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    for name in names:
        if name.split(".")[0] not in PACKAGES | STANDARD:
            yield f"a cell may not import {name}: see extensions/cell_rules.py"


def called(node: ast.AST) -> str:
    """Return the name that a call calls, else nothing."""
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def impure(node: ast.AST) -> Iterator[str]:
    """Mistake: an output that differs from one run to the next."""
    if called(node) in IMPURE:
        yield f"{called(node)}() gives every reader something else"
    if isinstance(node, ast.Attribute) and node.attr == "__version__":
        yield "versions stand at the foot of the page"


def silenced(node: ast.AST) -> Iterator[str]:
    """Mistake: warnings switched off, and a NaN that nobody was told of."""
    name = called(node)
    if name.endswith(("filterwarnings", "simplefilter")):
        values = [*node.args, *(keyword.value for keyword in node.keywords)]
        if any(getattr(value, "value", "") == "ignore" for value in values):
            yield "warnings are captured and shown, never ignored"
    if name.endswith("seterr"):
        yield "floating-point warnings end with their block: with np.errstate(...)"


def unseeded(node: ast.AST) -> Iterator[str]:
    """Mistake: random numbers that differ in every build."""
    name = called(node)
    if name.endswith("default_rng"):
        if not node.args:
            yield "random numbers need a seed: default_rng(0)"
    elif re.match(r"(np|numpy)\.random\.(?!default_rng)", name):
        yield "random numbers come from np.random.default_rng(0)"


def empty(node: ast.AST) -> Iterator[str]:
    """Mistake: an assertion that cannot fail."""
    if isinstance(node, ast.Assert) and isinstance(node.test, ast.Constant | ast.Tuple):
        yield "this assertion cannot fail"


def tolerances(node: ast.AST) -> Iterator[str]:
    """Mistake: a comparison so wide that it proves nothing."""
    for keyword in node.keywords if isinstance(node, ast.Call) else ():
        if keyword.arg in {"atol", "rtol"}:
            value = getattr(keyword.value, "value", 0)
            if isinstance(value, int | float) and value > WIDEST_TOLERANCE:
                yield f"{keyword.arg}={value:g} is so wide that it proves nothing"
