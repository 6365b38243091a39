"""The samples of CONTRIBUTING.md build a page that passes every check."""

import ast
import re
import shutil
import subprocess
import sys

import numpy as np
import pytest
from conftest import FRONT, ROOT, copy_project, run_sphinx
from hypothesis import strategies as st

from tests.laws.proof import proved

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
SAMPLES = re.findall(r"^````\w+ (\S+)\n(.*?)^````$", TEXT, re.M | re.S)
PAGE = "docs/indexing/count-labels.md"
NEXT = "(count-labels-next)="
HOME = f"{FRONT}(home)=\n# Home\n\n:::{{toctree}}\nindexing/count-labels\n:::\n"


def assemble_page() -> str:
    """Return the page: the first sample, with the others above its last heading."""
    first, *others = [sample for name, sample in SAMPLES if name == PAGE]
    above, below = first.split(NEXT)
    return above + "\n".join(others) + "\n" + NEXT + below


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a small copy of the project that holds what the samples add."""
    folder = tmp_path_factory.mktemp("project")
    copy_project(
        folder, {"index.md": HOME, "indexing/count-labels.md": assemble_page()}
    )
    for name, sample in SAMPLES:
        if name.endswith(".py"):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(sample, "utf-8")
    return folder


def test_the_samples_are_short_and_new():
    assert TEXT.count("\n````") == 2 * len(SAMPLES) > 0
    for name, sample in SAMPLES:
        assert sample.count("\n") <= 10, sample
        assert not (ROOT / name).exists(), f"{name}: choose another name"


def test_the_page_builds_strictly_with_all_that_the_samples_add(folder):
    done = run_sphinx(folder)
    assert done.returncode == 0, done.stderr
    html = (folder / "_build/html/indexing/count-labels.html").read_text("utf-8")
    names = ("law-bincount-length", "equation-eq-count-labels-total")
    names += ("fig-count-labels", "exercise-count-zeros", "count-labels-next")
    for name in names:
        assert html.count(f'id="{name}"') == 1, name
    assert "test_law_bincount_length" in html
    assert "not yet: which entries are 0?" in html
    assert "<svg" in html
    assert "changed in " in html
    small = (folder / "_build/html/q/count-one-label.html").read_text("utf-8")
    assert "How do I count how often 1 is in a list?" in small


def test_a_sample_without_its_proof_is_refused(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "project")
    page = copy / PAGE
    text = page.read_text("utf-8").replace("assert len(np.bin", "print(len(np.bin")
    page.write_text(text.replace("y.max() + 1\n", "y.max() + 1)\n"), "utf-8")
    done = run_sphinx(copy)
    assert done.returncode != 0
    assert "a law must be proved by an assert in the cell below it" in done.stderr


def test_the_page_and_the_code_pass_lint(folder):
    shutil.copy(ROOT / "examples" / ".ruff.toml", folder / "examples")
    for command in (
        [str(ROOT / "tests" / "form.py"), PAGE],
        ["-m", "ruff", "check", "examples/pictures/count.py"],
        ["-m", "ruff", "format", "--check", "examples/pictures", "tests"],
    ):
        done = subprocess.run(
            [sys.executable, *command],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_test_of_the_law_passes():
    (sample,) = [sample for name, sample in SAMPLES if "/laws/" in name]
    names = {"np": np, "st": st, "proved": proved}
    exec(sample, names)
    names["test_law_bincount_length"]()


def test_the_test_of_the_law_fails_for_a_wrong_law():
    (sample,) = [sample for name, sample in SAMPLES if "/laws/" in name]
    names = {"np": np, "st": st, "proved": proved}
    exec(sample.replace("max(y) + 1", "max(y) + 2"), names)
    with pytest.raises(AssertionError):
        names["test_law_bincount_length"]()


def test_the_proof_runs_alone_with_numpy_only(folder):
    text = (folder / PAGE).read_text("utf-8")
    cell = re.search(r"\{law\}.*?```\{code-cell\}\n(.*?)```", text, re.S)[1]
    assert "assert" in cell
    exec(compile(ast.parse(cell), "cell", "exec"), {})
