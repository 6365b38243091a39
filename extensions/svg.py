"""Make the SVG that Matplotlib writes a part of a page.

Each pattern below stands under a sample of what it matches. If Matplotlib no longer
writes it, the build stops.
"""

import json
import re
from html import escape
from pathlib import Path

from extensions.upstream import require

PALETTE = Path(__file__).parent.parent / "examples" / "pictures" / "palette.json"
LIGHT, DARK = (
    {
        name: color[theme]
        for name, color in json.loads(PALETTE.read_text("utf-8")).items()
    }
    for theme in ("light", "dark")
)
VARIABLES = {light: f"var(--fig-{name.lower()})" for name, light in LIGHT.items()}

# <?xml version="1.0" encoding="utf-8" standalone="no"?>
DECLARATION = re.compile(r"<\?xml.*?\?>")
# <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" ...>
DOCUMENT_TYPE = re.compile(r"<!DOCTYPE.*?>", re.DOTALL)
# <metadata> ... </metadata>
METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
# <!-- the letters of a text -->
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# <svg xmlns:xlink="..." width="144pt" height="72pt" viewBox="0 0 144 72" ...>
HEAD = re.compile(r'<svg [^>]*?width="([\d.]+)pt"[^>]*?viewBox=')
# d="M 15.72649 52.99976", x="21.332221", translate(14.175815 66.837651)
COORDINATES = re.compile(r'( (?:d|x|y)="|translate\()[^")]*')
# <g id="text_1">, <g id="line2d_12">, <g id="patch_2">
KIND = re.compile(r' id="(text|line2d|patch)_\d+"')
# <path id="DejaVuSans-13" d="M 2034 4250 ..." transform="scale(0.015625)"/>
LETTER = re.compile(r'<path id="([^"]+)"[^>]*? transform="scale\(0\.015625\)"/>\s*')
# xlink:href="#DejaVuSans-13", clip-path="url(#pb90ee75027)"
REFERENCE = re.compile(r'(?:href="|url\()#([^")]+)')
# style="fill: #57606a"
COLOR = re.compile(r"#[0-9a-f]{6}\b")
# style="fill: none; stroke: #57606a"
STYLE = re.compile(r' style="([^"]*)"')
# <style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style>
COMMON = re.compile(r"<style[^>]*>\*\{([^}]*)\}</style>")


def list_variables(colors: dict[str, str]) -> str:
    """Return the colors of a theme as the variables of a style sheet."""
    return "".join(f"--fig-{name.lower()}: {color}; " for name, color in colors.items())


def inline_svg(svg: str, prefix: str, alt: str, drawn: set[str] | None) -> str:
    """Return a figure as a part of a page.

    Parameters
    ----------
    svg : str
        The figure as Matplotlib wrote it, in the colors of the palette.
    prefix : str
        What the ids of this figure begin with, so that no two figures share an id.
    alt : str
        The alternative text.
    drawn : set of str or None
        The letters that earlier figures of the page define. The letters of this
        figure are added. With None the figure shares no letter with another.

    Raises
    ------
    sphinx.errors.ExtensionError
        If Matplotlib no longer writes one of the parts above.
    """
    for pattern, what in (
        (DECLARATION, "XML declaration"),
        (DOCUMENT_TYPE, "document type"),
        (METADATA, "metadata"),
    ):
        svg = substitute(pattern, "", svg, what)
    svg = re.sub(r"^\s+|\s+$", "", COMMENT.sub("", svg), flags=re.MULTILINE)
    svg = substitute(COORDINATES, round_numbers, svg, "coordinates")
    common = COMMON.search(svg)
    require_part(common, "style of all lines")
    svg = rename_ids(svg.replace(common[0], ""), prefix, drawn)
    svg = substitute(COLOR, find_variable, svg, "color #57606a")
    svg = substitute(STYLE, lambda found: write_attributes(found[1]), svg, "style")
    head = f'<svg role="img" aria-label="{escape(alt)}"{write_attributes(common[1])}'
    return substitute(HEAD, lambda x: head + write_width(x[1]), svg, "width in pt")


def substitute(pattern: re.Pattern, new, svg: str, what: str) -> str:
    """Replace each match of a pattern, and stop the build if there is none."""
    svg, count = pattern.subn(new, svg)
    require_part(count, what)
    return svg


def require_part(found: object, what: str) -> None:
    """Stop the build unless Matplotlib still writes a part of its SVG."""
    require(found, "Matplotlib", f"{what} in its SVG", __name__)


def find_variable(found: re.Match) -> str:
    """Return the variable of a color, or the color if the palette does not have it."""
    return VARIABLES.get(found[0], found[0])


def round_numbers(found: re.Match) -> str:
    """Round coordinates to a hundredth of a point, which is too small to see."""
    return re.sub(r"-?\d+\.\d{3,}", lambda x: f"{float(x[0]):.2f}", found[0])


def rename_ids(svg: str, prefix: str, drawn: set[str] | None) -> str:
    """Make the ids of a figure its own, except those of letters that are shared."""
    named, letters = set(REFERENCE.findall(svg)), set(LETTER.findall(svg))
    svg = substitute(KIND, r' class="\1"', svg, "id patch_1")
    svg = re.sub(r' id="([^"]+)"', lambda x: x[0] if x[1] in named else "", svg)
    if 'class="text"' in svg:
        require_part(letters, "path for each letter")
        require_part(letters <= named, "<use> of a letter")
    if drawn is None:
        letters, drawn = set(), set()
    svg = LETTER.sub(lambda x: "" if x[1] in drawn else x[0], svg)
    drawn |= letters
    svg = re.sub(r"<defs>\s*</defs>\s*", "", svg)
    return re.sub(
        r'(\bid="|href="#|url\(#)([^")]+)',
        lambda x: x[0] if x[2] in letters else f"{x[1]}{prefix}-{x[2]}",
        svg,
    )


def write_attributes(style: str) -> str:
    """Return a style as attributes, which a Content-Security-Policy cannot forbid."""
    pairs = (part.split(":") for part in style.split(";"))
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in pairs)


def write_width(points: str) -> str:
    """Return the width of a figure in pixels, and the start of its view box."""
    return f' width="{float(points) * 4 / 3:.0f}" viewBox='
