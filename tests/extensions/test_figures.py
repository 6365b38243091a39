"""Figures follow the theme, can be read on both grounds, and are never silent."""

import itertools
import re

import pytest
from conftest import pages_of, project, sphinx

from extensions.figures import DARK, LIGHT, inline

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
RED = DRAW.replace("draw_index([1", "figure = draw_index([1") + (
    "\nfigure.axes[0].texts[0].set_color('red')\nfigure"
)
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
}


def luminance(color: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2 defines it."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
    ]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, as WCAG 2 defines it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("theme", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_the_palette_can_be_read_on_its_ground(theme, palette):
    ground = GROUNDS[theme]
    for name in ("INK", "MUTED", "BLUE", "ORANGE", "GREEN", "PURPLE"):
        assert contrast(palette[name], ground) >= 4.5, name
    assert contrast(palette["LINE"], ground) >= 3
    for name in ("INK", "ORANGE"):  # what is written in selected cells
        assert contrast(palette[name], palette["PICK"]) >= 4.5, name


def test_two_figures_of_a_page_share_no_id():
    svg = '<svg width="72pt" viewBox="0 0 1 1"><g id="a"/><use xlink:href="#a"/></svg>'
    one, two = (inline(svg, name, "x", set()) for name in ("fig-one", "fig-two"))
    ids = [re.findall(r'id="([^"]+)"', text) for text in (one, two)]
    assert not set(ids[0]) & set(ids[1])
    assert 'href="#fig-one-a"' in one


def test_a_letter_is_defined_once_on_a_page_and_used_by_all_its_figures():
    letter = '<defs><path id="Sans-41" d="M 2 4" transform="scale(0.015625)"/></defs>'
    use = '<use xlink:href="#Sans-41"/>'
    svg = f'<svg width="72pt" viewBox="0 0 1 1">{letter}{use}</svg>'
    drawn = set()
    one, two = (inline(svg, name, "x", drawn) for name in ("fig-one", "fig-two"))
    assert letter in one
    assert "<defs>" not in two
    assert use in one
    assert use in two


def test_what_nobody_names_or_sees_is_left_out():
    svg = """<svg width="72pt" viewBox="0 0 1 1">
 <g id="axes_1">
 <g id="text_12" transform="translate(1.23456 -0.98765) scale(0.015625)">
  <path d="M 0.123456 7.25
L 100 1.999999" style="fill-opacity: 0.026114"/>
 </g>
 </g>
</svg>"""
    assert inline(svg, "fig-one", "x", set()).split(">", 1)[1] == (
        """
<g>
<g class="text" transform="translate(1.23 -0.99) scale(0.015625)">
<path d="M 0.12 7.25
L 100 2.00" style="fill-opacity: 0.026114"/>
</g>
</g>
</svg>"""
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build a site with one good figure, and one with a fault on each page."""
    bodies = {name: f"```{{code-cell}}\n{x}\n```\n" for name, (x, _) in FAULTS.items()}
    good = f"```{{code-cell}}\n{OPTIONS % 'good'}{DRAW}\n```\n"
    pages = pages_of(bodies, good)
    folder = project(tmp_path_factory.mktemp("figures"), pages)
    return folder, sphinx(folder)


@pytest.mark.parametrize("name", FAULTS)
def test_a_figure_with_a_fault_is_refused_at_its_line(built, name):
    _, run = built
    wanted = rf"/docs/{name}\.md:1\d: WARNING: {re.escape(FAULTS[name][1])}"
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
