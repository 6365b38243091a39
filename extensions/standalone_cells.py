"""Refuse a law, an answer or an exercise whose cell does not work when pasted alone.

A reader can paste such a cell into Python with NumPy and nothing else. An exercise
says "not yet" before it is solved, and "right" with its answer in its gap. One process
runs all these cells of a build, each in a new namespace.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from extensions.page import GAP, Fault, Page, open_page

PROGRAM = Path(__file__).with_name("fresh_process.py")
ALONE = "this cell must run alone, with NumPy and the standard library only"
UNSOLVED = "an unsolved exercise must say 'not yet' and give a hint"
SOLVED = "this answer must turn its exercise into 'right'"
# Below the answer of a page on a library, the first cell of the page shows it.
LIBRARY = re.compile(r"^# .*\b(pandas|SciPy)\b", re.MULTILINE)
WANTED = {ALONE: ".*", UNSOLVED: "not yet.*", SOLVED: "right"}

logger = logging.getLogger(__name__)


class Trial(NamedTuple):
    """Code to run alone, the line of the page where it starts, and its rule."""

    line: int
    code: str
    rule: str


def plan_trials(page: Page) -> Iterator[Trial]:
    """Yield what to run for each box of a page."""
    shows_library = LIBRARY.search("\n".join(page.lines))
    for box in page.boxes:
        if box.kind == "answer" and shows_library:
            continue
        if box.kind != "exercise":
            yield from (Trial(c.code_line, c.code, ALONE) for c in box.cells[:1])
        elif len(box.cells) > 1:
            question, answer, *_ = box.cells
            solved = GAP.sub(lambda gap, code=answer.code: code, question.code)
            yield Trial(question.code_line, question.code, UNSOLVED)
            yield Trial(answer.code_line, solved, SOLVED)


def run_codes(codes: list[str], limit: int) -> Iterator[dict]:
    """Run codes in one process; yield what each shows, or its error."""
    command = [sys.executable, "-I", "-X", "utf8", "-W", "error", str(PROGRAM)]
    given = json.dumps(codes).encode()
    try:
        lines = subprocess.run(
            command, input=given, stdout=subprocess.PIPE, timeout=limit, check=False
        ).stdout
    except subprocess.TimeoutExpired as error:
        lines = error.stdout or b""
    yield from map(json.loads, lines.splitlines())
    # After the last line, because the process may have ended in the middle.
    yield {"error": "did not finish", "line": 1}


def check_result(trial: Trial, result: dict) -> Iterator[Fault]:
    """Compare what a code showed with what its rule wants."""
    if "error" in result:
        line = trial.line if trial.rule == SOLVED else trial.line + result["line"] - 1
        yield line, f"{trial.rule}, but it {result['error']}"
    else:
        shown = result["shown"].strip("'\"\n")
        if not re.fullmatch(WANTED[trial.rule], shown, re.DOTALL):
            yield trial.line, f"{trial.rule}, but it says {shown!r}"


def check_standalone(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Run the cells of the pages that Sphinx will read, and report each that fails."""
    if app.builder.format != "html":
        return
    trials = [
        (docname, trial)
        for docname in docnames
        for trial in plan_trials(open_page(env.doc2path(docname)))
    ]
    codes = [trial.code for _, trial in trials]
    results = run_codes(codes, app.config.nb_execution_timeout) if codes else ()
    for (docname, trial), result in zip(trials, results, strict=False):
        for line, message in check_result(trial, result):
            logger.warning(message, location=(docname, line))


def setup(app: Sphinx) -> dict[str, bool]:
    """Run these cells before the pages are read."""
    app.connect("env-before-read-docs", check_standalone)
    return {"parallel_read_safe": True}
