"""The foot of a page says what executed it, and only what is known of its source."""

import platform
import subprocess

import numpy as np
import pandas
import pytest
import scipy
from conftest import ROOT

from extensions.colophon import name_packages, write_footer
from extensions.page import read_page


@pytest.fixture(autouse=True)
def forget_environment(monkeypatch):
    """Begin without what a builder may have set."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)


def run_git(folder, *command) -> str:
    """Run git without the settings of the person who runs the tests."""
    own = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    done = subprocess.run(
        ["git", *own, *command], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """Make a repository with one commit of a known day."""
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-03-04T12:00:00Z")
    run_git(tmp_path, "init", "--quiet")
    run_git(tmp_path, "commit", "--allow-empty", "--quiet", "--message=x")
    return tmp_path, run_git(tmp_path, "rev-parse", "--short", "HEAD")


def test_the_versions_are_those_that_run(tmp_path):
    text = write_footer(str(tmp_path))
    assert f"Python {platform.python_version()} and NumPy {np.__version__}" in text


def test_git_gives_the_commit_and_its_day(repository):
    folder, short = repository
    assert f"commit {short}, 2026-03-04." in write_footer(str(folder))


def test_a_set_date_wins_and_needs_no_git(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    text = write_footer(str(tmp_path))
    assert ", 1970-01-01." in text
    assert "commit" not in text


def test_without_both_there_is_no_date(tmp_path):
    assert f"NumPy {np.__version__}.<br>" in write_footer(str(tmp_path))


def test_the_commit_is_a_link_where_the_repository_is_known(repository, monkeypatch):
    folder, short = repository
    monkeypatch.setenv("GITHUB_REPOSITORY", "a/b")
    assert f'href="https://github.com/a/b/commit/{short}"' in write_footer(str(folder))


def test_the_packages_that_a_page_imports_are_named_with_their_versions():
    cell = "```{code-cell}\nimport numpy as np\nfrom scipy import sparse\n```\n"
    assert name_packages(read_page(cell)) == f"SciPy {scipy.__version__}"
    assert name_packages(read_page(cell.replace("scipy", "examples"))) == ""


def test_a_page_on_pandas_names_its_version(site):
    html = (site / "practice" / "pandas.html").read_text("utf-8")
    assert f"{np.__version__}, with pandas {pandas.__version__}" in html


def test_every_page_has_it(site):
    for name in ("index.html", "indexing/in-place.html"):
        html = (site / name).read_text("utf-8")
        assert f"and NumPy {np.__version__}" in html
        assert "Independent of the NumPy project" in html
        assert str(ROOT) not in html
