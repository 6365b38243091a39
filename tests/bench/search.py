"""Measure how long a phone waits for the first results of the search.

The processor is slowed down four times, and the site is served from this machine, so
that the network takes no time. ``nox -s bench -- --study=search`` measures this alone.
"""

import gzip
import os
import statistics
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

import noxfile
from tests.browser.launch import executable, launch
from tests.browser.serve import serve

SITE = Path(os.environ.get("SITE", noxfile.SITE))
ROUNDS = 15
SLOWER = 4
PHONE = {"width": 390, "height": 844}
# The field is used for the first time, and what it needs is loaded then.
FIRST = """() => new Promise((resolve) => {
  const dialog = document.getElementById("pst-search-dialog");
  const field = dialog.querySelector("input");
  new MutationObserver((_, observer) => {
    if (!dialog.querySelector("ul.search li")) return;
    observer.disconnect();
    resolve(performance.now() - start);
  }).observe(dialog, { childList: true, subtree: true });
  dialog.showModal();
  field.value = "one hot";
  const start = performance.now();
  field.blur();
  field.focus();
})"""
# Everything is loaded, and another letter is typed.
LETTER = """() => {
  const field = document.querySelector("dialog input");
  field.value = "softmax gradien";
  const start = performance.now();
  field.dispatchEvent(new Event("input"));
  return performance.now() - start;
}"""


def open_phone(browser: Browser, address: str) -> Page:
    """Open a page in a fresh profile, on a phone with a slow processor."""
    page = browser.new_context(viewport=PHONE).new_page()
    page.goto(address, wait_until="load")
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


def measure(browser: Browser, address: str) -> tuple[float, float]:
    """Return the milliseconds to the first results, and those for another letter."""
    page = open_phone(browser, address)
    first = page.evaluate(FIRST)
    page.locator("dialog [data-complete]").wait_for(timeout=60_000)
    letter = page.evaluate(LETTER)
    page.context.close()
    return first, letter


def weigh(*names: str) -> int:
    """Return the KB of files as a host sends them."""
    files = [path for name in names for path in (SITE / "_static").glob(name)]
    return round(sum(len(gzip.compress(x.read_bytes(), 9)) for x in files) / 1000)


def main() -> None:
    """Measure, print, and leave a report."""
    path = executable()
    with serve(SITE) as address, sync_playwright() as playwright:
        browser = launch(playwright, path)
        times = [measure(browser, f"{address}index.html") for _ in range(ROUNDS)]
        browser.close()
    firsts, letters = (sorted(column) for column in zip(*times, strict=True))
    counts = {
        "first results, ms": round(statistics.median(firsts)),
        "fastest, ms": round(firsts[0]),
        "another letter, ms": round(statistics.median(letters)),
        "library and first index, KB": weigh(
            "minisearch-*/*.js", "search.js", "search.css", "search-first.js"
        ),
        "text, KB": weigh("search-text.js"),
    }
    noxfile.report("search", counts)


if __name__ == "__main__":
    main()
