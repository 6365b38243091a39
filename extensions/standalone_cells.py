"""Refuse a law, an answer, a question or an exercise whose cells do not run alone.

A reader can paste the first cell of a law, or all cells of a question, into Python with
NumPy and what the question says that it needs. An exercise says "not yet" before it is
solved, and "right" with its answer in its gap. One process runs all these cells of a
build while Sphinx reads the pages, each law, question and exercise in a new namespace.
"""

import contextlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from extensions.page import GAP, Cell, Fault, Page, open_page
from extensions.promise import read_promise
from extensions.questions.rules import list_packages, list_proofs

PROGRAM = Path(__file__).with_name("fresh_process.py")
ALONE = "this cell must run alone, with NumPy and the standard library only"
UNSOLVED = "an unsolved exercise must say 'not yet' and give a hint"
PROOF = "the cells of this question must run alone, with NumPy and what it needs only"
SOLVED = "this answer must turn its exercise into 'right'"
# Below the answer of a page on a library, the first cell of the page shows it.
LIBRARY = re.compile(r"# .*\b(pandas|SciPy)\b")
WANTED = {ALONE: ".*", PROOF: ".*", UNSOLVED: "not yet.*", SOLVED: "right"}

logger = logging.getLogger(__name__)
# What was started for the build: the pages with their trials, and the process.
under_way: list[tuple[list[tuple[str, "Trial"]], "Run"]] = []


class Trial(NamedTuple):
    """Cells to run alone, the line of the page where each starts, and their rule."""

    lines: list[int]
    codes: list[str]
    rule: str
    packages: list[str] = []  # noqa: RUF012 (never changed)


def plan_trials(page: Page) -> Iterator[Trial]:
    """Yield what to run for each box of a page."""
    titles = [page.lines[number - 1] for number in page.headings[:1]]
    shows_library = any(map(LIBRARY.match, titles))
    for box in page.boxes:
        if box.kind == "answer" and shows_library:
            continue
        if box.kind != "exercise":
            yield from (Trial([c.code_line], [c.code], ALONE) for c in box.cells[:1])
        elif len(box.cells) > 1:
            task, answer, *_ = box.cells
            solved = GAP.sub(lambda gap, code=answer.code: code, task.code)
            yield Trial([task.code_line], [task.code], UNSOLVED)
            yield Trial([answer.code_line], [solved], SOLVED)
    for question in page.questions:
        cells = list_proofs(question)
        if cells and all(holds_here(cell) for cell in cells):
            lines, codes = [c.code_line for c in cells], [c.code for c in cells]
            yield Trial(lines, codes, PROOF, sorted(list_packages(question)))


def holds_here(cell: Cell) -> bool:
    """Return whether the running NumPy is one for which a cell makes its promise."""
    promise = read_promise(cell.code)
    return promise is None or promise.holds()


class Run(NamedTuple):
    """A process that runs trials, and the file to which it writes their results."""

    process: subprocess.Popen
    shown: IO[bytes]


def start_trials(trials: list[Trial]) -> Run:
    """Start to run trials in one process."""
    command = [sys.executable, "-I", "-X", "utf8", "-W", "error", str(PROGRAM)]
    given = [{"cells": x.codes, "packages": x.packages} for x in trials]
    # No pipe, which would be full at some time.
    shown = tempfile.TemporaryFile()  # noqa: SIM115 (end_run closes it)
    with tempfile.TemporaryFile() as file:
        file.write(json.dumps(given).encode())
        file.seek(0)
        return Run(subprocess.Popen(command, stdin=file, stdout=shown), shown)


def read_results(run: Run, limit: int) -> Iterator[dict]:
    """Wait until the process has ended; yield what each trial shows, or its error."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        run.process.wait(limit)
    yield from map(json.loads, end_run(run).splitlines())
    # After the last line, because the process may have ended in the middle.
    yield {"error": "did not finish", "cell": 0, "line": 1}


def end_run(run: Run) -> bytes:
    """Kill the process if it still runs; return what it has written."""
    run.process.kill()
    run.process.wait()
    with run.shown:
        run.shown.seek(0)
        return run.shown.read()


def check_result(trial: Trial, result: dict) -> Iterator[Fault]:
    """Compare what a trial showed with what its rule wants."""
    if "error" in result:
        start = trial.lines[result["cell"]]
        line = start if trial.rule == SOLVED else start + result["line"] - 1
        yield line, f"{trial.rule}, but it {result['error']}"
    else:
        shown = result["shown"].strip("'\"\n")
        if not re.fullmatch(WANTED[trial.rule], shown, re.DOTALL):
            yield trial.lines[0], f"{trial.rule}, but it says {shown!r}"


def run_standalone(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Start to run the cells of the pages that Sphinx will read."""
    if app.builder.format != "html":
        return
    planned = [
        (docname, trial)
        for docname in docnames
        for trial in plan_trials(open_page(env.doc2path(docname)))
    ]
    planned.sort(key=lambda x: bool(x[1].packages))  # NumPy alone first
    if planned:
        under_way.append((planned, start_trials([trial for _, trial in planned])))


def check_standalone(app: Sphinx, env: BuildEnvironment) -> None:
    """Report each of these cells that fails."""
    while under_way:
        planned, run = under_way.pop()
        limit = app.config.nb_execution_timeout + len(planned)  # seconds
        results = read_results(run, limit)
        for (docname, trial), result in zip(planned, results, strict=False):
            for line, message in check_result(trial, result):
                logger.warning(message, location=(docname, line))


def stop_standalone(app: Sphinx, exception: Exception | None) -> None:
    """End a process for which a failed build did not wait."""
    while under_way:
        end_run(under_way.pop()[1])


def setup(app: Sphinx) -> dict[str, bool]:
    """Run these cells while the pages are read."""
    app.connect("env-before-read-docs", run_standalone)
    app.connect("env-updated", check_standalone)
    app.connect("build-finished", stop_standalone)
    return {"parallel_read_safe": True}
