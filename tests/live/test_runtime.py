"""The runtime is verified, and a site without it is whole."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from conftest import copy_project, make_pages, run_sphinx

from extensions.live import runtime
from extensions.live.reasons import REASONS
from extensions.policy import LIVE, POLICY
from tests.live.test_cells import read_settings

CELL = "```{code-cell}\n%s\n```\n"
TAGGED = "```{code-cell}\n:tags: [not-live-integers]\n1 + 2\n```\n"
PLOT = "import examples.pictures.grid\n\n1 + 3"


def write_cache(root: Path) -> Path:
    """Write a cache with the names of the real one, and small files; return it."""
    folder = root / f"pyodide-{runtime.VERSION}"
    folder.mkdir(parents=True)
    lock = {}
    for name in runtime.list_packages():
        lock[name] = {"name": name, "version": "1.0", "file_name": f"{name}.whl"}
        (folder / f"{name}.whl").write_bytes(name.encode() * 100_000)
    (folder / runtime.LOCK).write_text(json.dumps({"packages": lock}), "utf-8")
    for name in runtime.RUNTIME:
        (folder / name).write_text(name, "utf-8")
    files = {path.name: runtime.describe_file(path) for path in folder.iterdir()}
    (folder / runtime.FILES).write_text(json.dumps(files), "utf-8")
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[Path, Path]:
    """Build a small site with and without the runtime; return both."""
    cache = tmp_path_factory.mktemp("cache")
    write_cache(cache)
    cells = CELL % "1 + 1" + TAGGED + CELL % PLOT
    pages = make_pages({"words": "Only words.\n"}, cells)
    sites = []
    for chosen in (None, cache):
        folder = copy_project(tmp_path_factory.mktemp("site"), pages)
        run = run_sphinx(folder, cache=chosen)
        assert run.returncode == 0, run.stderr
        assert ("The site has no live cells" in run.stdout) == (chosen is None)
        sites.append(folder / "_build" / "html")
    return tuple(sites)


def test_a_site_without_the_runtime_has_no_trace_of_live_cells(built):
    without, _ = built
    names = {path.name for path in without.rglob("*")}
    assert not [name for name in names if name.startswith(("live", "pyodide"))]
    html = (without / "index.html").read_text("utf-8")
    assert ">2\n" in html
    assert "live.js" not in html


def test_a_page_without_cells_gains_no_byte(built):
    without, with_runtime = built
    for name in ("words.html", "search.html"):
        assert (without / name).read_bytes() == (with_runtime / name).read_bytes()


def test_the_outputs_are_the_same_with_and_without_the_runtime(built):
    without, live = ((site / "index.html").read_text("utf-8") for site in built)
    added = r'\s*<(script data-live="|link [^>]*live\.css).*?>(</script>)?'
    assert re.sub(added, "", live).replace(LIVE, POLICY) == without


def test_a_page_with_cells_says_what_each_of_them_loads(built):
    _, site = built
    settings = read_settings((site / "index.html").read_text("utf-8"))
    first, tagged, plot = settings["cells"]
    assert first["megabytes"] == tagged["megabytes"] < plot["megabytes"]
    assert tagged["reason"] == REASONS["not-live-integers"]
    assert tagged["skipped"] is False
    for name in (settings["runtime"], settings["bundle"], "live.js", "live-worker.js"):
        assert (site / "_static" / name).exists()


def break_byte(folder: Path) -> None:
    """Change one byte of a wheel."""
    path = folder / "numpy.whl"
    path.write_bytes(path.read_bytes()[:-1] + b"x")


def forget_package(folder: Path) -> None:
    """Remove a package from the lock, as in the cache of an older site."""
    path = folder / runtime.LOCK
    lock = json.loads(path.read_text("utf-8"))
    del lock["packages"]["sympy"]
    path.write_text(json.dumps(lock), "utf-8")
    files = json.loads((folder / runtime.FILES).read_text("utf-8"))
    files[runtime.LOCK] = runtime.describe_file(path)
    (folder / runtime.FILES).write_text(json.dumps(files), "utf-8")


@pytest.mark.parametrize(
    "harm",
    [
        break_byte,
        forget_package,
        lambda folder: (folder / "numpy.whl").unlink(),
        lambda folder: (folder / runtime.FILES).unlink(),
    ],
)
def test_a_cache_that_is_not_whole_is_not_used(harm, tmp_path):
    folder = write_cache(tmp_path)
    assert runtime.is_complete(folder)
    harm(folder)
    assert not runtime.is_complete(folder)


GOOD, BAD = b"the wheel", b"another wheel"
ENTRY = {"file_name": "x.whl", "sha256": hashlib.sha256(GOOD).hexdigest()}


@pytest.fixture
def sources(monkeypatch):
    """Return a function that sets what each source of wheels has."""
    monkeypatch.setattr(runtime, "FROM_REGISTRY", {})

    def set_sources(distribution: bytes | None, carrier: bytes | None) -> None:
        held = {"read_distribution": distribution, "read_carrier": carrier}
        for name, data in held.items():
            give = lambda missing, _, data=data: ((x, data) for x in missing if data)  # noqa: E731
            monkeypatch.setattr(runtime, name, give)

    return set_sources


@pytest.mark.parametrize("held", [(GOOD, None), (None, GOOD), (BAD, GOOD)])
def test_the_first_source_with_the_right_bytes_gives_a_wheel(held, sources, tmp_path):
    sources(*held)
    runtime.fetch_wheels(tmp_path, tmp_path, {"x": ENTRY})
    assert (tmp_path / "x.whl").read_bytes() == GOOD


@pytest.mark.parametrize("held", [(None, None), (BAD, BAD)])
def test_a_wheel_with_other_bytes_is_refused(held, sources, tmp_path):
    sources(*held)
    with pytest.raises(runtime.NotFetchedError, match=r"x\.whl"):
        runtime.fetch_wheels(tmp_path, tmp_path, {"x": ENTRY})
    assert not (tmp_path / "x.whl").exists()


def test_a_failed_fetch_leaves_the_cache_as_it_was(monkeypatch, tmp_path):
    folder = write_cache(tmp_path)
    before = sorted(tmp_path.rglob("*"))

    def fail(new: Path, work: Path) -> dict:
        raise runtime.NotFetchedError("no network")

    monkeypatch.setattr(runtime, "fetch_runtime", fail)
    with pytest.raises(runtime.NotFetchedError):
        runtime.assemble(folder)
    assert sorted(tmp_path.rglob("*")) == before
    assert runtime.is_complete(folder)
