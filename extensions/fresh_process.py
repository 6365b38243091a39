"""Run cells alone, with NumPy and the standard library only.

``standalone_cells.py`` starts this file as a program. It reads a JSON list of trials.
Each has cells that run one after the other in a new namespace, and the packages that
they may use besides NumPy. The program prints for each trial a line of JSON: what the
last cell shows, or an error with the number of its cell and the line of its code.
"""

import ast
import contextlib
import io
import json
import re
import sys
import traceback
import warnings
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
ALLOWED = {"numpy", *sys.stdlib_module_names}


class OtherPackages:
    """Find no package other than NumPy, as on a machine that has no other."""

    @staticmethod
    def find_spec(name: str, path=None, target=None) -> None:
        """Raise an error for another package; leave NumPy to the usual finders."""
        if name.split(".")[0] not in ALLOWED:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def run_cell(code: str, names: dict, file: str) -> str:
    """Run code in a namespace; return what it prints and its last value.

    A traceback names the code by `file`. A cell that begins with
    ``# raises IndexError`` shows that error.
    """
    *start, last = ast.parse(code).body
    promise = re.match(r"# raises (\w+)", code)
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown), warnings.catch_warnings():
        try:
            exec(compile(ast.Module(start, []), file, "exec"), names)
            exec(compile(ast.Interactive([last]), file, "single"), names)
        except Exception as error:
            name = type(error).__name__
            if not promise or promise[1] != name:
                raise
            return f"{name}: {error}"
    if promise:
        raise AssertionError(f"no {promise[1]}")
    return shown.getvalue()


def try_cells(cells: list[str]) -> dict[str, str | int]:
    """Run cells in order; return what the last one shows, or the first error."""
    names, number, shown = {"__name__": "__main__"}, 0, ""
    try:
        with np.printoptions():
            for number, code in enumerate(cells):
                shown = run_cell(code, names, f"<cell {number}>")
        return {"shown": shown}
    except (Exception, SystemExit) as error:
        frames = traceback.extract_tb(error.__traceback__)
        file = f"<cell {number}>"
        lines = [frame.lineno for frame in frames if frame.filename == file]
        return {
            "error": f"raised {type(error).__name__}: {error}",
            "cell": number,
            "line": [getattr(error, "lineno", 1), *lines][-1],
        }


def run_trials(trials: list[dict]) -> None:
    """Run each trial, and print its result.

    Those that use NumPy alone come first: a package that was imported once is found
    by every later trial.
    """
    for trial in trials:
        if trial["packages"] and OtherPackages in sys.meta_path:
            sys.meta_path.remove(OtherPackages)
            sys.path.insert(0, str(ROOT))
        print(json.dumps(try_cells(trial["cells"])), flush=True)


if __name__ == "__main__":
    sys.meta_path.insert(0, OtherPackages)
    run_trials(json.load(sys.stdin))
