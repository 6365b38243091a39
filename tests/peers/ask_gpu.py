"""Ask CuPy, PyTorch and JAX on a GPU what the other libraries are asked on the CPU.

Run ``python -m tests.peers.ask_gpu`` on a machine with a GPU and these libraries. It
takes a few minutes, and writes ``examples/libraries/on_gpu.json``: the answers with the
versions, the devices and the date. A library that finds no GPU stays open.
"""

import datetime
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

from examples.libraries.probes import QUESTIONS, find_version
from examples.libraries.spellings import GPU_SPELLINGS
from examples.libraries.table import GPU_RECORD

ROOT = Path(__file__).parent.parent.parent
DEVICES = {
    "CuPy": "import cupy as cp\n"
    "print(cp.cuda.runtime.getDeviceProperties(0)['name'].decode())",
    "PyTorch on CUDA": "import torch; print(torch.cuda.get_device_name(0))",
    "JAX on a GPU": "import jax; print(jax.devices('gpu')[0].device_kind)",
}
PACKAGES = {"CuPy": ("cupy", "cupy-cuda12x", "cupy-cuda13x", "cupy-cuda11x")}


def run(*arguments: str) -> subprocess.CompletedProcess:
    """Run Python in a process of its own."""
    env = os.environ | {"XLA_PYTHON_CLIENT_PREALLOCATE": "false"}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )


def find_device(name: str) -> str:
    """Return the GPU that a library finds, or nothing."""
    found = run("-c", DEVICES[name])
    return found.stdout.strip() if found.returncode == 0 else ""


def find_installed(name: str) -> str:
    """Return the installed version of a library, or nothing."""
    packages = PACKAGES.get(name, (GPU_SPELLINGS[name].package,))
    return next(filter(None, map(find_version, packages)), "")


def ask(name: str, question: str) -> str | float:
    """Return the answer, or the error that ended the process."""
    done = run("-m", "examples.libraries.probes", "gpu", name, question)
    if done.returncode == 0:
        return json.loads(done.stdout.splitlines()[-1])
    last = (done.stderr.strip() or "no message").splitlines()
    errors = [line.partition(":")[0] for line in last if "Error" in line.split(":")[0]]
    return f"{errors[-1].rpartition('.')[2] if errors else last[-1]}, process ended"


def ask_library(name: str) -> dict:
    """Return the version, the device and the answers of a library."""
    device = find_device(name)
    version = find_installed(name) if device else ""
    outcomes = {x: ask(name, x) for x in QUESTIONS} if version else {}
    return {"version": version, "device": device, "outcomes": outcomes}


def main() -> None:
    """Ask every library, and write the record."""
    libraries = {name: ask_library(name) for name in GPU_SPELLINGS}
    executed = any(entry["version"] for entry in libraries.values())
    record = {
        "date": datetime.date.today().isoformat() if executed else "",
        "system": f"{platform.system()} {platform.machine()}" if executed else "",
        "libraries": libraries,
    }
    GPU_RECORD.write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    for name, entry in libraries.items():
        print(name, entry["version"] or "not executed", entry["device"])


if __name__ == "__main__":
    main()
