"""The files at the root say the same thing, and what they say is so."""

import io
import re
import subprocess
import sys

import matplotlib
import numpy as np
import yaml
from conftest import ROOT

from examples.pictures.gradient import draw_line

README = (ROOT / "README.md").read_text("utf-8")
GATE = (ROOT / ".ci" / "run").read_text("utf-8")


def test_the_gate_is_the_readme_s_test_command_word_for_word():
    commands = re.findall(r"^python3 -m venv .* -s lint tests$", README, re.M)
    assert len(commands) == 1
    assert GATE.splitlines()[-1] == commands[0]


def test_each_place_that_the_readme_names_is_there():
    for name in re.findall(r"^\| `([^`]+)` \|", README, re.M):
        assert (ROOT / name).exists(), name
    for name in re.findall(r"\]\(([^):]+)\)", README):
        assert (ROOT / name).exists(), name


def test_every_chore_says_in_one_line_what_it_does():
    command = [sys.executable, "-m", "nox", "--list"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    listed = re.findall(r"^[*-] (\w+)(?:\(.*\))? -> \S.*$", done.stdout, re.M)
    listed = list(dict.fromkeys(listed))  # a session has several versions
    order = ["html", "tests", "serve", "live", "lint", "linkcheck", "offline"]
    order += ["numpy", "versions", "faults", "peers", "bench", "lock"]
    assert listed == order


def test_the_workflows_call_sessions_that_exist_with_least_permissions():
    noxfile = (ROOT / "noxfile.py").read_text("utf-8")
    for path in ROOT.glob(".github/workflows/*.yml"):
        text = path.read_text("utf-8")
        assert yaml.safe_load(text)["permissions"] == {"contents": "read"}
        for command in re.findall(r"nox -s ([\w ]+)", text):
            for name in command.split():
                assert f"\ndef {name}(session" in noxfile, f"{path.name}: {name}"


def test_each_job_that_runs_tests_checks_out_the_whole_history():
    for path in ROOT.glob(".github/workflows/*.yml"):
        for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values():
            checkouts = [x for x in job["steps"] if "checkout" in x.get("uses", "")]
            depths = [x.get("with", {}).get("fetch-depth") for x in checkouts]
            nox = any("python -m" in x.get("run", "") for x in job["steps"])
            assert depths == ([0] if nox else []), path.name


def test_the_picture_of_the_readme_is_what_the_code_draws():
    P = np.array([7, 2, 1, 1, 8, 1, 3, 3, 4, 2, 5, 3, 6, 3, 1]).reshape(5, 3) / 10
    with matplotlib.rc_context(fname=ROOT / ".config" / "matplotlibrc"):
        drawn, options = (
            io.StringIO(),
            {"facecolor": "white", "metadata": {"Date": None}},
        )
        draw_line(P, np.array([0, 1, 1, 2, 0])).savefig(drawn, format="svg", **options)
    path = ROOT / "docs" / "_static" / "the-line.svg"
    kept, new = (rename_clips(x) for x in (path.read_text("utf-8"), drawn.getvalue()))
    assert kept == new, "draw it again"


def rename_clips(svg: str) -> str:
    """Rename the clipping paths: their names hash how NumPy writes a number."""
    return re.sub(r"\bp[0-9a-f]{10}\b", "clip", svg)
