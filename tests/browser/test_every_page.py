"""Each page is opened once in each of its states, and all checks look at it there."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.test_contrast import KEEP, SCALE, find_pale_parts
from tests.browser.test_looks import OPEN, find_paper_faults, list_violations
from tests.browser.watch import (
    SETTLE,
    Tab,
    choose_theme,
    find_shift,
    open_tab,
    wait_until,
)

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 900}
# After a change of the width the theme moves its sidebars, and some time later it lets
# the keyboard reach what scrolls.
REACHABLE = """() => !document.getAnimations().length
  && [...document.querySelectorAll('pre')]
    .every((e) => e.scrollWidth <= e.clientWidth || e.tabIndex === 0)"""
CUT_TITLES = "(links) => links.filter((e) => e.scrollWidth > e.clientWidth).length"


@pytest.fixture(scope="module")
def desktop(browser, server) -> Iterator[Tab]:
    """Open a tab on a wide screen, which loads every page as if for the first time."""
    with browser.new_context(viewport=DESKTOP) as context:
        yield open_tab(context, server, SETTLE)


@pytest.fixture(scope="module")
def folder(browser, disk) -> Iterator[Tab]:
    """Open a tab that reads pages from disk."""
    with browser.new_context(viewport=DESKTOP) as context:
        yield open_tab(context, disk, SETTLE)


@pytest.fixture(scope="module")
def phone(browser, server) -> Iterator[Tab]:
    """Open a tab on a phone in the dark theme."""
    options = {"color_scheme": "dark", "reduced_motion": "reduce"}
    with browser.new_context(
        viewport=PHONE, device_scale_factor=SCALE, **options
    ) as context:
        yield open_tab(context, server, SETTLE)


def find_barriers(page: Page, name: str) -> Iterator[str]:
    """Yield what does not fit on the screen, and what axe-core finds."""
    page.evaluate(OPEN)
    wait_until(page, REACHABLE)
    width = page.evaluate("document.scrollingElement.scrollWidth")
    if width > page.viewport_size["width"]:
        yield f"is {width} pixels wide"
    if page.locator(".prev-next-area a").evaluate_all(CUT_TITLES):
        yield "cuts the title of another page"
    yield from list_violations(page, name)


def test_the_page_loads_alone_stands_still_and_can_be_read(
    desktop, folder, phone, name
):
    desktop.page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    phone.page.emulate_media(color_scheme="dark")
    phone.page.set_viewport_size(PHONE)
    folder.open(name)
    desktop.open(name)
    phone.open(name)
    faults = {
        "from disk": [*find_shift(folder.page), *folder.wrong],
        "on a desktop": [*find_shift(desktop.page), *desktop.wrong],
        "on paper": [*find_paper_faults(desktop.page)],
    }
    desktop.page.emulate_media(media="null", reduced_motion="reduce")
    desktop.page.set_viewport_size(DESKTOP)
    choose_theme(desktop.page, "light")
    faults["in the light theme"] = [*find_barriers(desktop.page, name)]
    # A theme changes only colors. One width is enough for each of the two.
    phone.page.evaluate(KEEP)
    faults["on a phone, dark"] = [*phone.wrong, *find_barriers(phone.page, name)]
    phone.page.set_viewport_size(DESKTOP)
    faults["in figures"] = [*find_pale_parts(phone.page)]
    found = [f"{state}: {fault}" for state in faults for fault in faults[state]]
    assert not found, "\n".join(found)
