"""The peak memory of a whole process, as the operating system counts it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
STATUS = Path("/proc/self/status")  # Linux
CHILD = """\
from tests.bench.process import read_peak
{setup}
before = read_peak()
{statement}
print(read_peak() - before)
"""


def measure_peak(setup: str, statement: str) -> int:
    """Return by how many bytes a statement raises the peak of a fresh process.

    The peak only grows: what the set-up needed and gave back hides as much of what the
    statement needs.
    """
    code = CHILD.format(setup=setup, statement=statement)
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout)


def read_peak() -> int:
    """Return the largest number of bytes that this process has held in memory."""
    if STATUS.exists():  # the usual call also counts the parent, before exec
        lines = STATUS.read_text("utf-8").splitlines()
        (peak,) = (line for line in lines if line.startswith("VmHWM"))
        return int(peak.split()[1]) * 1024
    import resource  # not on Windows

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
