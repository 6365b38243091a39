"""Run the code of each version fact on both sides of its release: nox -s versions.

Each side runs in an environment with NumPy alone, which uv keeps in its cache. A fact
that is older than the oldest series with a Python here has its source alone.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from examples.version_facts import DATA, FACTS, Fact, agrees, find_side  # noqa: E402

UV = (sys.executable, "-m", "uv")
RUN = ("run", "--quiet", "--system-certs", "--no-project", "--isolated")
ONLY = ("--no-python-downloads", "--no-build")
PROGRAM = """
import json, sys
import numpy
from examples.version_facts import FACTS, run_code
results = {name: run_code(FACTS[name].code) for name in sys.argv[1:]}
print(json.dumps([numpy.__version__, results]))
"""
OLDEST_PYTHON = (3, 11)  # the oldest one that examples/version_facts.py runs on


def number(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, to be compared."""
    return tuple(map(int, version.split(".")))


def list_pythons(since: str) -> Iterator[str]:
    """Yield the Pythons that can run a release and the one before it."""
    series = list(DATA["pythons"])
    after = series.index(since.rpartition(".")[0])
    before = after - since.endswith(".0")
    spans = [DATA["pythons"][series[i]] for i in (before, after)]
    oldest = max(OLDEST_PYTHON, *(number(span[0]) for span in spans))
    newest = min(number(span[1]) for span in spans)
    for minor in range(oldest[1], newest[1] + 1):
        yield f"3.{minor}"


@cache
def is_here(python: str) -> bool:
    """Tell whether a Python is installed on this machine."""
    find = (*UV, "python", "find", "--quiet", "--no-python-downloads", python)
    return subprocess.run(find, capture_output=True, check=False).returncode == 0


def run_facts(facts: list[Fact], requirement: str, python: str) -> tuple[str, dict]:
    """Return a release of NumPy that fits, and what the code of each fact gives."""
    command = [*UV, *RUN, *ONLY, f"--python={python}", f"--with={requirement}"]
    names = [fact.name for fact in facts]
    done = subprocess.run(
        [*command, "python", "-c", PROGRAM, *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{requirement}: error: {done.stderr}")
    release, results = json.loads(done.stdout)
    return release, results


def find_faults(
    facts: list[Fact], requirement: str, python: str, wanted: str = ""
) -> list[str]:
    """Run facts on a release, on the side that is wanted; name those that fail."""
    release, results = run_facts(facts, requirement, python)
    faults = []
    for fact in facts:
        side, result = find_side(fact, release), results[fact.name]
        if wanted not in (side, "") or not agrees(result, fact, side):
            print(f"{fact.name}: error: on NumPy {release} it gives {result}")
            faults.append(fact.name)
    shown = wanted or "newest"
    print(f"NumPy {release:7}{shown:7}{len(facts):3} facts, {len(faults)} failed")
    return faults


def check_boundaries() -> dict[str, int]:
    """Run every fact on both sides of its release; return the counts."""
    oldest = number(next(iter(DATA["pythons"])))
    recent = [x for x in FACTS.values() if number(x.since)[:2] > oldest]
    counts = {"facts": len(FACTS), "source only": len(FACTS) - len(recent)}
    tested, missing, faults = [], [], set()
    recent.sort(key=lambda fact: number(fact.since))
    for since, group in groupby(recent, key=lambda fact: fact.since):
        facts = list(group)
        python = next(filter(is_here, list_pythons(since)), None)
        if python is None:
            missing += facts
            continue
        tested += facts
        faults.update(find_faults(facts, f"numpy<{since}", python, "before"))
        faults.update(find_faults(facts, f"numpy=={since}", python, "after"))
    current = [fact for fact in FACTS.values() if fact.code and not fact.until]
    newest = max(filter(is_here, ("3.11", "3.12", "3.13", "3.14")), key=number)
    faults.update(find_faults(current, "numpy", newest))
    for fact in missing:
        print(f"{fact.name}: no Python here runs both sides of NumPy {fact.release}")
    counts |= {"both sides": len(tested), "no Python": len(missing)}
    return counts | {"on the newest": len(current), "failures": len(faults)}


if __name__ == "__main__":
    start = time.perf_counter()
    counts = check_boundaries()
    counts["seconds"] = round(time.perf_counter() - start)
    path = ROOT / "_build" / "reports" / "version-facts.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(counts, indent=1) + "\n", "utf-8")
    print(f"version-facts: {counts}")
    sys.exit(bool(counts["failures"]) or not counts["both sides"])
