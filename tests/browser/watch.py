"""What a test notes while a page loads, and what it measures on the page."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from conftest import PAGES
from playwright.sync_api import BrowserContext, Page

# The pages that the tests of all pages open; the small pages of questions are others.
NAMES = [*(Path(page).with_suffix(".html").as_posix() for page in PAGES), "search.html"]

SETTLE = 300  # milliseconds
# A page is settled when a late font or script had some milliseconds to move it, and two
# frames have shown the move.
SHIFTS = """(ms) => {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifted += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  const showFrames = (done) => requestAnimationFrame(() => requestAnimationFrame(done));
  window.settled = new Promise((done) => addEventListener(
    'load', () => setTimeout(() => showFrames(done), ms)));
}"""

# A script for a context: each use of the browser's storage raises an error.
BLOCK_STORAGE = """
for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
  const get = () => { throw new DOMException("Storage is blocked", "SecurityError"); };
  Object.defineProperty(window, name, { get });
}"""
# Elements that a reader of paper or of a phone cannot see whole.
CUT = """() => [...document.querySelectorAll('pre, table, .formula, figure, h1, h2')]
  .filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1
    && e.clientWidth > 0 && getComputedStyle(e).display !== 'inline')
  .map((e) => e.outerHTML.slice(0, 120))"""


def wait_until(page: Page, expression: str, argument: object = None) -> None:
    """Wait until an expression is true on a page.

    The policy of a page lets Playwright's wait_for_function evaluate no text.
    """
    for _ in range(3000):
        if page.evaluate(expression, argument):
            return
        page.wait_for_timeout(10)
    raise AssertionError(f"never true: {expression}")


def visit(
    context: BrowserContext, base: str, name: str, settle: int = 0
) -> tuple[Page, list[str]]:
    """Open a page; return it and what goes wrong on it.

    ``settle`` is how many milliseconds a late font or script gets to move the page.
    """
    page = context.new_page()
    wrong = watch(page, base, settle)
    page.goto(base + name, wait_until="load")
    if settle:
        page.evaluate("settled")
    return page, wrong


def watch(page: Page, base: str, settle: int) -> list[str]:
    """Return a list that gets everything that goes wrong on a page from now on.

    No route of Playwright stops a request to another host, because a route makes every
    request slow. The browser itself reaches no other host: see ``launch.py``.
    """
    wrong, asked = [], set()

    def note_request(request) -> None:
        if request.is_navigation_request():
            asked.clear()  # what an earlier page asked for may be left undone
        asked.add(request)
        if not request.url.startswith((base, "data:", "blob:")):
            wrong.append(f"request to {request.url}")

    def note_message(message) -> None:
        if message.type in ("error", "warning"):
            wrong.append(f"console: {message.text}")

    def note_missing(response) -> None:
        if response.status >= 400:
            wrong.append(f"{response.status}: {response.url}")

    def note_failure(request) -> None:
        if request in asked:
            wrong.append(f"failed: {request.url}")

    page.on("request", note_request)
    page.on("console", note_message)
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    page.on("response", note_missing)
    page.on("requestfailed", note_failure)
    page.add_init_script(f"({SHIFTS})({settle})")
    return wrong


class Tab(NamedTuple):
    """A tab that opens one page after the other, and what goes wrong on the last."""

    page: Page
    base: str
    wrong: list[str]

    def open(self, name: str) -> None:
        """Open a page of the site."""
        self.wrong.clear()
        self.page.goto(self.base + name, wait_until="load")


def open_tab(context: BrowserContext, base: str, settle: int) -> Tab:
    """Open an empty tab without a cache: it loads each page as for the first time.

    ``settle`` is that of `visit`. A tab does not wait before `find_shift`, so that
    several tabs settle at the same time.
    """
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    return Tab(page, base, watch(page, base, settle))


def find_shift(page: Page) -> Iterator[str]:
    """Yield by how much a page moved before it was settled, if one can see it."""
    if (shifted := page.evaluate("settled.then(() => shifted)")) > 0.01:
        yield f"moves by {shifted} while it loads"


def choose_theme(page: Page, theme: str) -> None:
    """Change the color scheme of the system, and wait until the page follows it."""
    page.emulate_media(color_scheme=theme)
    follows = "theme => document.documentElement.dataset.theme === theme"
    wait_until(page, follows, theme)
