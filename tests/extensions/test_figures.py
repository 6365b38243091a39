"""Figures follow the theme, can be read on both grounds, and have their text."""

import itertools
import re

import pytest
from conftest import copy_project, make_pages, run_sphinx

from extensions.svg import DARK, LIGHT

GROUNDS = {"light": "#ffffff", "dark": "#14181e"}
OPTIONS = """\
---
mystnb:
  image:
    alt: A picture.
  figure:
    name: fig-%s
    caption: A caption.
---
"""
DRAW = "from examples.pictures.index import draw_index\n\ndraw_index([1, 2], 0)"
CHANGED = DRAW.replace("draw_index([1", "figure = draw_index([1") + "\n%s\nfigure"
RED = CHANGED % "figure.axes[0].texts[0].set_color('red')"
PIXELS = CHANGED % "figure.axes[0].imshow([[0, 1]], cmap='gray')"
FAULTS = {
    "nothing": (DRAW, "a figure needs alternative text"),
    "no-alt": (
        re.sub(r"  image:\n.*\n", "", OPTIONS % "no-alt") + DRAW,
        "a figure needs alternative text",
    ),
    "no-figure": (
        re.sub(r"  figure:\n(.*\n){2}", "", OPTIONS) + DRAW,
        "a figure needs mystnb: figure: name and caption",
    ),
    "red": (
        OPTIONS % "red" + RED,
        "the color #ff0000 is not in examples/pictures/palette.json",
    ),
    "alt": (
        OPTIONS.replace("A picture", "A picture of 17 cells") % "alt" + DRAW,
        "the alternative text says 17, which the figure does not show",
    ),
    "caption": (
        OPTIONS.replace("A caption", "The largest is 0.5") % "caption" + DRAW,
        "the caption says 0.5, which the figure does not show",
    ),
    "pixels": (
        OPTIONS % "pixels" + PIXELS,
        "a figure may not contain a raster image: draw shapes, not pixels",
    ),
}


def compute_luminance(color: str) -> float:
    """Return the relative luminance of a color, as WCAG 2 defines it."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
    ]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def compute_contrast(one: str, other: str) -> float:
    """Return the contrast of two colors, as WCAG 2 defines it."""
    low, high = sorted((compute_luminance(one), compute_luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("theme", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_the_palette_can_be_read_on_its_ground(theme, palette):
    ground = GROUNDS[theme]
    for name in ("INK", "MUTED", "BLUE", "ORANGE", "GREEN", "PURPLE"):
        assert compute_contrast(palette[name], ground) >= 4.5, name
    assert compute_contrast(palette["LINE"], ground) >= 3
    for name in ("INK", "ORANGE"):  # what is written in selected cells
        assert compute_contrast(palette[name], palette["PICK"]) >= 4.5, name


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build a site with one good figure, and one with a fault on each page."""
    bodies = {name: f"```{{code-cell}}\n{x}\n```\n" for name, (x, _) in FAULTS.items()}
    good = f"```{{code-cell}}\n{OPTIONS % 'good'}{DRAW}\n```\n"
    pages = make_pages(bodies | {"photo": "![A dot.](photo.png)\n"}, good)
    folder = copy_project(tmp_path_factory.mktemp("figures"), pages)
    return folder, run_sphinx(folder)


@pytest.mark.parametrize("name", FAULTS)
def test_a_figure_with_a_fault_is_refused_at_its_line(built, name):
    _, run = built
    wanted = rf"/docs/{name}\.md:1\d: WARNING: {re.escape(FAULTS[name][1])}"
    assert re.search(wanted, run.stderr), run.stderr


def test_a_raster_image_in_markdown_is_refused_at_its_line(built):
    _, run = built
    wanted = r"/docs/photo\.md:13: WARNING: a figure must be an SVG, .*, not photo\.png"
    assert re.search(wanted, run.stderr), run.stderr


def test_a_figure_is_a_part_of_its_page_in_the_palette_s_variables(built):
    folder, _ = built
    html = (folder / "_build" / "html" / "index.html").read_text("utf-8")
    svg = re.search(
        r"<svg role=\"img\" aria-label=\"A picture.\".*?</svg>", html, re.S
    )[0]
    used = set(re.findall(r"var\(--fig-(\w+)\)", svg))
    assert {"ink", "line", "pick"} <= used
    assert not re.search(r"#[0-9a-f]{6}\b", svg)
    style = (folder / "_build" / "html" / "_static" / "palette.css").read_text("utf-8")
    for name, color in itertools.chain(LIGHT.items(), DARK.items()):
        assert f"--fig-{name.lower()}: {color};" in style
