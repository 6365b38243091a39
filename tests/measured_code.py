"""The code that a record has measured, so that no record is older than its code.

``tests/measured_code.json`` has a digest of each function and constant that a record
depends on. A session that writes a record also writes these digests.
"""

import ast
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from extensions.imports import ROOT, find_file

FILE = Path(__file__).with_suffix(".json")
BENCH = [ROOT / "tests" / "bench" / f"{x}.py" for x in ("line", "questions", "layer")]
STARTS = {
    "bench": [*BENCH, ROOT / "tests" / "bench" / "fast.py"],
    "bench --peers": [ROOT / "tests" / "bench" / "peers.py"],
    "peers": sorted(ROOT.glob("examples/libraries/*.py")),
}
Code = dict[str, dict[str, str]]


class Module:
    """The functions and constants of a file, and what it imports from the project."""

    def __init__(self, path: Path) -> None:
        text = path.read_text("utf-8")
        tree = ast.parse(text)
        self.lines = drop_docstrings(text.splitlines(), tree)
        self.nodes: dict[str, ast.stmt] = {}
        self.imports: dict[str, tuple[str, str]] = {}
        for node in tree.body:
            if isinstance(node, ast.ImportFrom):
                for x in node.names:
                    self.imports[x.asname or x.name] = node.module or "", x.name
            elif isinstance(node, ast.FunctionDef | ast.ClassDef):
                self.nodes[node.name] = node
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                self.nodes |= dict.fromkeys(find_names(node, ast.Store), node)

    def list_used(self, name: str) -> Iterator[tuple[Path | None, str]]:
        """Yield what a function uses: a name of this file, or one of another file."""
        for used in sorted(find_names(self.nodes[name], ast.Load)):
            if used in self.nodes:
                yield None, used
            elif used in self.imports:
                module, original = self.imports[used]
                if path := find_file(f"{module}.{original}"):
                    yield from ((path, x) for x in read_module(path).nodes)
                elif path := find_file(module):
                    yield path, original

    def digest(self, name: str) -> str:
        """Return a digest of the code of a function, without docstring and comments."""
        node = self.nodes[name]
        own = self.lines[node.lineno - 1 : node.end_lineno]
        code = "".join(re.sub(r"(^|\s+)#\s.*|\s", "", line) for line in own)
        return hashlib.sha256(code.encode()).hexdigest()[:12]


@cache
def read_module(path: Path) -> Module:
    """Read each file once."""
    return Module(path)


def find_names(node: ast.AST, use: type) -> set[str]:
    """Return the names that a statement reads or sets."""
    names = (x for x in ast.walk(node) if isinstance(x, ast.Name))
    return {x.id for x in names if isinstance(x.ctx, use)}


def drop_docstrings(lines: list[str], tree: ast.Module) -> list[str]:
    """Return lines of code, empty where a docstring was."""
    documented = ast.FunctionDef | ast.ClassDef
    for node in ast.walk(tree):
        if isinstance(node, documented) and is_docstring(node.body[0]):
            start, end = node.body[0].lineno - 1, node.body[0].end_lineno
            lines[start:end] = [""] * (end - start)
    return lines


def is_docstring(node: ast.stmt) -> bool:
    """Return whether a statement is a string alone."""
    value = getattr(node, "value", None)
    return isinstance(node, ast.Expr) and isinstance(value, ast.Constant)


def digest_code(files: Iterable[Path], root: Path = ROOT) -> Code:
    """Return the digests of all that some files define, and of all that this uses."""
    found = {}
    waiting = [(path, name) for path in files for name in read_module(path).nodes]
    while waiting:
        path, name = waiting.pop()
        module = read_module(path)
        digests = found.setdefault(path.relative_to(root).as_posix(), {})
        if name in module.nodes and name not in digests:
            digests[name] = module.digest(name)
            waiting += [(other or path, x) for other, x in module.list_used(name)]
    return {path: dict(sorted(found[path].items())) for path in sorted(found)}


def find_changes(record: str) -> Iterator[str]:
    """Yield the place of each function that changed after a record was written."""
    old, new = json.loads(FILE.read_text("utf-8"))[record], digest_code(STARTS[record])
    for path in sorted(old.keys() | new.keys()):
        was, now = old.get(path, {}), new.get(path, {})
        for name in sorted(was.keys() | now.keys()):
            if was.get(name) != now.get(name):
                node = read_module(ROOT / path).nodes.get(name) if now else None
                yield f"{path}:{node.lineno if node else 1}: {name} has changed"


def note_code(record: str) -> None:
    """Note the code as it is, because a session has just measured it."""
    kept = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    kept[record] = digest_code(STARTS[record])
    FILE.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", "utf-8")
