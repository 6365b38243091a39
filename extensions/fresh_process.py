"""Run each cell of a list alone, with NumPy and the standard library only.

``standalone_cells.py`` starts this file as a program. It reads a JSON list of codes,
and prints for each a line of JSON: what the cell shows, or its error and its line.
"""

import ast
import contextlib
import io
import json
import sys
import traceback
import warnings

import numpy as np

ALLOWED = {"numpy", *sys.stdlib_module_names}


class OtherPackages:
    """Find no package other than NumPy, as on a machine that has no other."""

    @staticmethod
    def find_spec(name: str, path=None, target=None) -> None:
        """Raise an error for another package; leave NumPy to the usual finders."""
        if name.split(".")[0] not in ALLOWED:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def run_cell(code: str) -> str:
    """Run code in a new namespace; return what it prints and its last value."""
    *start, last = ast.parse(code).body
    names = {"__name__": "__main__"}
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown), warnings.catch_warnings():
        exec(compile(ast.Module(start, []), "<cell>", "exec"), names)
        exec(compile(ast.Interactive([last]), "<cell>", "single"), names)
    return shown.getvalue()


def try_cell(code: str) -> dict[str, str | int]:
    """Run code; return what it shows, or its error and the line of the code."""
    try:
        with np.printoptions():
            return {"shown": run_cell(code)}
    except (Exception, SystemExit) as error:
        frames = traceback.extract_tb(error.__traceback__)
        lines = [frame.lineno for frame in frames if frame.filename == "<cell>"]
        return {
            "error": f"raised {type(error).__name__}: {error}",
            "line": [getattr(error, "lineno", 1), *lines][-1],
        }


if __name__ == "__main__":
    sys.meta_path.insert(0, OtherPackages)
    for cell in json.load(sys.stdin):
        print(json.dumps(try_cell(cell)), flush=True)
