"""What every page promises its readers, tried on every page."""

import ast
import contextlib
import io
import subprocess
import sys

import numpy as np
import pytest
from conftest import ROOT

from examples import equation_check
from extensions.cell_rules import STANDARD
from extensions.page import Cell, read_page


def run(code: str, names: dict) -> str:
    """Execute code; return what it printed, then its last value, as a cell shows."""
    *body, last = ast.parse(code).body
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        if isinstance(last, ast.Expr):
            exec(compile(ast.Module(body, []), "cell", "exec"), names)
            print(eval(compile(ast.Expression(last.value), "cell", "eval"), names))
        else:
            exec(compile(code, "cell", "exec"), names)
    return printed.getvalue()


def below(page, kind: str) -> list[tuple[str, Cell, Cell]]:
    """Return the line of each box of a kind, with the two cells below it."""
    text = read_page(page.read_text("utf-8"))
    found = []
    for number, line in enumerate(text.lines, 1):
        if line.startswith(":::{" + kind):
            first, second, *_ = [
                *(c for c in text.cells if c.line > number),
                None,
                None,
            ]
            found.append((f"{page}:{number}", first, second))
    return found


def test_the_visible_code_runs_in_a_fresh_interpreter(page):
    cells = read_page(page.read_text("utf-8")).cells
    script = ""
    for cell in cells:
        if "hide-cell" in (cell.options.get("tags") or []):
            continue  # a check or an answer: what a reader sees works without it
        if "raises-exception" in (cell.options.get("tags") or []):
            name = cell.code.split("\n")[0].removeprefix("# raises ")
            body = "\n".join(f"    {line}" for line in cell.code.split("\n"))
            # Some errors of NumPy have a name that nobody can import.
            script += f"try:\n{body}\nexcept Exception as _raised:\n"
            script += f"    assert type(_raised).__name__ == {name!r}\n"
            script += "else:\n    raise SystemExit('nothing was raised')\n"
        else:
            script += cell.code + "\n"
    command = [sys.executable, "-W", "error", "-c", script]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("kind", ["law", "answer", "exercise"])
def test_a_proof_can_be_pasted_alone_and_needs_numpy_alone(page, kind):
    for where, cell, _ in below(page, kind):
        for node in ast.walk(ast.parse(cell.code)):
            if isinstance(node, ast.ImportFrom):
                assert node.module.split(".")[0] in {"numpy"} | STANDARD, where
            if isinstance(node, ast.Import):
                names = {alias.name.split(".")[0] for alias in node.names}
                assert names <= {"numpy"} | STANDARD, where
        run(cell.code, {})


def test_an_exercise_says_not_yet_and_then_right(page):
    for where, question, answer in below(page, "exercise"):
        assert run(question.code, {}).lstrip("'\"").startswith("not yet"), where
        lines = question.code.split("\n")
        (gap,) = [n for n, line in enumerate(lines) if "= ..." in line]
        lines[gap] = answer.code
        assert run("\n".join(lines), {}).strip("'\"\n") == "right", where


def perturbed(side):
    """Return a side of an equation, a little wrong."""
    if isinstance(side, bool | np.bool_):
        return not side
    return side + 1e-3 if not np.ndim(side) else np.add(side, 1e-3)


def test_a_check_of_an_equation_fails_when_its_right_side_is_wrong(page, monkeypatch):
    holds = equation_check.holds
    tried = []

    def both(formula, left, *sides, **options):
        for wrong in range(len(sides)):
            values = [perturbed(s) if n == wrong else s for n, s in enumerate(sides)]
            with pytest.raises(AssertionError):
                holds(formula, left, *values, **options)
        tried.append(formula)
        return holds(formula, left, *sides, **options)

    monkeypatch.setattr(equation_check, "holds", both)
    names = {}
    cells = read_page(page.read_text("utf-8")).cells
    for cell in cells:
        if "raises-exception" not in (cell.options.get("tags") or []):
            run(cell.code, names)
    assert len(tried) == sum(cell.code.count("holds(") for cell in cells)
