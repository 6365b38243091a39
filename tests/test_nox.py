"""Arguments after -- reach the right session; a test run builds only what it reads."""

import os
import subprocess
import sys

import pytest
from conftest import ROOT
from nox.command import CommandFailed

import noxfile

STEPS = ("install", "fetch_runtime", "build", "ensure_browser")


class Session:
    """The part of a nox session that a chore uses: it records the commands."""

    def __init__(self, *posargs: str) -> None:
        self.posargs = list(posargs)
        self.commands, self.messages = [], []

    def install(self, *packages: str) -> None:
        """Install nothing."""

    def log(self, message: str) -> None:
        """Record a message."""
        self.messages.append(message)

    warn = log

    def run(self, *command: str, env: dict | None = None, **options) -> None:
        """Record a command; run it only if it collects tests."""
        self.commands.append(" ".join(command))
        if "--collect-only" in command:
            program = [sys.executable, *command[1:]]
            done = subprocess.run(
                program,
                cwd=ROOT,
                env=os.environ | env,
                capture_output=True,
                check=False,
            )
            if done.returncode not in options["success_codes"]:
                raise CommandFailed(f"exit code {done.returncode}")


@pytest.fixture
def steps(monkeypatch, tmp_path) -> list[str]:
    """Replace the long steps of a chore by a list of those that were taken."""
    taken = []
    for name in STEPS:
        step = lambda *_, name=name: taken.append(name)  # noqa: E731
        monkeypatch.setattr(noxfile, name, step)
    monkeypatch.setattr(noxfile, "BUILD", tmp_path)
    return taken


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (["tests/laws/test_in_place.py"], ["install"]),
        (["tests/test_build.py", "-k", "no_such_test"], ["install"]),
        (["tests/test_build.py", "-k", "failed_build"], ["install"]),
        (["tests/test_build.py", "-k", "identical"], [*STEPS[:3]]),
        (["tests/test_build.py", "-k", "zip"], [*STEPS[:3]]),
        (["tests/browser/test_tabs.py"], list(STEPS)),
    ],
)
def test_the_site_is_built_only_if_a_selected_test_reads_it(options, wanted, steps):
    session = Session(*options)
    noxfile.tests(session)
    assert steps == wanted
    assert session.commands[-1] == f"python -m pytest {' '.join(options)}"


def test_tests_of_several_files_run_side_by_side(steps):
    files = ["tests/test_lock.py", "tests/test_nox.py"]
    session = Session(*files)
    noxfile.tests(session)
    wanted = f"python -m pytest --numprocesses=auto --dist=worksteal {' '.join(files)}"
    assert session.commands[-1] == wanted


def test_no_test_hides_a_fixture_from_the_collection():
    hidden = "getfixture" + "value"
    for path in ROOT.glob("tests/**/*.py"):
        assert hidden not in path.read_text("utf-8"), path


def test_an_unknown_option_of_pytest_stops_before_the_build(steps):
    with pytest.raises(CommandFailed, match="exit code 4"):
        noxfile.tests(Session("--no-such-option"))
    assert steps == ["install"]


def test_lint_and_tests_share_their_arguments(steps):
    arguments = ["--durations=40", "--fix", "tests/test_lock.py"]
    lint, tests = Session(*arguments), Session(*arguments)
    noxfile.lint(lint)
    noxfile.tests(tests)
    assert lint.commands[:2] == ["ruff check --fix", "ruff format"]
    assert tests.commands[-1] == "python -m pytest --durations=40 tests/test_lock.py"
    assert lint.messages == [
        "lint leaves --durations=40 tests/test_lock.py to other sessions"
    ]
    assert tests.messages == ["tests leaves --fix to other sessions"]


def test_lint_changes_nothing_without_fix():
    session = Session("--durations=40")
    noxfile.lint(session)
    assert session.commands[:2] == ["ruff check", "ruff format --diff"]


def test_html_builds_the_pages_that_are_named(steps):
    noxfile.html(Session("docs/index.md", "docs/indexing/basics.md", "--durations=1"))
    assert steps == ["install", "build", "build"]


def test_only_a_zip_with_live_cells_has_the_runtime_and_its_notice(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(noxfile, "SITE", tmp_path)
    for name in ("pyodide-1/NOTICE.txt", "pyodide-1/numpy.whl", "live-1.zip"):
        path = tmp_path / "_static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    (tmp_path / "index.html").touch()
    assert [name for name, _ in noxfile.list_offline_files(live=False)] == [
        "index.html"
    ]
    assert [name for name, _ in noxfile.list_offline_files(live=True)] == [
        "_static/files/live-1.zip.js",
        "_static/pyodide-1/NOTICE.txt",
        "_static/files/numpy.whl.js",
        "index.html",
    ]


@pytest.mark.parametrize(
    ("name", "argument"),
    [("numpy", "--pre"), ("peers", "--upgrade"), ("bench", "--rounds=5")],
)
def test_an_argument_of_another_session_is_left_to_it(name, argument):
    session = Session("--durations=40", argument)
    assert noxfile.take_arguments(session, name) == [argument]
    assert noxfile.take_arguments(session, "tests") == ["--durations=40"]
