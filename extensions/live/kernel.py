"""Run a page's cells in the reader's browser, as the build runs them.

This file runs inside Pyodide, in a worker. It needs no other file of the extension;
`pretty` is IPython's own printer, which the built pages use too.
"""

import ast
import io
import linecache
import os
import platform
import sys
import traceback
import warnings
from pathlib import Path

ROOT = Path("/site")  # where the bundle is unpacked
WIDTH = 79  # columns, as in IPython


class Stream(io.TextIOBase):
    """Send what is printed to the page, as it comes."""

    def __init__(self, name, emit):
        self.name, self.emit = name, emit

    def write(self, text):
        """Send a piece of text."""
        if text:
            self.emit("stream", text, self.name)
        return len(text)


class Kernel:
    """One namespace for the cells of a page, and what their outputs become."""

    def __init__(self, emit):
        """Start with an empty namespace; `emit` takes a kind and strings."""
        self.emit = emit
        os.environ["MPLBACKEND"] = "agg"
        os.environ["MATPLOTLIBRC"] = str(ROOT / "matplotlibrc")
        sys.stdout, sys.stderr = Stream("stdout", emit), Stream("stderr", emit)
        warnings.simplefilter("default")
        self.names = {"__name__": "__main__"}

    def describe(self):
        """Name the versions that a reader meets here."""
        import numpy

        return f"NumPy {numpy.__version__} on Python {platform.python_version()}"

    def run(self, code, number):
        """Run a cell; tell whether it ended without an error.

        The last expression is shown, unless a semicolon follows it.
        """
        file = f"<cell {number}>"
        linecache.cache[file] = (len(code), None, code.splitlines(True), file)
        try:
            body = ast.parse(code, file).body
            last = None
            if body and isinstance(body[-1], ast.Expr):
                last = ast.Expression(body.pop().value)
            exec(compile(ast.Module(body, []), file, "exec"), self.names)
            if last:
                value = eval(compile(last, file, "eval"), self.names)
                if value is not None and not code.rstrip().endswith(";"):
                    self.names["_"] = value
                    self.show(value)
        except BaseException as error:  # also KeyboardInterrupt, by Stop
            self.explain(error, file)
            return False
        return True

    def show(self, value):
        """Send a value as a figure or as text."""
        if type(value).__module__ == "matplotlib.figure":
            drawn = io.StringIO()
            value.savefig(drawn, format="svg", metadata={"Date": None})
            self.emit("figure", drawn.getvalue(), "")
        else:
            from pretty import pretty

            self.emit("text", pretty(value, max_width=WIDTH), "")

    def explain(self, error, file):
        """Send an error, and the lines of the page's cells that led to it."""
        frames = traceback.extract_tb(error.__traceback__)
        own = [x for x in frames if x.filename.startswith("<cell ")]
        lines = [f"{x.filename[1:-1]}, line {x.lineno}: {x.line}" for x in own]
        if isinstance(error, SyntaxError) and error.filename == file:
            text = (error.text or "").strip()
            lines.append(f"{file[1:-1]}, line {error.lineno}: {text}")
        name = type(error).__name__
        self.emit("error", f"{name}: {error}", "\n".join(lines))


def find_packages(code, carried, root=ROOT):
    """Name the carried packages that a cell imports, also through `examples`.

    Parameters
    ----------
    code : str
        The code of a cell; what cannot be parsed imports nothing.
    carried : iterable of str
        The packages that the runtime can load.
    root : Path, optional
        The folder of `examples`.

    Returns
    -------
    list of str
    """
    found, seen, waiting = set(), set(), [code]
    while waiting:
        try:
            tree = ast.parse(waiting.pop())
        except SyntaxError:
            continue
        for name in find_imports(tree):
            package = name.split(".")[0]
            if package in carried:
                found.add(package)
            path = root / (name.replace(".", "/") + ".py")
            if package == "examples" and name not in seen and path.exists():
                seen.add(name)
                waiting.append(path.read_text("utf-8"))
    return sorted(found)


def find_imports(tree):
    """Yield the full name of each module that the code may import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
