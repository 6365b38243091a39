"""A browser, and the site in it: over HTTP, and from a folder with an odd name."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.launch import executable, launch
from tests.browser.serve import Hosted, serve
from tests.browser.watch import NAMES

# A kind of small pages: what the HTML of such a page contains
KINDS = {
    "formula": "<math",
    "figure": "<svg",
    "error": 'class="traceback',
    "question": 'class="answer"',
    "stub": "This question has moved",
}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start one browser for all tests."""
    path = executable()
    with sync_playwright() as playwright:
        browser = launch(playwright, path)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(site) -> Iterator[str]:
    """Serve the site over HTTP."""
    with serve(site) as address:
        yield address


@pytest.fixture(scope="session")
def hosted(site) -> Iterator[str]:
    """Serve the site with the headers of nginx.conf."""
    with serve(site, Hosted) as address:
        yield address


@pytest.fixture(scope="session")
def strict(live_site, hosted) -> str:
    """Return the address of the site with these headers, if its cells are live."""
    return hosted


@pytest.fixture(scope="session")
def disk(offline, tmp_path_factory) -> str:
    """Unpack the offline zip where the path has a space and an accent."""
    folder = tmp_path_factory.mktemp("télé chargé")
    shutil.unpack_archive(offline, folder)
    return (folder / offline.stem).as_uri() + "/"


@pytest.fixture(scope="session")
def small_pages(site) -> list[str]:
    """Return the names of all small pages of the built site."""
    names = sorted(f"q/{path.name}" for path in (site / "q").glob("*.html"))
    assert len(names) >= 3
    return names


@pytest.fixture(scope="session")
def sample(site, small_pages) -> list[str]:
    """Return one small page of each kind that there is."""
    texts = {name: (site / name).read_text("utf-8") for name in small_pages}
    found = (
        next((name for name, text in texts.items() if mark in text), None)
        for mark in KINDS.values()
    )
    return sorted({name for name in found if name})


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


@pytest.fixture
def read_clipboard(context) -> Callable[[Page], str]:
    """Let pages use the clipboard; return a function that reads it."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    return lambda page: page.evaluate("navigator.clipboard.readText()")


@pytest.fixture
def page_without_scripts(browser) -> Iterator[Page]:
    """Open an empty page, in a browser that runs no script."""
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()


def pytest_generate_tests(metafunc) -> None:
    """Give ``name`` each page of the site in turn."""
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", NAMES)
