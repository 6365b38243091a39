"""What every page promises its readers, tried on every page."""

import contextlib
import io
import subprocess
import sys

import numpy as np
import pytest
from conftest import ROOT

from examples import equation_check
from extensions.page import read_page
from extensions.promise import read_promise


def run_cell(code: str, names: dict) -> None:
    """Execute a cell in the namespace of its page, without what it prints."""
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(code, "cell", "exec"), names)


def test_the_visible_code_runs_in_a_fresh_interpreter(page):
    cells = read_page(page.read_text("utf-8")).cells
    script = ""
    for cell in cells:
        if "hide-cell" in (cell.options.get("tags") or []):
            continue  # a check or an answer: what a reader sees works without it
        if "raises-exception" in (cell.options.get("tags") or []):
            promise = read_promise(cell.code)
            body = "\n".join(f"    {line}" for line in cell.code.split("\n"))
            # Some errors of NumPy have a name that cannot be imported.
            script += f"try:\n{body}\nexcept Exception as _raised:\n"
            if not promise.holds():
                script += "    pass\n"  # an older NumPy
                continue
            script += f"    assert type(_raised).__name__ == {promise.error!r}\n"
            script += "else:\n    raise SystemExit('nothing was raised')\n"
        else:
            script += cell.code + "\n"
    command = [sys.executable, "-W", "error", "-c", script]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def perturb(side):
    """Return a side of an equation, a little wrong."""
    if isinstance(side, bool | np.bool_):
        return not side
    return side + 1e-3 if not np.ndim(side) else np.add(side, 1e-3)


def test_a_check_of_an_equation_fails_when_its_right_side_is_wrong(page, monkeypatch):
    cells = read_page(page.read_text("utf-8")).cells
    checks = sum(cell.code.count("holds(") for cell in cells)
    if not checks:
        pytest.skip("the page checks no equation")
    holds = equation_check.holds
    tried = []

    def check_both(formula, left, *sides, **options):
        for wrong in range(len(sides)):
            values = [perturb(s) if n == wrong else s for n, s in enumerate(sides)]
            with pytest.raises(AssertionError):
                holds(formula, left, *values, **options)
        tried.append(formula)
        return holds(formula, left, *sides, **options)

    monkeypatch.setattr(equation_check, "holds", check_both)
    names = {}
    for cell in cells:
        fails = "raises-exception" in (cell.options.get("tags") or [])
        with contextlib.suppress(Exception) if fails else contextlib.nullcontext():
            run_cell(cell.code, names)
    assert len(tried) == checks
