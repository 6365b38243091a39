"""Run the cells of a page in the reader's browser, as the build runs them.

This file runs inside Pyodide, in a worker. It uses only files of the bundle, where
``pretty`` is IPython's own printer, which the built pages use too.
"""

import ast
import io
import linecache
import logging
import os
import sys
import traceback
import warnings
from pathlib import Path

from extensions.svg import inline_svg

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
    """One namespace for the cells of a page."""

    def __init__(self, emit):
        """Start with an empty namespace.

        `emit` sends an output to the page. It takes the kind of the output, its text
        and, for a stream or an error, its name or its place.
        """
        self.emit = emit
        os.environ["MPLBACKEND"] = "agg"
        os.environ["MATPLOTLIBRC"] = str(ROOT / "matplotlibrc")
        sys.stdout, sys.stderr = Stream("stdout", emit), Stream("stderr", emit)
        warnings.simplefilter("default")
        logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
        self.names = {"__name__": "__main__"}

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
                    self.show(value, number)
        except BaseException as error:  # also KeyboardInterrupt, by Stop
            self.explain(error, file)
            return False
        return True

    def show(self, value, number):
        """Send a value as a figure or as text."""
        if type(value).__module__ == "matplotlib.figure":
            text = io.StringIO()
            value.savefig(text, format="svg", metadata={"Date": None})
            alt = f"The figure that cell {number} draws"
            svg = inline_svg(text.getvalue(), f"live-{number}", alt, None)
            self.emit("figure", svg, "")
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
