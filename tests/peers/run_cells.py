"""Run the recorded cells of a page, and print as JSON what a reader sees of each.

A cell shows what it prints, the value of its last expression, its warnings, and its
error. The cells of a page run in order, in one namespace. A cell for type checkers is
read by each of them, alone.
"""

import ast
import io
import json
import linecache
import re
import subprocess
import sys
import tempfile
import warnings
from contextlib import redirect_stdout
from pathlib import Path

from extensions.page import open_page
from extensions.promise import read_promise

ROOT = Path(__file__).parent.parent.parent
CHECKERS = {
    "mypy": ["-m", "mypy", "--no-error-summary", "--no-incremental"],
    "basedpyright": ["-m", "basedpyright", "--pythonpath", sys.executable],
    "pylint": [
        *("-m", "pylint", "--disable=all", "--enable=E", "--exit-zero"),
        "--msg-template={path}:{line}: error: {msg} ({symbol})",
    ],
}
MESSAGE = re.compile(
    r"^\s*\S+?:(\d+)(?::\d+)?(?: -|:)"
    r" ((?:error|information): .*|note: Revealed type .*)$",
    re.MULTILINE,
)
LONG_TYPE = re.compile(r'; expected type ".*"(?=  \[)')  # every kind of index
PLACES = re.compile(
    r" \(Triggered internally at .*"  # PyTorch
    r"|\{\{function_node \S+\}\} "  # TensorFlow
    r"|( \[Op:\w+\])? name: *$"
    r"| at <cell \d+>:\d+"  # JAX
    r"| at 0x[0-9a-f]+"
)


def run_page(name: str) -> list[str]:
    """Return the output of each recorded cell of a page."""
    names = {"__name__": "__main__"}
    return [
        check_types(cell.tools.split(", "), cell.code)
        if set(cell.tools.split(", ")) <= CHECKERS.keys()
        else run_cell(cell.code, names, f"<cell {number}>")
        for number, cell in enumerate(open_page(ROOT / "docs" / f"{name}.md").recorded)
    ]


def run_cell(code: str, names: dict, file: str) -> str:
    """Run a cell in a namespace; return what it shows.

    Raises
    ------
    AssertionError
        If the first line is not "# raises TheError" with the error that is raised, or
        if an error is promised and none is raised.
    """
    linecache.cache[file] = len(code), None, code.splitlines(keepends=True), file
    shown, raised = io.StringIO(), None
    with warnings.catch_warnings(record=True) as given, redirect_stdout(shown):
        warnings.simplefilter("default")
        try:
            execute(code, names, file)
        except Exception as error:
            raised = error
    lines = [shown.getvalue().rstrip()]
    lines += [f"{x.category.__name__}: {shorten(x.message)}" for x in given]
    if raised:
        lines.append(f"{type(raised).__name__}: {shorten(raised)}")
    promise = read_promise(code)
    promised, found = promise and promise.error, raised and type(raised).__name__
    assert promised == found, f"{code}\npromises {promised}: {lines[-1]}"
    return "\n".join(filter(None, lines))


def execute(code: str, names: dict, file: str) -> None:
    """Execute code, and print the value of its last expression."""
    body = ast.parse(code).body
    last = body.pop() if isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), file, "exec"), names)
    if last:
        value = eval(compile(ast.Expression(last.value), file, "eval"), names)
        if value is not None:
            print(repr(value))


def shorten(message: object) -> str:
    """Return a message without places in the library's source and in memory."""
    text = PLACES.sub("", str(message))
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def check_types(checkers: list[str], code: str) -> str:
    """Return each line of a cell of which type checkers say something, and what."""
    said = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cell.py"
        path.write_text(code + "\n", "utf-8")
        for checker in checkers:
            command = [sys.executable, *CHECKERS[checker], str(path)]
            done = subprocess.run(
                command, cwd=folder, capture_output=True, text=True, check=False
            )
            assert done.returncode in (0, 1), done.stdout + done.stderr
            for number, message in MESSAGE.findall(done.stdout):
                message = LONG_TYPE.sub("", message)
                said.setdefault(int(number), []).append(f"    {checker}: {message}")
    lines = code.splitlines()
    return "\n".join(
        line for n in sorted(said) for line in (lines[n - 1].strip(), *said[n])
    )


if __name__ == "__main__":
    print(json.dumps([output.splitlines() for output in run_page(sys.argv[1])]))
