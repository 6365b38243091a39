"""Which tests use a function of ``examples/``, by parsing all test files."""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


@cache
def list_tests() -> dict[str, dict[str, list[str]]]:
    """Return the names of the tests in each file that use a function.

    The file with the tests of the function's module comes first.
    """
    found = {}
    for path in sorted(ROOT.glob("tests/**/test_*.py"), key=order_file):
        file = path.relative_to(ROOT).as_posix()
        for function, test in find_uses(path.read_text("utf-8")):
            found.setdefault(function, {}).setdefault(file, []).append(test)
    return found


def order_file(path: Path) -> tuple[bool, Path]:
    """Put the tests of the examples before the tests of laws and pages."""
    return path.parent.name != "examples", path


def find_uses(code: str) -> Iterator[tuple[str, str]]:
    """Yield each function that a test uses by its full name, and the test.

    A test may use it through a function, a fixture or a constant of its file.
    """
    tree = ast.parse(code)
    imports = name_imports(tree)
    definitions = read_definitions(tree)
    for test in (name for name in definitions if name.startswith("test_")):
        used = follow_names(test, definitions)
        yield from ((name, test) for name in sorted(resolve(used, imports)))


def name_imports(tree: ast.Module) -> dict[str, str]:
    """Return the full name behind each name that is imported from ``examples``."""
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").split(".")[0] == "examples"
        for alias in node.names
    }


def read_definitions(tree: ast.Module) -> dict[str, set[str]]:
    """Return the names that each function, class and constant of a file uses."""
    found = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names = {node.name}
        elif isinstance(node, ast.Assign):
            names = {x for target in node.targets for x in list_names(target)}
        else:
            continue
        for name in names:
            found.setdefault(name, set()).update(list_names(node))
    return found


def list_names(tree: ast.AST) -> set[str]:
    """Return all names in some code, such as ``f``, ``module.f`` or an argument."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.arg):  # a fixture
            found.add(node.arg)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found.add(f"{node.value.id}.{node.attr}")
    return found


def follow_names(name: str, definitions: dict[str, set[str]]) -> set[str]:
    """Return the names that a definition uses, directly or through others."""
    found, waiting = set(), [name]
    while waiting:
        new = definitions.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def resolve(names: Iterable[str], imports: dict[str, str]) -> set[str]:
    """Return the full name of each name that was imported."""
    found = set()
    for name in names:
        first, dot, rest = name.partition(".")
        if first in imports:
            found.add(imports[first] + dot + rest)
    return found
