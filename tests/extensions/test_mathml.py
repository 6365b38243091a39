"""Formulas are MathML, in a font that has every glyph they need."""

import base64
import io
import re
from html import unescape

import pytest
from conftest import copy_project, make_pages, run_sphinx
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from extensions.math_font import build_font, italicize, list_characters

FAULTS = {
    "macro": ("$$\n\\notamacro{x}\n$$\n", "notamacro"),
    "brace": ("$$\n\\frac{1}{2\n$$\n", r"in the formula '\\\\frac\{1\}\{2'"),
    "inline": ("Text.\n\nThen $\\notamacro{x}$ it is.\n", "notamacro"),
    "reference": (
        "By $\\eqref{eq:nope}$ we are done.\n",
        "refer to an equation with {eq}",
    ),
    "style": (
        "$$\n\\begin{array}{c|c} a & b \\end{array}\n$$\n",
        "add a class for the style .* of this formula",
    ),
    "dollar": ("Let $x^2 be given.\n", "this dollar sign does not open"),
}


def list_glyphs(data: bytes) -> set[str]:
    """Return the characters that a font can draw."""
    return {chr(code) for code in TTFont(io.BytesIO(data)).getBestCmap()}


def find_needed(html: str) -> set[str]:
    """Return what the formulas of a page make a browser draw.

    Written apart from the extension, so that each checks the other.
    """
    found = set()
    for formula in re.findall(r"<math.*?</math>", html, re.S):
        shown = re.sub(r"<annotation.*?</annotation>", "", formula)
        for tag, text in re.findall(r"<((?:mi|mo|mn|mtext)\b[^>]*)>([^<]*)<", shown):
            text = unescape(text)
            upright = tag != "mi" or len(text) != 1  # mi mathvariant="normal"
            found |= set(text if upright else italicize(text))
        found |= {"√"} if "<msqrt" in shown or "<mroot" in shown else set()
    # U+FE00 chooses the form of a script letter; it has no glyph of its own.
    invisible = {"\u2061", "\u2062", "\u2063", "\u2064", "\u00a0", "\ufe00", " ", "\n"}
    return found - invisible


def test_the_served_font_has_every_glyph_that_the_pages_need(site):
    data = (site / "_static" / "math-font.woff2").read_bytes()
    script = (site / "_static" / "math-font.js").read_text("utf-8")
    assert f'atob("{base64.b64encode(data).decode()}")' in script
    html = "".join(p.read_text("utf-8") for p in site.rglob("*.html"))
    wanted = find_needed(html)
    assert len(wanted) > 20
    assert wanted <= list_glyphs(data)
    assert {"′", "√", "𝑥", "ℎ"} <= list_glyphs(data) | {"ℎ"}


def test_a_font_cut_to_the_characters_of_the_page_alone_would_not_do():
    html = "<math><msqrt><mi>x</mi></msqrt></math>"
    missing = find_needed(html) - list_glyphs(build_font(set("x")))
    assert missing == {"√", "𝑥"}
    assert find_needed(html) <= list_glyphs(build_font(list_characters(iter([html]))))


def test_the_font_is_the_same_bytes_every_time():
    assert build_font(set("abc=√")) == build_font(set("√=cba"))


@pytest.mark.parametrize("prime", "′″‴")
def test_a_prime_in_an_exponent_does_not_float_above_its_letter(prime):
    font = TTFont(io.BytesIO(build_font({prime})))
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[font.getBestCmap()[ord(prime)]].draw(pen)
    _, bottom, _, top = pen.bounds
    x_height = font["OS/2"].sxHeight
    assert bottom < x_height / 4 < x_height < top


@pytest.mark.parametrize(
    ("letter", "drawn"), [*zip("xhKσς∂ϕ1⊤", "𝑥ℎ𝐾𝜎𝜍𝜕𝜙1⊤", strict=True)]
)
def test_a_single_letter_is_drawn_in_italics(letter, drawn):
    assert italicize(letter) == drawn


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build a site with good formulas, and one fault on each page."""
    good = "$\\sqrt{x}$ of {eq}`eq-one`, $x'$, `y`, $z$.\n\n"
    good += "$$\na := \\sqrt{x}\n$$ (eq-one)\n"
    good += "\n$$\n\\begin{aligned} b &:= x \\end{aligned}\n$$ (eq-two)\n"
    pages = make_pages({name: text for name, (text, _) in FAULTS.items()}, good)
    folder = copy_project(tmp_path_factory.mktemp("mathml"), pages)
    return folder, run_sphinx(folder)


@pytest.mark.parametrize("name", FAULTS)
def test_a_formula_with_a_fault_is_refused_at_its_line(built, name):
    _, run = built
    line = 15 if name == "inline" else 13
    wanted = rf"/docs/{name}\.md:{line}: WARNING: .*{FAULTS[name][1]}"
    assert re.search(wanted, run.stderr), run.stderr


def test_an_equation_has_its_number_its_address_and_its_latex(built):
    folder, _ = built
    html = (folder / "_build" / "html" / "index.html").read_text("utf-8")
    assert 'id="equation-eq-one"' in html
    assert re.search(r'href="#equation-eq-one">\(1\)</a>|<a [^>]*>\(1\)</a>', html)
    assert "a := \\sqrt{x}</annotation>" in html
    assert "<msqrt>" in html


def test_an_aligned_formula_has_classes_and_no_style(built):
    folder, _ = built
    html = (folder / "_build" / "html" / "index.html").read_text("utf-8")
    assert re.findall(r'<mtd class="([\w-]+)">', html) == [
        "column-right",
        "column-left",
    ]


def test_a_full_stop_stays_on_the_line_of_its_formula(built):
    folder, _ = built
    html = (folder / "_build" / "html" / "index.html").read_text("utf-8")
    kept = r'<span class="math-stop"><span class="math"><math>.*?</math></span>'
    assert re.findall(rf"{kept}(.*?)</span>(.)", html) == [(",", " "), (".", "<")]
