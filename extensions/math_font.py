"""Serve a font for formulas: STIX Two Math, cut down to what the pages show.

A browser without a mathematics font draws MathML poorly, and the whole font is 1.5 MB.
A script contains the font, so that no formula moves when it arrives. Without JavaScript
a style sheet loads the font from its file.
"""

import base64
import io
import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from importlib.metadata import distribution
from pathlib import Path

from docutils import nodes
from fontTools import subset
from fontTools.ttLib import TTFont
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from extensions.mathml import CONVERTER, convert_formula
from extensions.upstream import require

FONT = "ziamath/fonts/STIXTwoMath-Regular.ttf"
NOTICE = """\
/* STIX Two Math, reduced to the glyphs of this site.
   Copyright 2001-2020 The STIX Fonts Project Authors
   (https://github.com/stipub/stixfonts), SIL Open Font License 1.1: OFL.txt */
"""
STYLE = f"""{NOTICE}\
@font-face {{
  font-family: "Site Math";
  src: url(math-font.woff2) format("woff2");
}}
"""
SCRIPT = f"""{NOTICE}\
document.fonts.add(new FontFace("Site Math", Uint8Array.from(
  atob("{{}}"),
  (letter) => letter.charCodeAt(0),
)));
"""
# Characters that a browser draws although no page contains them: roots and fences
# that grow, primes, accents, braces below and above.
ALWAYS = "√∛′″‴‵()[]{}|‖⟨⟩⌈⌉⌊⌋‾_^~¯ˆ˜˙⏞⏟⏠⏡→← \u0302\u0303\u0304\u0307\u20d7"
# What math-core writes: <annotation encoding="application/x-tex">x</annotation>
ANNOTATION = re.compile(r"<annotation.*?</annotation>", re.DOTALL)
# <mi>x</mi>, <mi>&amp;</mi>
LETTER = re.compile(r"<mi>([^<]|&\w+;)</mi>")
TAG = re.compile(r"<[^>]+>")

# Unicode calls each italic letter a font variant of the upright one: 𝑥 of x.
BLOCKS = ["𝐴𝑧", "ℎℎ", "𝚤𝚥", "𝛢𝜛"]  # first and last; ℎ was there before the others
ITALIC = {
    chr(int(variant.removeprefix("<font> "), 16)): chr(code)
    for first, last in BLOCKS
    for code in range(ord(first), ord(last) + 1)
    if (variant := unicodedata.decomposition(chr(code)))
}


def italicize(character: str) -> str:
    """Return the letter that a browser draws for ``<mi>x</mi>``: 𝑥, for an x."""
    return ITALIC.get(character, character)


def list_characters(formulas: Iterator[str]) -> set[str]:
    """Return what must be drawn for these formulas in MathML."""
    needed = set(ALWAYS)
    for formula in formulas:
        shown = TAG.sub("", ANNOTATION.sub("", formula))
        needed |= set(unescape(shown))
        needed |= {italicize(unescape(x)) for x in LETTER.findall(formula)}
    return needed


def lower_primes(font: TTFont) -> None:
    """Draw primes as the font does in an exponent: lower and larger.

    A browser should choose that form itself (``ssty``); Chromium does not, and
    its primes float above the letter.
    """
    glyphs = font.getGlyphOrder()
    for table in font["cmap"].tables:
        for prime in map(ord, "′″‴"):
            glyph = table.cmap.get(prime)
            if glyph and not glyph.endswith(".ssty"):  # tables may be shared
                lower = f"{glyph}.ssty"
                require(lower in glyphs, "STIX Two Math", f"glyph {lower}", __name__)
                table.cmap[prime] = lower


def find_font() -> Path:
    """Return the file of the whole font."""
    path = Path(distribution("ziamath").locate_file(FONT))
    require(path.is_file(), "ziamath", FONT, __name__)
    return path


def build_font(needed: set[str]) -> bytes:
    """Return the font with these characters, their sizes and assemblies."""
    font = TTFont(find_font(), recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=["ssty", "dtls", "flac"])
    options.drop_tables += ["DSIG", "GPOS"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(needed)))
    subsetter.subset(font)
    lower_primes(font)
    font.flavor = "woff2"
    data = io.BytesIO()
    font.save(data)
    return data.getvalue()


def convert_formulas(env: BuildEnvironment) -> Iterator[str]:
    """Yield every formula of the site as MathML."""
    for docname in sorted(env.found_docs):
        doctree = env.get_doctree(docname)
        for kind in (nodes.math, nodes.math_block):
            yield from map(convert_formula, doctree.findall(kind))


def write_files(app: Sphinx, env: BuildEnvironment) -> None:
    """Write the font, the style sheet and the script."""
    if app.builder.format == "html":
        font = build_font(list_characters(convert_formulas(env)))
        folder = Path(app.outdir) / "_static"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "math-font.woff2").write_bytes(font)
        (folder / "math-font.css").write_text(STYLE, "utf-8")
        letters = base64.b64encode(font).decode()
        (folder / "math-font.js").write_text(SCRIPT.format(letters), "utf-8")


def add_script(
    app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None
) -> None:
    """Load the script on a page that has a formula."""
    if "<math" in context.get("body", ""):
        app.add_js_file("math-font.js")


def setup(app: Sphinx) -> dict[str, bool]:
    """Cut the font when all pages have been read."""
    sample = CONVERTER.convert_with_local_state("x", displaystyle=False)
    require(LETTER.search(sample), "math-core", "<mi>x</mi>", __name__)
    require(ANNOTATION.search(sample), "math-core", "<annotation>", __name__)
    app.connect("env-updated", write_files)
    app.connect("html-page-context", add_script)
    return {"parallel_read_safe": True}
