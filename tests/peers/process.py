"""Ask in an interpreter of its own, so that a crash ends no more than its own case."""

import datetime
import json
import os
import platform
import subprocess
import sys

from conftest import ROOT


def run_module(*arguments: str) -> list | dict:
    """Run a module with its arguments; return the JSON in the last line it prints."""
    env = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "default"}
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, f"{arguments} fails: {done.stderr[-3000:]}"
    return json.loads(done.stdout.splitlines()[-1])


def describe_run() -> dict[str, str]:
    """Return the date and the system of a record."""
    return {
        "date": datetime.date.today().isoformat(),
        "system": f"{platform.system()} {platform.machine()}, on the CPU",
    }
