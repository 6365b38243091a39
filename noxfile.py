"""The chores of this site, in the order in which a person meets them."""

import base64
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

import nox
from nox.command import CommandFailed

nox.needs_version = ">=2025.2.9"
nox.options.sessions = ["html"]
nox.options.reuse_venv = "yes"
nox.options.error_on_missing_interpreters = False

ROOT = Path(__file__).parent
BUILD = ROOT / "_build"
SITE = BUILD / "html"
OFFLINE = BUILD / "one-line-of-numpy.zip"
SPHINX = ("python", "-m", "sphinx", "--conf-dir=.")
FETCH = ("python", "-m", "extensions.live")
STRICT = ("--fresh-env", "--write-all", "--nitpicky", "--fail-on-warning")
# Of one release, pip prefers a +cpu build to any other where it is offered one.
TORCH = "torch==2.13.0"
# The policy of a page with live cells, and what such a page needs on disk: its worker
# has no file of its own, so the policy of the page governs it.
LIVE_POLICY = "default-src 'self'; img-src 'self' data:"
DISK_POLICY = f"{LIVE_POLICY}; script-src 'self' blob: 'wasm-unsafe-eval'"
# The arguments after -- that a session takes. The tests take all the others.
TAKES = {
    "html": r".+\.md",
    "lint": r"--fix",
    "numpy": r"--pre",
    "peers": r"--upgrade",
    "offline": r"--live",
    "bench": r"--write|--peers|--rounds=\d+|--study=.+",
}
# A worker that is done takes over tests that wait behind the slow ones of another.
WORKERS = ("--numprocesses=auto", "--dist=worksteal")
# The seconds of each part of this run. Their budget is in pyproject.toml.
SECONDS: dict[str, float] = {}
# What one page alone cannot know: the other pages.
ALONE = "suppress_warnings=ref,toc,myst.xref_missing,myst.xref_ambiguous"


@nox.session
def html(session: nox.Session) -> None:
    """Execute every page and build the site; -- docs/PAGE.md builds that page alone."""
    install(session)
    pages = take_arguments(session, "html")
    if not pages:
        build(session, SITE)
        print(f"\nOpen {(SITE / 'index.html').as_uri()}")
    for name in pages:
        page = (
            Path(name).resolve().relative_to(ROOT / "docs").with_suffix("").as_posix()
        )
        only = (f"include_patterns={page}.md", f"root_doc={page}", ALONE)
        build(session, BUILD / "page", *(f"--define={value}" for value in only))
        print(f"\nOpen {(BUILD / 'page' / f'{page}.html').as_uri()}")


@nox.session
def tests(session: nox.Session) -> None:
    """Build the site if a test reads it, and test; -- takes the options of pytest."""
    install(session)
    options = take_arguments(session, "tests")
    fixtures, files = select_tests(session, options)
    if "site" in fixtures:
        fetch_runtime(session)
        build(session, SITE)
    if "browser" in fixtures:
        ensure_browser(session)
    workers = WORKERS if len(files) > 1 else ()
    folders = BUILD / "seconds.json"
    folders.unlink(missing_ok=True)
    env = {"SECONDS": str(folders)}
    try:
        with measure("tests"):
            session.run("python", "-m", "pytest", *workers, *options, env=env)
    finally:
        if "site" in fixtures and not has_live_cells():
            session.warn("The site has no live cells, so they were not tested.")
        if workers:
            print_seconds(folders)


@nox.session
def serve(session: nox.Session) -> None:
    """Show the site in a browser; rebuild and reload when a file is saved."""
    install(session)
    folders = ("examples", "extensions", ".config", "conf.py")
    watch = [f"--watch={name}" for name in folders]
    trees = f"--doctree-dir={BUILD / 'serve' / 'trees'}"
    out = str(BUILD / "serve" / "html")
    auto = ("python", "-m", "sphinx_autobuild", "--conf-dir=.", "--open-browser")
    session.run(*auto, trees, *watch, *session.posargs, "docs", out)


@nox.session
def live(session: nox.Session) -> None:
    """Fetch Python and NumPy for the reader's browser, verify and cache them."""
    group = nox.project.dependency_groups(nox.project.load_toml(), "live")
    session.install("--constraint=requirements.txt", *group)
    session.run(*FETCH)


@nox.session
def lint(session: nox.Session) -> None:
    """Check Python, spelling and the pages' Markdown; -- --fix corrects Python."""
    tools = ("codespell", "pyyaml", "ruff")
    fix = take_arguments(session, "lint")
    with measure("lint"):
        session.install("--constraint=requirements.txt", *tools)
        session.run("ruff", "check", *fix)
        session.run("ruff", "format", *([] if fix else ["--diff"]))
        session.run("codespell")
        session.run("python", "tests/form.py")
        session.run("python", "tests/wording.py")


@nox.session
def linkcheck(session: nox.Session) -> None:
    """Visit every link to another host; counts go to _build/reports/linkcheck.json."""
    install(session)
    out = BUILD / "linkcheck"
    shutil.rmtree(out, ignore_errors=True)
    off = ("--define=nb_execution_mode=off", "--builder=linkcheck", "--quiet")
    codes = [0, 1]  # judged by the report below
    session.run(*SPHINX, *off, "--fresh-env", "docs", str(out), success_codes=codes)
    lines = (out / "output.json").read_text("utf-8").splitlines()
    links = [json.loads(line) for line in lines]
    counts = {s: sum(x["status"] == s for x in links) for s in ("working", "broken")}
    report("linkcheck", {**counts, "links": len(links)})
    if counts["broken"] or not links:
        session.error(f"{counts['broken']} of {len(links)} links are broken")


@nox.session
def offline(session: nox.Session) -> None:
    """Pack the site into one zip that works from disk; -- --live keeps cells live."""
    install(session)
    live = bool(take_arguments(session, "offline"))
    if live:
        session.run(*FETCH)
    build(session, SITE)
    pack(session, live)


@nox.session
@nox.parametrize(
    "python,numpy",
    [
        nox.param("3.11", "1.26.*", id="1.26"),
        nox.param("3.11", "2.0.*", id="2.0"),
        *(
            nox.param(f"3.{n}", "", id=f"newest-3.{n}")
            for n in (11, 12, 13, 14)  # a Python that is missing is skipped
        ),
    ],
)
def numpy(session: nox.Session, numpy: str) -> None:
    """Build and test on the old and the newest NumPy; -- --pre takes pre-releases."""
    session.notify("versions", posargs=[])
    install(session)
    wanted = f"numpy=={numpy}" if numpy else "numpy"
    # A pandas that this NumPy can run: the locked one is made for newer ones.
    options = take_arguments(session, "numpy")
    session.install("--upgrade", *options, wanted, "pandas")
    version = "import numpy; print(numpy.__version__)"
    found = session.run("python", "-c", version, silent=True).strip()
    site = BUILD / Path(session.virtualenv.location).name
    build(session, site)
    counts = pytest(session, *WORKERS, "--ignore=tests/browser", site=site)
    report(f"numpy-{found}-python-{session.python}", {"numpy": found, **counts})
    if counts["failures"] or counts["errors"] or not counts["tests"]:
        session.error(f"the tests fail on NumPy {found}")


@nox.session
def versions(session: nox.Session) -> None:
    """Run the code of each version fact on the releases before and after it."""
    session.install("--constraint=requirements.txt", "numpy", "uv")
    session.run("python", "tests/boundaries.py")


@nox.session
def faults(session: nox.Session) -> None:
    """Put mistakes into a small copy of the project, and see that each is caught."""
    install(session)
    ensure_browser(session)
    session.run("python", "-m", "tests.faults", *session.posargs)


@nox.session
def peers(session: nox.Session) -> None:
    """Compare with other libraries, such as PyTorch; -- --upgrade takes the newest."""
    install(session)
    group = nox.project.dependency_groups(nox.project.load_toml(), "peers")
    session.install(*group, *(take_arguments(session, "peers") or [TORCH]))
    session.run("python", "-m", "pytest", "-W=default", "-rs", "tests/peers")


@nox.session
def bench(session: nox.Session) -> None:
    """Measure what the line and its equivalents cost; -- --write renews the record.

    With -- --peers it also installs and measures the libraries that the fast function
    is compared with. It ends with the search of the built site on a slow phone, which
    -- --study=search measures alone.
    """
    install(session)
    options = take_arguments(session, "bench")
    if "--peers" in options:
        session.install("jax", "numba", TORCH)
    env = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    env |= dict.fromkeys(("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"))  # BLAS chooses
    alone = "--study=search" in options
    if not alone:
        session.run("python", "-m", "tests.bench", *options, env=env)
    if alone or not any(x.startswith("--study=") for x in options):
        build(session, SITE)
        ensure_browser(session)
        session.run("python", "-m", "tests.bench.search")


@nox.session
def lock(session: nox.Session) -> None:
    """Renew requirements.txt from the dependency groups of pyproject.toml."""
    session.install("uv")
    groups = [f"--group={name}" for name in ("docs", "tests", "lint", "live")]
    spread = ("--universal", "--fork-strategy=fewest", "--python-version=3.11")
    out = ("--upgrade", "--generate-hashes", "--output-file=requirements.txt")
    uv = ("uv", "pip", "compile", "pyproject.toml", "--quiet")
    env = {"UV_CUSTOM_COMPILE_COMMAND": "nox -s lock"}
    session.run(*uv, *groups, *spread, *out, *session.posargs, env=env)


def install(session: nox.Session) -> None:
    """Install requirements.txt, unless exactly that is installed already."""
    lock = (ROOT / "requirements.txt").read_bytes()
    installed = Path(session.virtualenv.location) / "requirements.txt"
    if installed.exists() and installed.read_bytes() == lock:
        return
    try:
        with measure("install"):
            session.install("--require-hashes", "--requirement=requirements.txt")
    except CommandFailed:
        print("requirements.txt: error: cannot be installed as locked", file=sys.stderr)
        raise
    installed.write_bytes(lock)


def take_arguments(session: nox.Session, name: str) -> list[str]:
    """Return the arguments after -- that a session takes; log those that it leaves."""
    others = "|".join(pattern for x, pattern in TAKES.items() if x != name)
    takes = TAKES.get(name, rf"(?!({others})$).+")
    left = [x for x in session.posargs if not re.fullmatch(takes, x)]
    if left:
        session.log(f"{name} leaves {' '.join(left)} to other sessions")
    return [x for x in session.posargs if x not in left]


def select_tests(session: nox.Session, options: list[str]) -> tuple[set, set]:
    """Return the fixtures and the files of the tests that these options select."""
    BUILD.mkdir(exist_ok=True)
    path = BUILD / "selection.json"
    path.unlink(missing_ok=True)
    command = ("python", "-m", "pytest", "--collect-only", "--quiet", *options)
    codes = [0, 5]  # 5: no test is selected, which the tests themselves report
    env = {"SELECTION": str(path)}
    with measure("collection"):
        session.run(*command, env=env, success_codes=codes, silent=True)
    selection = json.loads(path.read_text("utf-8"))
    return set(selection["fixtures"]), set(selection["files"])


def pytest(session: nox.Session, *options: str, site: Path = SITE) -> dict:
    """Run tests; return how many there were, and how many of them failed."""
    result = Path(session.virtualenv.location) / "tests.xml"
    result.unlink(missing_ok=True)
    command = ("python", "-m", "pytest", f"--junitxml={result}", *options)
    codes = [0, 1]  # judged by the counts
    session.run(*command, env={"SITE": str(site)}, success_codes=codes)
    suite = ElementTree.parse(result).getroot().find("testsuite")
    names = ("tests", "failures", "errors", "skipped")
    return {name: int(suite.get(name)) for name in names}


def build(session: nox.Session, site: Path, *options: str) -> None:
    """Build the site in a new folder; only a finished one takes the old one's place."""
    BUILD.mkdir(exist_ok=True)
    for left in BUILD.glob("next-*"):  # of a build that was killed
        if time.time() - left.stat().st_mtime > 3600:
            shutil.rmtree(left, ignore_errors=True)
    new = Path(tempfile.mkdtemp(prefix="next-", dir=BUILD))
    warnings = new / "warnings.txt"
    more = (f"--doctree-dir={new / 'trees'}", f"--warning-file={warnings}")
    try:
        with measure("build"):
            session.run(*SPHINX, *STRICT, *more, *options, "docs", str(new / "html"))
        replace(site, new / "html")
    except CommandFailed:
        if warnings.exists():
            print(f"\n{site.name} is as it was, because:", file=sys.stderr)
            print(warnings.read_text("utf-8"), file=sys.stderr)
        raise
    finally:
        shutil.rmtree(new, ignore_errors=True)


def replace(site: Path, new: Path) -> None:
    """Move a finished site into its place."""
    old = new.with_name("old")
    if site.exists():
        site.rename(old)
    try:
        new.rename(site)
    except OSError:
        old.rename(site)
        raise


def fetch_runtime(session: nox.Session) -> None:
    """Fetch the runtime of live cells, or go on without it."""
    with measure("runtime"):
        session.run(*FETCH, success_codes=[0, 1])


def has_live_cells() -> bool:
    """Tell whether the built site has the runtime of live cells."""
    return any(SITE.glob("_static/pyodide-*"))


def pack(session: nox.Session, live: bool = False) -> None:
    """Zip the site: the same bytes for the same commit on every machine."""
    log = subprocess.run(
        ["git", "log", "-1", "--format=%ct %h"], capture_output=True, text=True
    )
    seconds, commit = log.stdout.split() or [os.environ.get("SOURCE_DATE_EPOCH"), "-"]
    date = time.gmtime(int(seconds or 315532800))[:6]
    out = OFFLINE.with_stem(f"{OFFLINE.stem}-live") if live else OFFLINE
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name, content in list_offline_files(live):
            entry = zipfile.ZipInfo(f"{out.stem}/{name}", date)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            file.writestr(entry, content)
    day = "{}-{:02}-{:02}".format(*date)
    print(f"\n{out}: {out.stat().st_size:,} bytes, commit {commit} of {day}")


def list_offline_files(live: bool) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file of the zip.

    A page on disk may read no file, so the runtime of live cells is left out. In a zip
    with live cells a script holds each of its files, except for its notice.
    """
    for path in sorted(p for p in SITE.rglob("*") if p.is_file()):
        name, content = path.relative_to(SITE).as_posix(), path.read_bytes()
        is_runtime = re.match(r"_static/(pyodide-.*/|live-.*\.zip)", name)
        if is_runtime and not live:
            continue
        if is_runtime and path.name != "NOTICE.txt":
            packed = base64.b64encode(gzip.compress(content, 6, mtime=0))
            script = f'liveFiles["{path.name}"] = "{packed.decode()}";\n'
            yield f"_static/files/{path.name}.js", script.encode()
        elif live and name == "_static/live.js":
            worker = path.with_name("live-worker.js").read_text("utf-8")
            held = json.dumps({"live-worker.js": worker})
            yield name, f"window.liveFiles = {held};\n".encode() + content
        elif live and path.suffix == ".html":
            yield name, content.replace(LIVE_POLICY.encode(), DISK_POLICY.encode(), 1)
        else:
            yield name, content


def ensure_browser(session: nox.Session) -> None:
    """Find a browser, install one, or say which command does."""
    found = "from tests.browser.launch import executable; print(executable() or '')"
    if session.run("python", "-c", found, silent=True).strip():
        return
    debian = shutil.which("apt-get") and getattr(os, "geteuid", lambda: 1)() == 0
    if debian and os.environ.get("CI"):
        for command in ("update", "install --yes --no-install-recommends chromium"):
            session.run("apt-get", "--quiet=2", *command.split(), external=True)
        return
    command = ("python", "-m", "playwright", "install", "--with-deps", "chromium")
    try:
        session.run(*command[:4], "chromium")
    except CommandFailed:
        session.error(f"no browser: run {session.bin}/{' '.join(command)}")


@contextmanager
def measure(part: str) -> Iterator[None]:
    """Add the seconds that a part takes to those that it took before."""
    start = time.monotonic()
    try:
        yield
    finally:
        SECONDS[part] = SECONDS.get(part, 0) + time.monotonic() - start


def print_seconds(folders: Path) -> None:
    """Print the seconds of each part, and of each folder of tests, and their budget.

    The seconds of a folder are those of all workers together. Seconds depend on the
    machine, so a part that is over its budget is marked, and nothing fails.
    """
    budget = nox.project.load_toml(ROOT / "pyproject.toml")["tool"]["gate"]["seconds"]
    spent = dict(SECONDS)
    if folders.exists():
        spent |= json.loads(folders.read_text("utf-8"))
    print("\nseconds  budget  part")
    for part, seconds in spent.items():
        allowed = budget.get(part, 0)
        note = "" if seconds <= allowed else "  (over budget)"
        print(f"{seconds:7.0f} {allowed:7}  {part}{note}")


def report(name: str, counts: dict) -> None:
    """Write the counts of a check to a file that the weekly job uploads."""
    path = BUILD / "reports" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(counts, indent=1) + "\n", "utf-8")
    print(f"{name}: {counts}")
