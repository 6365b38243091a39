"""Read a page again when a file that its cells use has changed.

The cells of a page import modules of ``examples/``. Those import others, and read the
data files beside them.
"""

import ast
from collections.abc import Iterable, Iterator
from importlib.util import resolve_name
from pathlib import Path

from sphinx.application import Sphinx

from extensions.page import read_page

ROOT = Path(__file__).parent.parent
DATA = {".json", ".toml"}


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


def find_files(imports: Iterable[str]) -> set[Path]:
    """Return the files of ``examples/`` behind these imports, and behind theirs."""
    seen, files, waiting = set(), set(), [*imports]
    while waiting:
        module = waiting.pop()
        if module in seen or module.split(".")[0] != "examples":
            continue
        seen.add(module)
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
    imports = {x for c in read_page(source[0]).cells for x in find_imports(c.code)}
    for file in find_files(imports):
        app.env.note_dependency(str(file))


def setup(app: Sphinx) -> dict[str, bool]:
    """Look for the imports of a page before it is parsed."""
    app.connect("source-read", note_files)
    return {"parallel_read_safe": True}
