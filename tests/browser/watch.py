"""What a test notes while a page loads, and what it measures on the page."""

from pathlib import Path

from conftest import PAGES
from playwright.sync_api import BrowserContext, Page

# The pages that the tests of all pages open; the small pages of questions are others.
NAMES = [*(Path(page).with_suffix(".html").as_posix() for page in PAGES), "search.html"]

SHIFTS = """() => { window.shifted = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifted += entry.value;
}).observe({type: 'layout-shift', buffered: true}); }"""

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


def visit(
    context: BrowserContext, base: str, name: str, settle: int = 0
) -> tuple[Page, list[str]]:
    """Open a page with every other host blocked; return it and what went wrong.

    ``settle`` is how many milliseconds a late font or script gets to move the page.
    """
    page, wrong = context.new_page(), []

    def block_others(route) -> None:
        if route.request.url.startswith((base, "data:", "blob:")):
            route.continue_()
        else:
            wrong.append(f"request to {route.request.url}")
            route.abort()

    def note_message(message) -> None:
        if message.type in ("error", "warning"):
            wrong.append(f"console: {message.text}")

    def note_missing(response) -> None:
        if response.status >= 400:
            wrong.append(f"{response.status}: {response.url}")

    page.route("**/*", block_others)
    page.on("console", note_message)
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    page.on("response", note_missing)
    page.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
    page.add_init_script(f"({SHIFTS})()")
    page.goto(base + name, wait_until="load")
    page.wait_for_timeout(settle)
    return page, wrong
