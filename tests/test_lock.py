"""requirements.txt can be installed on every Python and system that we promise."""

import re
import subprocess
import sys
import tomllib
from collections import Counter

import pytest
from conftest import ROOT
from numpy.lib import NumpyVersion
from packaging.markers import Marker


@pytest.mark.parametrize("system", ["linux", "macos", "windows"])
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_the_lock_installs(python, system, tmp_path):
    uv = [sys.executable, "-m", "uv", "pip", "install", "--dry-run", "--quiet"]
    uv += ["--system-certs"]
    uv += ["--require-hashes", "--only-binary=:all:", f"--target={tmp_path}"]
    uv += [f"--python-version={python}", f"--python-platform={system}"]
    uv += [f"--requirement={ROOT / 'requirements.txt'}"]
    done = subprocess.run(uv, capture_output=True, text=True, check=False)
    place = f"requirements.txt:{find_line(done.stderr)}"
    assert done.returncode == 0, f"{place}: error: {done.stderr}"


def find_line(said: str) -> int:
    """Return the line of the first package that an error of uv names, or 1."""
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    said = re.sub(
        r"\{[^}]*\}", "", said
    )  # uv says numpy{python_version < '3.12'}==2.0.1
    for number, line in enumerate(lines, 1):
        locked = re.match(r"[\w.-]+==[^\s;]+", line)
        if locked and locked[0] in said:
            return number
    return 1


def test_the_line_of_a_package_is_found():
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    (line,) = (n for n, x in enumerate(lines, 1) if x.startswith("alabaster=="))
    locked = lines[line - 1].split()[0]
    assert find_line(f"no version of {locked} and you require {locked}") == line
    said = locked.replace("==", "{sys_platform\n == 'linux'}==")
    assert find_line(f"because of {said} there is no solution") == line


def read_lock() -> list[tuple[str, str, str]]:
    """Return the name, the version and the marker of each locked package."""
    lock = (ROOT / "requirements.txt").read_text("utf-8")
    return re.findall(r"^([\w.-]+)==(\S+)(?: ; (.+?))? \\$", lock, re.M)


def test_the_lock_has_every_direct_dependency_and_no_peer():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    names = {
        group: {re.match(r"[\w.-]+", entry)[0] for entry in entries}
        for group, entries in groups.items()
    }
    direct = names["docs"] | names["tests"] | names["lint"] | names["live"]
    locked = {name for name, _, _ in read_lock()}
    assert direct <= locked
    assert not names["peers"] - direct & locked


def test_the_lock_has_each_package_once_but_numpy_for_old_pythons_too():
    locked = read_lock()
    counts = Counter(name for name, _, _ in locked)
    assert {name for name, count in counts.items() if count > 1} == {"numpy"}
    old, new = (x for x in locked if x[0] == "numpy")
    assert old[2] == "python_full_version < '3.12'"
    assert new[2] == "python_full_version >= '3.12'"
    assert NumpyVersion(old[1]) < "2.5.0" <= NumpyVersion(new[1])


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        (".readthedocs.yaml", r'python: "(.+)"'),
        (".github/workflows/publish.yml", r'python-version: "(.+)"'),
    ],
)
def test_the_published_site_runs_on_the_newest_numpy(name, pattern):
    (python,) = re.findall(pattern, (ROOT / name).read_text("utf-8"))
    _, (_, _, marker) = (x for x in read_lock() if x[0] == "numpy")
    assert Marker(marker).evaluate({"python_full_version": f"{python}.0"})
