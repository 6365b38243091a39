"""Read a page again when a file that its cells use has changed.

The cells of a page import modules of ``examples/``. Those import others, and read the
data files beside them.
"""

import ast
from collections.abc import Iterator
from importlib.util import resolve_name
from pathlib import Path

from sphinx.application import Sphinx

from extensions.page import read_page

ROOT = Path(__file__).parent.parent
DATA = {".json", ".toml"}


def find_imports(code: str, package: str = "") -> Iterator[str]:
    """Yield the full name of each module that code may import, and of other names."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            relative = "." * node.level + (node.module or "")
            module = resolve_name(relative, package)
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def find_file(module: str) -> Path | None:
    """Return the file of a module or a package of this project, if it has one."""
    path = ROOT.joinpath(*module.split("."))
    files = (path.with_suffix(".py"), path / "__init__.py")
    return next((file for file in files if file.is_file()), None)


def find_files(code: str) -> set[Path]:
    """Return the files of ``examples/`` that code uses, directly or not."""
    modules, files, waiting = set(), set(), [*find_imports(code)]
    while waiting:
        module = waiting.pop()
        if module in modules or module.split(".")[0] != "examples":
            continue
        modules.add(module)
        parent = module.rpartition(".")[0]
        waiting.append(parent)
        if file := find_file(module):
            data = (path for path in file.parent.iterdir() if path.suffix in DATA)
            files |= {file, *data}
            package = module if file.name == "__init__.py" else parent
            waiting += find_imports(file.read_text("utf-8"), package)
    return files


def note_files(app: Sphinx, docname: str, source: list[str]) -> None:
    """Tell Sphinx which files of ``examples/`` a page depends on."""
    for cell in read_page(source[0]).cells:
        try:
            files = find_files(cell.code)
        except SyntaxError:
            continue  # the cell or the module is refused
        for file in files:
            app.env.note_dependency(str(file))


def setup(app: Sphinx) -> dict[str, bool]:
    """Look for the imports of a page before it is parsed."""
    app.connect("source-read", note_files)
    return {"parallel_read_safe": True}
