"""Which modules code imports, and which files of ``examples/`` stand behind them.

This file also runs in a reader's browser, so it needs only the standard library.
"""

import ast
from collections.abc import Iterable, Iterator
from importlib.util import resolve_name
from pathlib import Path

ROOT = Path(__file__).parent.parent
DATA = {".json", ".toml"}  # what modules of examples/ read


def find_imports(code: str, package: str = "") -> Iterator[str]:
    """Yield the full name of each module that code may import, and of other names."""
    try:
        nodes = list(ast.walk(ast.parse(code)))
    except SyntaxError:
        return  # the build refuses the cell or the module
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (package or not node.level):
            module = resolve_name("." * node.level + (node.module or ""), package)
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def find_file(module: str) -> Path | None:
    """Return the file of a module or a package of this project, if it has one."""
    path = ROOT.joinpath(*module.split("."))
    files = (path.with_suffix(".py"), path / "__init__.py")
    return next((file for file in files if file.is_file()), None)


def follow_imports(imports: Iterable[str]) -> tuple[set[str], set[Path]]:
    """Follow imports through ``examples/``; return all their modules and files."""
    modules, files, waiting = set(), set(), [*imports]
    while waiting:
        module = waiting.pop()
        if module in modules:
            continue
        modules.add(module)
        if module.split(".")[0] != "examples":
            continue
        parent = module.rpartition(".")[0]
        waiting.append(parent)
        if file := find_file(module):
            data = (path for path in file.parent.iterdir() if path.suffix in DATA)
            files |= {file, *data}
            package = module if file.name == "__init__.py" else parent
            waiting += find_imports(file.read_text("utf-8"), package)
    return modules, files


def find_packages(code: str, packages: Iterable[str]) -> list[str]:
    """Return those of the packages that code may import, also through ``examples/``."""
    modules, _ = follow_imports(find_imports(code))
    return sorted({name.split(".")[0] for name in modules} & set(packages))
