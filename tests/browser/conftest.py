"""A browser, and the site in it: over HTTP, and from a folder with an odd name."""

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.launch import executable, launch

POLICY = (
    "script-src 'self'; worker-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "style-src 'self'"
)


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server that says nothing."""

    def log_message(self, *_) -> None:
        """Keep the test's output short."""


class Strict(Quiet):
    """A server whose pages have a strict policy."""

    def end_headers(self) -> None:
        """Add the policy to each page. A worker is a script of its own."""
        if self.path.split("?")[0].endswith(".html"):
            self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start one browser for all tests."""
    path = executable()
    with sync_playwright() as playwright:
        browser = launch(playwright, path)
        yield browser
        browser.close()


@contextmanager
def serve(folder: Path, kind: type[Quiet]) -> Iterator[str]:
    """Serve a folder over HTTP."""
    handler = functools.partial(kind, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def server(site) -> Iterator[str]:
    """Serve the site over HTTP."""
    with serve(site, Quiet) as address:
        yield address


@pytest.fixture(scope="session")
def strict(live_site) -> Iterator[str]:
    """Serve the site with a strict policy, if its cells are live."""
    with serve(live_site, Strict) as address:
        yield address


@pytest.fixture(scope="session")
def disk(offline, tmp_path_factory) -> str:
    """Unpack the offline zip where the path has a space and an accent."""
    folder = tmp_path_factory.mktemp("télé chargé")
    shutil.unpack_archive(offline, folder)
    return (folder / offline.stem).as_uri() + "/"


@pytest.fixture(params=["http", "disk"])
def base(request, server, disk) -> str:
    """Return the address of the site, over HTTP and from disk."""
    return {"http": server, "disk": disk}[request.param]


@pytest.fixture
def context(browser) -> Iterator[BrowserContext]:
    """Open a fresh profile."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def pytest_generate_tests(metafunc) -> None:
    """Give ``name`` each page of the site in turn, by its Markdown file."""
    if "name" in metafunc.fixturenames:
        docs = Path(__file__).parent.parent.parent / "docs"
        pages = (p.relative_to(docs).with_suffix(".html") for p in docs.rglob("*.md"))
        names = sorted(page.as_posix() for page in pages)
        metafunc.parametrize("name", [*names, "search.html"])
