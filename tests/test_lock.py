"""requirements.txt can be installed on every Python and system that we promise."""

import re
import subprocess
import sys
import tomllib

import pytest
from conftest import ROOT


@pytest.mark.parametrize("system", ["linux", "macos", "windows"])
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_the_lock_installs(python, system, tmp_path):
    uv = [sys.executable, "-m", "uv", "pip", "install", "--dry-run", "--quiet"]
    uv += ["--system-certs"]
    uv += ["--require-hashes", "--only-binary=:all:", f"--target={tmp_path}"]
    uv += [f"--python-version={python}", f"--python-platform={system}"]
    uv += [f"--requirement={ROOT / 'requirements.txt'}"]
    done = subprocess.run(uv, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"requirements.txt: error: {done.stderr}"


def test_the_lock_has_every_direct_dependency_once_and_no_peer():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    direct = {x for name in ("docs", "tests", "lint") for x in groups[name]}
    lock = (ROOT / "requirements.txt").read_text("utf-8")
    locked = re.findall(r"^([\w.-]+)==", lock, re.M)
    assert direct <= set(locked)
    assert not set(groups["peers"]) - direct & set(locked)
    assert len(locked) == len(set(locked))
