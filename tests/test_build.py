"""A build gives the same bytes every time, or leaves everything as it was."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import FRONT, ROOT, copy_project
from nox.command import CommandFailed

import noxfile

MOST_BYTES = 20e6  # of the zip, which has no runtime of live cells
PAGE = f"{FRONT}(home)=\n# Home\n\n```{{code-cell}}\n%s\n```\n"


class Session:
    """The part of a nox session that a build uses."""

    def run(self, command: str, *options: str, **_) -> None:
        """Run a command of this Python's environment."""
        done = subprocess.run([sys.executable, *options], check=False)
        if done.returncode:
            raise CommandFailed(command)


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    """Make a small project, and return its root."""
    copy_project(tmp_path, {"index.md": PAGE % "6 * 7"})
    monkeypatch.setattr(noxfile, "BUILD", tmp_path / "_build")
    monkeypatch.setenv("LIVE_CACHE", str(tmp_path / "no cache"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read_files(folder: Path) -> dict[str, bytes]:
    """Return the bytes of each file by its path."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_a_failed_build_leaves_the_last_good_site_as_it_was(project, capfd):
    site = project / "_build" / "html"
    noxfile.build(Session(), site)
    before = read_files(site)
    assert b"42" in before["index.html"]
    (project / "docs" / "index.md").write_text(PAGE % "1 / 0", encoding="utf-8")
    for _ in range(2):  # the second build must not pass on what the first one left
        with pytest.raises(CommandFailed):
            noxfile.build(Session(), site)
        last = capfd.readouterr().err.strip().splitlines()[-3:]
        assert any("index.md:14: WARNING: cell 1 raised Zero" in x for x in last), last
        assert read_files(site) == before
    assert [x.name for x in (project / "_build").glob("next-*")] == []


def test_an_example_that_changed_changes_an_unchanged_page(project):
    (project / "examples" / "value.py").write_text("VALUE = 43\n", encoding="utf-8")
    text = PAGE % "from examples.value import VALUE\n\nVALUE"
    (project / "docs" / "index.md").write_text(text, encoding="utf-8")
    site = project / "_build" / "html"
    noxfile.build(Session(), site)
    assert b"43" in read_files(site)["index.html"]
    (project / "examples" / "value.py").write_text("VALUE = 44\n", encoding="utf-8")
    noxfile.build(Session(), site)
    assert b"44" in read_files(site)["index.html"]


def test_text_that_is_printed_in_parts_is_published_as_printed(project):
    cells = """print("a", end="", flush=True)
print("b\\n", flush=True)
print("c")"""
    (project / "docs" / "index.md").write_text(PAGE % cells, encoding="utf-8")
    site = project / "_build" / "html"
    noxfile.build(Session(), site)
    assert b"ab\n\nc\n" in read_files(site)["index.html"]


def test_the_build_names_its_slowest_cells_first(project, capfd):
    cells = "1 + 1\n```\n\n```{code-cell}\nsum(x % 7 for x in range(1_000_000))"
    (project / "docs" / "index.md").write_text(PAGE % cells, encoding="utf-8")
    noxfile.build(Session(), project / "_build" / "html")
    said = capfd.readouterr().out.partition("slowest cells:\n")[2].splitlines()
    assert [line.split()[2] for line in said[:2]] == [
        "docs/index.md:18",
        "docs/index.md:14",
    ]


def test_asserts_that_are_switched_off_are_refused(project, monkeypatch, capfd):
    monkeypatch.setenv("PYTHONOPTIMIZE", "1")
    with pytest.raises(CommandFailed):
        noxfile.build(Session(), project / "_build" / "html")
    assert "asserts are off" in capfd.readouterr().err


def test_two_builds_of_one_commit_are_identical(site, tmp_path):
    skip = shutil.ignore_patterns("_build", ".nox", ".venv", "__pycache__")
    copy = shutil.copytree(ROOT, tmp_path / "a copy", ignore=skip)
    other = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    command = [sys.executable, "-m", "sphinx", "--conf-dir=.", "--quiet"]
    trees = f"--doctree-dir={tmp_path / 'trees'}"
    subprocess.run(
        [*command, trees, "docs", "_build/html"],
        cwd=copy,
        env={**os.environ, **other},
        check=True,
    )
    first, second = read_files(site), read_files(copy / "_build" / "html")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_the_offline_zip_is_one_folder_and_has_the_whole_site(offline, tmp_path, site):
    shutil.unpack_archive(offline, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [offline.stem]
    packed, built = read_files(tmp_path / offline.stem), read_files(site)
    left = built.keys() - packed.keys()  # what a page on disk may not read
    assert all(re.match(r"_static/(pyodide-|live-)", name) for name in left), left
    assert packed == {name: built[name] for name in built.keys() - left}
    assert offline.stat().st_size < MOST_BYTES
    before = offline.read_bytes()
    noxfile.pack(None)
    assert offline.read_bytes() == before
