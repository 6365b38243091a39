"""What the tests look at: the pages, the built site, and small sites with faults."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import noxfile
from extensions.law_tests import name_test

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    p.relative_to(ROOT / "docs").as_posix() for p in ROOT.glob("docs/**/*.md")
)
LONGEST = {
    "test_two_builds_of_one_commit_are_identical",
    "test_each_live_cell_gives_what_its_page_shows",
    "test_a_live_page_shows_what_the_built_page_shows",
    "test_each_small_page_loads_alone_and_fits_on_a_phone",
}
FRONT = """\
---
file_format: mystnb
kernelspec:
  name: python3
myst:
  html_meta:
    description: A page with a fault.
---

"""


class Stopwatch:
    """Sum the seconds of the tests of each folder, in all workers, and write them."""

    def __init__(self, path: Path) -> None:
        self.path, self.seconds = path, Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add what a test took. One that lies in no folder counts as ``tests/*.py``."""
        _, folder, *inside = Path(report.location[0]).parts
        name = f"tests/{folder}" if inside else "tests/*.py"
        self.seconds[name] += report.duration

    def pytest_sessionfinish(self) -> None:
        """Write the seconds, the longest first."""
        self.path.write_text(json.dumps(dict(self.seconds.most_common())), "utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Measure the folders, for ``nox -s tests``, where all workers report."""
    if (path := os.environ.get("SECONDS")) and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Stopwatch(Path(path)))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start the longest tests first, so that no worker waits for one at the end."""
    items.sort(key=lambda item: item.name.partition("[")[0] not in LONGEST)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Write the fixtures and files of the selected tests, for ``nox -s tests``."""
    if path := os.environ.get("SELECTION"):
        fixtures = {name for item in session.items for name in item.fixturenames}
        files = {str(item.path) for item in session.items}
        selection = {"fixtures": sorted(fixtures), "files": sorted(files)}
        Path(path).write_text(json.dumps(selection), "utf-8")


@pytest.fixture(scope="session")
def site() -> Path:
    """Return the built site: ``nox -s tests`` has built it just before."""
    folder = Path(os.environ.get("SITE", ROOT / "_build" / "html"))
    assert (folder / "index.html").is_file(), "no site: run nox -s html first"
    return folder


@pytest.fixture(scope="session")
def live_site(site) -> Path:
    """Return the built site, if it has what its cells need to run in a browser."""
    if not any(site.glob("_static/pyodide-*")):
        pytest.skip("the site has no live cells: nox -s live fetches what they need")
    return site


@pytest.fixture(scope="session")
def offline(site, tmp_path_factory) -> Iterator[Path]:
    """Return the offline zip of the site, packed as ``nox -s offline`` does."""
    path = tmp_path_factory.mktemp("offline") / noxfile.OFFLINE.name
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(noxfile, "SITE", site)
        patch.setattr(noxfile, "OFFLINE", path)
        noxfile.pack(None)
        yield path


@pytest.fixture(params=PAGES)
def page(request) -> Path:
    """Return each page's Markdown file in turn."""
    return ROOT / "docs" / request.param


def make_pages(bodies: dict[str, str], home: str = "") -> dict[str, str]:
    """Return a page for each body, and a front page that lists them."""
    pages = {f"{x}.md": f"{FRONT}({x})=\n# {x}\n\n{y}" for x, y in bodies.items()}
    toctree = ":::{toctree}\n" + "\n".join(bodies) + "\n:::\n"
    pages["index.md"] = f"{FRONT}(home)=\n# Home\n\n{home}\n{toctree}"
    return pages


def copy_project(folder: Path, pages: dict[str, str], conf: str = "") -> Path:
    """Copy the project, with other pages in the place of its own."""
    skip = shutil.ignore_patterns("*.pyc.*")  # another worker is writing it
    for name in ("conf.py", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    for name in ("extensions", "examples", ".config"):
        shutil.copytree(ROOT / name, folder / name, ignore=skip)
    shutil.copytree(ROOT / "docs" / "_static", folder / "docs" / "_static")
    with (folder / "conf.py").open("a", encoding="utf-8") as file:
        file.write(conf)
    for name, text in pages.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        write_law_tests(folder, name.removesuffix(".md"), text)
    return folder


def write_law_tests(folder: Path, page: str, text: str) -> None:
    """Write a test for each law of a page, which the build asks for."""
    for law in re.findall(r"^:{3,}\{law\} (\S+)", text, re.MULTILINE):
        file, name = name_test(page, law)
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as tests:
            tests.write(f"def {name}():\n    assert 1 + 1 == 2\n")


def run_sphinx(
    folder: Path, *options: str, fresh: bool = True, cache: Path | None = None
) -> subprocess.CompletedProcess:
    """Build a project as ``nox -s html`` does, or again as ``nox -s serve`` does.

    The warnings of Sphinx are in ``stderr`` of the result. The site has live cells only
    if `cache` has their runtime.
    """
    strict = ["--nitpicky", "--fail-on-warning"]
    strict += ["--fresh-env", "--write-all"] if fresh else []
    command = [sys.executable, "-m", "sphinx", "--conf-dir=.", *strict]
    return subprocess.run(
        [*command, *options, "docs", "_build/html"],
        cwd=folder,
        env={**os.environ, "LIVE_CACHE": str(cache or folder / "no cache")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
