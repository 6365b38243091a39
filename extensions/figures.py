"""Figures that follow the page from light to dark.

Each SVG that a cell gives becomes a part of its page, and each colour of the palette
a variable of the style sheet. Another colour, or a figure without alternative text,
caption and name, is refused.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

PALETTE = Path(__file__).parent.parent / "examples" / "pictures" / "palette.json"
LIGHT, DARK = (
    {
        name: color[theme]
        for name, color in json.loads(PALETTE.read_text("utf-8")).items()
    }
    for theme in ("light", "dark")
)
VARIABLES = {light: f"var(--fig-{name.lower()})" for name, light in LIGHT.items()}
DROPPED = r"<metadata>.*?</metadata>|<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|^\s+|\s+$"
PLACES = r'( (?:d|x|y)="|translate\()[^")]*'
KIND = r' id="(text|line2d|patch)_\d+"'
GLYPH = r'<path id="([^"]+)"[^>]*? transform="scale\(0\.015625\)"/>\s*'

logger = logging.getLogger(__name__)


def inline(svg: str, prefix: str, alt: str, drawn: set[str]) -> str:
    """Return an SVG as a part of a page, with ids of its own.

    Letters alone keep their id, and are defined by the first figure that has them:
    `drawn` names those of the earlier figures of the page, and grows.
    """
    svg = re.sub(DROPPED, "", svg, flags=re.DOTALL | re.MULTILINE).strip()
    svg = re.sub(PLACES, lambda found: rounded(found[0]), svg)
    named = set(re.findall(r'(?:href="|url\()#([^")]+)', svg))
    svg = re.sub(KIND, r' class="\1"', svg)
    svg = re.sub(
        r' id="([^"]+)"', lambda found: found[0] if found[1] in named else "", svg
    )
    letters = set(re.findall(GLYPH, svg))
    svg = re.sub(GLYPH, lambda found: "" if found[1] in drawn else found[0], svg)
    svg = re.sub(r"<defs>\s*</defs>\s*", "", svg)
    drawn |= letters
    own = rf"\g<1>{prefix}-\g<2>"
    svg = re.sub(
        r'(\bid="|href="#|url\(#)([^")]+)',
        lambda found: found[0] if found[2] in letters else found.expand(own),
        svg,
    )
    svg = re.sub(r"#[0-9a-f]{6}\b", lambda color: VARIABLES[color[0]], svg)
    width = float(re.search(r'width="([\d.]+)pt"', svg)[1]) * 4 / 3
    head = f'<svg role="img" aria-label="{alt}" style="width: {width:.0f}px" viewBox='
    return re.sub(r"<svg .*?viewBox=", head, svg, count=1, flags=re.DOTALL)


def rounded(places: str) -> str:
    """Return coordinates to a hundredth of a point, which nobody sees."""
    return re.sub(r"-?\d+\.\d{3,}", lambda found: f"{float(found[0]):.2f}", places)


def faults(node: nodes.image, svg: str) -> Iterator[str]:
    """Say what a figure lacks, and which colours it may not have."""
    if not node.get("alt"):
        yield "a figure needs alternative text: mystnb: image: alt"
    figure = node.parent
    if not isinstance(figure, nodes.figure) or not figure["ids"]:
        yield "a figure needs mystnb: figure: name and caption"
    elif not figure.next_node(nodes.caption):
        yield "a figure needs mystnb: figure: caption"
    for color in sorted(
        set(re.findall(r"#[0-9a-fA-F]{3,8}\b", svg)) - VARIABLES.keys()
    ):
        if re.search(rf"[:\"] ?{color}", svg):
            yield f"the color {color} is not in examples/pictures/palette.json"


def place(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put each SVG into its page, unless something is wrong with it."""
    if app.builder.format != "html":
        return
    drawn = set()
    for node in list(doctree.findall(nodes.image)):
        path = Path(app.srcdir) / node["uri"]
        svg = path.read_text("utf-8") if path.suffix == ".svg" else ""
        found = list(faults(node, svg))
        for message in found:
            logger.warning(message, location=located(node))
        if svg and not found:
            html = inline(svg, node.parent["ids"][0], escaped(node["alt"]), drawn)
            node.replace_self(nodes.raw("", html, format="html"))


def located(node: nodes.Node) -> nodes.Node:
    """Return the node, or the nearest one around it, whose line is known."""
    while not node.line and node.parent is not None:
        node = node.parent
    return node


def escaped(text: str) -> str:
    """Return text as the value of an attribute."""
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def write_style(app: Sphinx, env: BuildEnvironment) -> None:
    """Write the palette as variables, before the pages name the style sheet."""
    if app.builder.format != "html":
        return
    light = "".join(f"--fig-{n.lower()}: {c}; " for n, c in LIGHT.items())
    dark = "".join(f"--fig-{n.lower()}: {c}; " for n, c in DARK.items())
    path = Path(app.outdir) / "_static" / "palette.css"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f":root {{ {light}}}\n@media screen {{ html[data-theme=dark] {{ {dark}}} }}\n",
        encoding="utf-8",
    )


def setup(app: Sphinx) -> dict[str, bool]:
    """Write the palette when all pages are read; place figures as each is written."""
    app.add_css_file("palette.css")
    app.connect("env-updated", write_style)
    app.connect("doctree-resolved", place)
    return {"parallel_read_safe": True}
