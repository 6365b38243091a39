"""Measure, print, and leave a record; with ``--write``, the one that pages draw."""

import argparse
import datetime
import json
import os
import platform
import re
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from examples.measurements import FILE
from tests.bench import fast, layer, line, peers, questions
from tests.bench.case import COLUMNS, Case, measure_case
from tests.measured_code import note_code

REPORTS = Path(__file__).parent.parent.parent / "_build" / "reports"
ROUNDS = 61


def main() -> None:
    """Measure every case in turn."""
    parser = argparse.ArgumentParser(prog="nox -s bench --", description=__doc__)
    parser.add_argument("--write", action="store_true", help="replace the record")
    parser.add_argument("--peers", action="store_true", help="measure others too")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="fewer, for a try")
    parser.add_argument("--study", help="renew this study alone, on the same machine")
    options = parser.parse_args()
    start, statements, rows = time.monotonic(), {}, []
    processors = find_processors()
    studies = (line, questions, layer, fast)
    for case in (case for study in studies for case in study.cases()):
        statements[case.study] = case.ways
        if options.study in (None, case.study):
            keep_to(processors if case.wall else processors[-1:])
            rows += print_rows(case, measure_case(case, options.rounds))
    if options.study in (None, "process"):
        rows += line.measure_processes()
    seconds = round(time.monotonic() - start)
    counts = {"rows": len(rows), "moved": count_moved(rows), "seconds": seconds}
    record = {
        "date": f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}",
        "command": "nox -s bench -- --write",
        "seconds": seconds,
        "rounds": options.rounds,
        "machine": describe_machine(),
        "versions": {"NumPy": np.__version__, "Python": platform.python_version()},
        "statements": statements,
        "columns": COLUMNS,
        "rows": rows,
        "peers": json.loads(FILE.read_text("utf-8"))["peers"],
    }
    if options.study:
        record = replace_study(json.loads(FILE.read_text("utf-8")), record)
    if options.peers:
        record["peers"] = measure_peers(options.rounds)
    REPORTS.mkdir(parents=True, exist_ok=True)
    (REPORTS / "bench.json").write_text(json.dumps(counts, indent=1) + "\n", "utf-8")
    for path in [REPORTS / FILE.name, *([FILE] if options.write else [])]:
        path.write_text(format_record(record), "utf-8")
    if options.write and not options.study:
        note_code("bench")
        if options.peers:
            note_code("bench --peers")
    print(f"bench: {counts}")


def replace_study(old: dict, new: dict) -> dict:
    """Return the old record with the rows of each study that the new one has.

    It keeps its date, because most of its rows do. Both must be of one machine,
    with the same versions.
    """
    for part in ("machine", "versions"):
        if old[part] != new[part]:
            raise ValueError(
                f"this {part} is {new[part]}, but the record's is {old[part]}; "
                "expected the same: measure every study"
            )
    renewed = {row[0] for row in new["rows"]}
    rows = [row for row in old["rows"] if row[0] not in renewed] + new["rows"]
    order = [*new["statements"], "process"]
    rows.sort(key=lambda row: order.index(row[0]))
    return {**old, "statements": new["statements"], "rows": rows}


def measure_peers(rounds: int) -> dict:
    """Return the record of the other libraries, with its own date and versions."""
    found = peers.measure_in_process(rounds)
    versions = {"Python": platform.python_version(), **found["versions"]}
    return {
        "date": f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}",
        "command": "nox -s bench -- --write --peers",
        "rounds": rounds,
        "machine": describe_machine(),
        "versions": versions,
        "statements": {"peers": peers.WAYS},
        "rows": found["rows"],
    }


def find_processors() -> list[int]:
    """Return the processors that this process may use; none where it cannot choose."""
    choose = getattr(os, "sched_getaffinity", None)
    return sorted(choose(0)) if choose else []


def keep_to(processors: list[int]) -> None:
    """Keep this process to these processors, where it can choose."""
    if processors:
        os.sched_setaffinity(0, processors)


def print_rows(case: Case, rows: list[tuple]) -> list[tuple]:
    """Print the rows of a case, and return them."""
    print(f"\n{case.study}: m = {case.m}, K = {case.K}, {case.dtype}")
    for _, way, _, _, _, ratio, low, high, ns, made in rows:
        print(f"{way:24}{ratio:10g} ({low:g} to {high:g}){ns:10g} ns{made:12,} B")
    return rows


def count_moved(rows: list[tuple]) -> int:
    """Count the ratios that have left the record's by more than a factor of two."""
    record = json.loads(FILE.read_text("utf-8"))
    kept = {tuple(row[:5]): row[5] for row in record["rows"]}
    pairs = [(row[5], kept[row[:5]]) for row in rows if kept.get(row[:5])]
    return sum(not 0.5 < new / old < 2 for new, old in pairs)


def format_record(record: dict) -> str:
    """Write a record as JSON with a line for each row, so that a change can be read."""
    innermost = r"\[\n *([^\[\]{}]+?)\n *\]"  # no text of a record spans lines
    text = json.dumps(record, indent=1) + "\n"
    return re.sub(innermost, lambda row: "[" + " ".join(row[1].split()) + "]", text)


def describe_machine() -> dict:
    """Describe the class of this machine: nothing in it names the one machine."""
    simd = np.show_config(mode="dicts")["SIMD Extensions"]
    return {
        "processor": find_processor().replace("(R)", "").replace("(TM)", ""),
        "cores": os.cpu_count(),
        "vectors": [*simd["baseline"], *simd.get("found", [])][-1],
        "system": f"{platform.system()} {platform.machine()}",
    }


def find_processor() -> str:
    """Return the name of the processor's model, where the system tells."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = re.findall(r"^model name\s*: (.+)$", cpuinfo.read_text("utf-8"), re.M)
        return names[0] if names else platform.machine()
    if sys.platform == "darwin":
        command = ["sysctl", "-n", "machdep.cpu.brand_string"]
        return subprocess.run(command, capture_output=True, text=True).stdout.strip()
    return platform.processor()


if __name__ == "__main__":
    main()
