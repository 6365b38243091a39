"""Find a browser: Playwright's own, else one that is installed, else say what helps."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
USUAL = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # no other host
)
HELP = f"{sys.executable} -m playwright install --with-deps chromium"


def executable() -> str | None:
    """Return the path of a browser, if there is one."""
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    places = [own, *map(shutil.which, NAMES), *USUAL]
    return next((x for x in places if x and Path(x).is_file()), None)


def launch(playwright: Playwright, path: str | None) -> Browser:
    """Start the browser, or fail with the one command that helps."""
    root = os.name == "posix" and os.geteuid() == 0
    flags = [*QUIET, "--no-sandbox"] if root else [*QUIET]
    try:
        return playwright.chromium.launch(executable_path=path, args=flags)
    except Error as error:
        raise RuntimeError(f"no browser starts: run\n  {HELP}\n{error}") from error
