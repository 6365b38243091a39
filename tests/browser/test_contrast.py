"""What is written and drawn in a figure can be read, measured on the pixels."""

import io
from collections.abc import Iterator

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, Page

from tests.browser.watch import choose_theme, visit

SCALE = 3  # pixels of the picture for one of the page: letters have whole pixels inside
TEXT = "g.text"
MARKS = "g.line2d, g.patch"
# Figure and axes are patches too, which are not drawn.
BOXES = """(svg, parts) => [...svg.querySelectorAll(parts)]
  .filter((e) => [...e.querySelectorAll('path, use')].some((drawn) => {
    const style = getComputedStyle(drawn);
    return style.fill !== 'none' || style.stroke !== 'none';
  }))
  .map((e) => {
    const box = e.getBoundingClientRect(), all = svg.getBoundingClientRect();
    return [box.x - all.x, box.y - all.y, box.right - all.x, box.bottom - all.y];
  })"""
# The figures as they are loaded, because a check of the page may empty them.
KEEP = """() => { window.figures = [...document.querySelectorAll('figure[id^=fig-]')]
  .map((e) => e.cloneNode(true)); }"""
# Alone on the page, a figure is drawn faster.
ISOLATE = "document.body.replaceChildren(...window.figures)"
HIDE = """(svg, [parts, how]) => svg.querySelectorAll(parts)
  .forEach((e) => { e.style.visibility = how })"""

CHANNEL = np.arange(256, dtype=np.float32) / 255
LINEAR = np.where(
    CHANNEL <= 0.04045, CHANNEL / 12.92, ((CHANNEL + 0.055) / 1.055) ** 2.4
)


def read_luminance(svg: Locator) -> np.ndarray:
    """Take a picture of a figure; return its luminance, as WCAG 2 defines it."""
    image = Image.open(io.BytesIO(svg.screenshot())).convert("RGB")
    return LINEAR[np.asarray(image)] @ np.float32([0.2126, 0.7152, 0.0722])


def find_weakest(svg: Locator, *kinds: str) -> list[float]:
    """Return for each kind the contrast of the part that stands out least."""
    shown = read_luminance(svg)
    return [min(measure_parts(svg, shown, parts)) for parts in kinds]


def measure_parts(svg: Locator, shown: np.ndarray, parts: str) -> Iterator[float]:
    """Yield the contrast of each part with what is behind it."""
    boxes = svg.evaluate(BOXES, parts)
    svg.evaluate(HIDE, [parts, "hidden"])
    behind = read_luminance(svg)
    svg.evaluate(HIDE, [parts, "visible"])
    high, low = np.maximum(shown, behind), np.minimum(shown, behind)
    contrast = (high + 0.05) / (low + 0.05)
    for left, top, right, bottom in np.multiply(boxes, SCALE):
        rows = slice(max(int(top) - SCALE, 0), int(bottom) + SCALE + 1)
        columns = slice(max(int(left) - SCALE, 0), int(right) + SCALE + 1)
        inside = np.sort(contrast[rows, columns].ravel())
        # The pixels that a part covers wholly, not those at its soft edges.
        yield np.median(inside[-max(inside.size // 50, 6) :])


def find_pale_parts(page: Page) -> Iterator[str]:
    """Yield the figures that were kept of a page whose parts are hard to see."""
    page.evaluate(ISOLATE)
    for theme in ("light", "dark"):
        choose_theme(page, theme)
        for svg in page.locator("figure[id^=fig-] svg").all():
            label = svg.get_attribute("aria-label")
            text, marks = find_weakest(svg, TEXT, MARKS)
            if not text >= 4.5:
                yield f"{theme}, text with contrast {text:.2f}: {label}"
            if not marks >= 3:
                yield f"{theme}, marks with contrast {marks:.2f}: {label}"


PICTURE = """<!doctype html><body style="background: white">
<svg width="200" height="80">
<g class="text"><path d="M10 10h60v20h-60z" fill="{}"/></g>
<g class="line2d"><path d="M10 60h100" stroke="{}" stroke-width="2"/></g>
</svg>"""


def test_the_net_catches_pale_text_and_pale_marks(browser, tmp_path):
    with browser.new_context(device_scale_factor=SCALE) as context:
        for colors, pale in ((("#888", "#000"), TEXT), (("#000", "#ccc"), MARKS)):
            html = PICTURE.format(*colors)
            (tmp_path / "x.html").write_text(html, encoding="utf-8")
            page, _ = visit(context, tmp_path.as_uri() + "/", "x.html")
            text, marks = find_weakest(page.locator("svg"), TEXT, MARKS)
            low, high = (text, marks) if pale == TEXT else (marks, text)
            assert low < (4.5 if pale == TEXT else 3)
            assert high > 15
