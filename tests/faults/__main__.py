"""Put each fault of ``faults.toml`` into the small project, and see that it is caught.

``python -m tests.faults`` runs all of them, or those whose name contains an argument.
Each run builds a copy of the small project, so it takes some seconds.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

import noxfile
from tests.faults.small_project import ROOT, make_project

FILE = Path(__file__).with_name("faults.toml")
HTML = "html"
NEAR = 5  # lines between a fault and the place in a message


class Fault(NamedTuple):
    """A mistake that a command must catch.

    Attributes
    ----------
    name, kind : str
        What goes wrong, and the class of such faults.
    file, old, new : str
        The file, a part of it, and what replaces this part. An empty `old` is the end
        of the file, which may not exist yet.
    caught_by : str
        ``html``, or the test that fails.
    says : str
        A pattern of the message.
    at : str
        The file whose line the message names, or "" if it is `file`.
    line_of : str
        A part of that line, or "" if it is the line that was replaced.
    site : bool
        Whether the test reads the built site, which is then built again.
    """

    name: str
    kind: str
    file: str
    new: str
    caught_by: str
    says: str
    old: str = ""
    at: str = ""
    line_of: str = ""
    site: bool = False


class Outcome(NamedTuple):
    """Whether a fault was caught, and whether the message names its place."""

    caught: bool
    placed: bool


def read_faults() -> list[Fault]:
    """Return the list of faults."""
    table = tomllib.loads(FILE.read_text("utf-8"))["fault"]
    return [Fault(**{key.replace("-", "_"): x[key] for key in x}) for x in table]


def put_in(fault: Fault, folder: Path) -> tuple[str, int]:
    """Replace a part of a file; return the file and the line that a message names."""
    path = folder / fault.file
    text = path.read_text("utf-8") if path.exists() else ""
    if fault.old and text.count(fault.old) != 1:
        raise ValueError(
            f"{fault.name}: {fault.old!r} is {text.count(fault.old)} times in "
            f"{fault.file}; expected it once"
        )
    start = text.index(fault.old) if fault.old else len(text)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text[:start] + fault.new + text[start + len(fault.old) :], "utf-8")
    where = fault.at or fault.file
    if fault.line_of:
        text = (folder / where).read_text("utf-8")
        start = text.index(fault.line_of)
    return where, text[:start].count("\n") + 1


def names_place(said: str, file: str, line: int) -> bool:
    """Return whether a message names a file and a line near to this one."""
    pattern = rf'{re.escape(file)}(?::|", line )(\d+)'
    return any(abs(int(x) - line) <= NEAR for x in re.findall(pattern, said))


def run_command(folder: Path, name: str) -> subprocess.CompletedProcess:
    """Build the project, or run one of its tests."""
    _, *command = (*noxfile.SPHINX, *noxfile.STRICT, "docs", "_build/html")
    if name != HTML:
        command = ["-m", "pytest", "--numprocesses=0", "--quiet", name]
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=os.environ | {"LIVE_CACHE": str(folder / "no cache")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )


def try_fault(fault: Fault, project: Path) -> Outcome:
    """Put a fault into a copy of a project, and run what must catch it."""
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "project"
        shutil.copytree(project, folder)
        file, line = put_in(fault, folder)
        passed = not fault.site or run_command(folder, HTML).returncode == 0
        done = run_command(folder, fault.caught_by)
    said = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
    failed = passed and done.returncode != 0
    caught = failed and re.search(fault.says, said) is not None
    placed = caught and names_place(said, file, line)
    seconds = time.perf_counter() - start
    grade = "placed" if placed else "caught" if caught else "missed"
    print(f"{grade:7} {seconds:5.1f} s  {fault.kind}: {fault.name}", flush=True)
    if not caught:
        print(said[-3000:], flush=True)
    return Outcome(caught, placed)


def count_outcomes(outcomes: dict[Fault, Outcome]) -> dict:
    """Return how many faults there are of each kind, and how many were caught."""
    counts = {}
    for fault, outcome in outcomes.items():
        kind = counts.setdefault(fault.kind, {"faults": 0, "caught": 0, "placed": 0})
        kind["faults"] += 1
        kind["caught"] += outcome.caught
        kind["placed"] += outcome.placed
    return counts


def main(words: list[str]) -> int:
    """Try the faults; leave the counts in a report; fail if one is not caught."""
    faults = [x for x in read_faults() if any(word in x.name for word in words or [""])]
    with tempfile.TemporaryDirectory() as place:
        project = make_project(Path(place) / "small")
        done = run_command(project, HTML)
        if done.returncode:
            print(f"{done.stdout}\nThe small project itself does not build.")
            return 2
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            outcomes = dict(
                zip(faults, pool.map(try_fault, faults, repeat(project)), strict=True)
            )
    report = ROOT / "_build" / "reports" / "faults.json"
    report.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(count_outcomes(outcomes), indent=1) + "\n"
    report.write_text(text, "utf-8")
    missed = [fault.name for fault, outcome in outcomes.items() if not outcome.caught]
    placed = sum(outcome.placed for outcome in outcomes.values())
    print(f"{len(faults)} faults, {len(missed)} missed, {placed} with their place")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
