"""Figures that follow the page from light to dark.

Each SVG that a cell gives becomes a part of its page, and each color of the palette a
variable of the style sheet. The build refuses another color, a raster image, and a
figure without alternative text, caption and name.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from extensions.svg import DARK, LIGHT, VARIABLES, inline_svg, list_variables

logger = logging.getLogger(__name__)


def check_figure(node: nodes.image, svg: str) -> Iterator[str]:
    """Say what a figure lacks, and what it may not contain."""
    if not svg:
        yield f"a figure must be an SVG, which follows the theme, not {node['uri']}"
    if not node.get("alt"):
        yield "a figure needs alternative text: mystnb: image: alt"
    figure = node.parent
    if not isinstance(figure, nodes.figure) or not figure["ids"]:
        yield "a figure needs mystnb: figure: name and caption"
    elif not figure.next_node(nodes.caption):
        yield "a figure needs mystnb: figure: caption"
    if "<image" in svg:
        yield "a figure may not contain a raster image: draw shapes, not pixels"
    for color in sorted(
        set(re.findall(r"#[0-9a-fA-F]{3,8}\b", svg)) - VARIABLES.keys()
    ):
        if re.search(rf"[:\"] ?{color}", svg):
            yield f"the color {color} is not in examples/pictures/palette.json"


def inline_figures(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make each SVG a part of its page, unless something is wrong with it."""
    if app.builder.format == "html":
        inline_images(app, doctree)


def inline_images(app: Sphinx, part: nodes.Element) -> None:
    """Make each SVG a part of the page that shows these nodes, and refuse others."""
    drawn = set()
    for node in list(part.findall(nodes.image)):
        path = Path(app.srcdir) / node["uri"]
        is_svg = path.suffix == ".svg" and path.is_file()
        svg = path.read_text("utf-8") if is_svg else ""
        faults = list(check_figure(node, svg))
        for fault in faults:
            logger.warning(fault, location=find_located(node))
        if not faults:
            html = inline_svg(svg, node.parent["ids"][0], node["alt"], drawn)
            node.replace_self(nodes.raw("", html, format="html"))


def find_located(node: nodes.Node) -> nodes.Node:
    """Return the node, or the nearest one around it, whose line is known."""
    while not node.line and node.parent is not None:
        node = node.parent
    return node


def write_palette(app: Sphinx, env: BuildEnvironment) -> None:
    """Write the palette as variables, before the pages name the style sheet."""
    if app.builder.format != "html":
        return
    light, dark = list_variables(LIGHT), list_variables(DARK)
    path = Path(app.outdir) / "_static" / "palette.css"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f":root {{ {light}}}\n@media screen {{ html[data-theme=dark] {{ {dark}}} }}\n",
        encoding="utf-8",
    )


def setup(app: Sphinx) -> dict[str, bool]:
    """Write the palette when all pages are read; inline figures as each is written."""
    app.add_css_file("palette.css")
    app.connect("env-updated", write_palette)
    app.connect("doctree-resolved", inline_figures)
    return {"parallel_read_safe": True}
