"""What is written and drawn in a figure can be read, measured on the pixels."""

import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator

from tests.browser.watch import visit

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
HIDE = """(svg, [parts, how]) => svg.querySelectorAll(parts)
  .forEach((e) => { e.style.visibility = how })"""


def read_pixels(svg: Locator) -> np.ndarray:
    """Take a picture of a figure; return its colors from 0 to 1."""
    image = Image.open(io.BytesIO(svg.screenshot())).convert("RGB")
    return np.asarray(image) / 255


def compute_luminance(colors: np.ndarray) -> np.ndarray:
    """Return the relative luminance of colors, as WCAG 2 defines it."""
    linear = np.where(
        colors <= 0.04045, colors / 12.92, ((colors + 0.055) / 1.055) ** 2.4
    )
    return linear @ [0.2126, 0.7152, 0.0722]


def find_weakest(svg: Locator, parts: str) -> float:
    """Return the contrast of the part that stands out least from what is behind it."""
    boxes = svg.evaluate(BOXES, parts)
    with_parts = compute_luminance(read_pixels(svg))
    svg.evaluate(HIDE, [parts, "hidden"])
    behind = compute_luminance(read_pixels(svg))
    svg.evaluate(HIDE, [parts, "visible"])
    high, low = np.maximum(with_parts, behind), np.minimum(with_parts, behind)
    contrast = (high + 0.05) / (low + 0.05)
    found = []
    for left, top, right, bottom in np.multiply(boxes, SCALE):
        rows = slice(max(int(top) - SCALE, 0), int(bottom) + SCALE + 1)
        columns = slice(max(int(left) - SCALE, 0), int(right) + SCALE + 1)
        inside = np.sort(contrast[rows, columns].ravel())
        # The pixels that a part covers wholly, not those at its soft edges.
        found.append(np.median(inside[-max(inside.size // 50, 6) :]))
    return min(found)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_marks_of_each_figure_stand_out(browser, server, site, name, theme):
    if "<figure" not in (site / name).read_text("utf-8"):
        pytest.skip("the page has no figure")
    with browser.new_context(
        viewport={"width": 1280, "height": 900},
        color_scheme=theme,
        device_scale_factor=SCALE,
    ) as context:
        page, _ = visit(context, server, name)
        for svg in page.locator("figure svg").all():
            label = svg.get_attribute("aria-label")
            assert find_weakest(svg, TEXT) >= 4.5, f"text: {label}"
            assert find_weakest(svg, MARKS) >= 3, f"marks: {label}"


PICTURE = """<!doctype html><body style="background: white">
<svg width="200" height="80">
<g class="text"><path d="M10 10h60v20h-60z" fill="{}"/></g>
<g class="line2d"><path d="M10 60h100" stroke="{}" stroke-width="2"/></g>
</svg>"""


def test_the_net_catches_pale_text_and_pale_marks(browser, tmp_path):
    with browser.new_context(device_scale_factor=SCALE) as context:
        for colors, low in ((("#888", "#000"), TEXT), (("#000", "#ccc"), MARKS)):
            html = PICTURE.format(*colors)
            (tmp_path / "x.html").write_text(html, encoding="utf-8")
            page, _ = visit(context, tmp_path.as_uri() + "/", "x.html")
            svg = page.locator("svg")
            assert find_weakest(svg, low) < (4.5 if low == TEXT else 3)
            high = MARKS if low == TEXT else TEXT
            assert find_weakest(svg, high) > 15
