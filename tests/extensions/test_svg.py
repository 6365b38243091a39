"""A figure becomes a part of its page, and a change of Matplotlib is noticed.

The SVG is what Matplotlib writes for a small figure with a line, ticks and text.
"""

import re

import matplotlib
import pytest
from conftest import ROOT
from matplotlib.figure import Figure
from sphinx.errors import ExtensionError

from extensions import svg
from extensions.kernel import draw_svg
from extensions.svg import VARIABLES, inline_svg

PATTERNS = {name: x for name, x in vars(svg).items() if isinstance(x, re.Pattern)}
# How a release of Matplotlib might write a part, and what the build then says.
RELEASES = {
    "DECLARATION": ("<[?]xml", "<xml", "XML declaration"),
    "DOCUMENT_TYPE": ("<!DOCTYPE", "<!doctype", "document type"),
    "METADATA": ("<metadata>", '<metadata id="rdf">', "metadata"),
    "HEAD": ("pt", "mm", "width in pt"),
    "COORDINATES": (r' (d|x|y)="|translate\(', " points='", "coordinates"),
    "KIND": (r'id="(\w+)_(\d+)"', r'id="\1-\2"', "id patch_1"),
    "LETTER": (r"scale\(0.015625\)", "scale(0.01)", "path for each letter"),
    "REFERENCE": ('xlink:href="', "xlink:href='", "<use> of a letter"),
    "COLOR": ("#[0-9a-f]{6}", "rgb(0, 0, 0)", "color #57606a"),
    "STYLE": (' style="([^"]*)"', r" style='\1'", "style"),
    "COMMON": (r"\*\{", "path {", "style of all lines"),
}


@pytest.fixture(scope="module")
def drawn() -> str:
    """Return a figure as Matplotlib writes it."""
    with matplotlib.rc_context(fname=ROOT / ".config" / "matplotlibrc"):
        figure = Figure(figsize=(2, 1))
        axes = figure.subplots()
        axes.plot([0, 1], [0, 1])
        axes.set_title("A title")
        return draw_svg(figure)


@pytest.mark.parametrize("name", PATTERNS)
def test_each_pattern_matches_what_matplotlib_writes(name, drawn):
    assert PATTERNS[name].search(drawn)


@pytest.mark.parametrize("name", RELEASES)
def test_a_part_that_matplotlib_writes_otherwise_stops_the_build(name, drawn):
    old, new, what = RELEASES[name]
    said = f"Matplotlib has changed: it has no {what} in its SVG; see extensions/svg.py"
    with pytest.raises(ExtensionError, match=re.escape(said)):
        inline_svg(re.sub(old, new, drawn), "fig-one", "x", set())


def test_each_pattern_is_tried_except_comments_which_may_be_absent():
    assert PATTERNS.keys() - RELEASES.keys() == {"COMMENT"}


def test_two_figures_of_a_page_share_only_the_ids_of_letters(drawn):
    texts = [inline_svg(drawn, name, "x", set()) for name in ("fig-one", "fig-two")]
    one, two = (set(re.findall(r' id="([^"]+)"', text)) for text in texts)
    assert any(name.startswith("fig-one-") for name in one)
    assert one & two == set(svg.LETTER.findall(drawn))


def test_a_figure_can_share_no_letter(drawn):
    text = inline_svg(drawn, "fig-one", "x", None)
    ids = set(re.findall(r' id="([^"]+)"', text))
    assert all(name.startswith("fig-one-") for name in ids)
    assert {f"fig-one-{name}" for name in svg.LETTER.findall(drawn)} <= ids
    assert set(svg.REFERENCE.findall(text)) <= ids


def test_each_reference_leads_to_an_id_of_its_figure(drawn):
    text = inline_svg(drawn, "fig-one", "x", set())
    assert set(svg.REFERENCE.findall(text)) <= set(re.findall(r' id="([^"]+)"', text))


def test_only_the_first_figure_of_a_page_defines_a_letter(drawn):
    letters = set()
    one, two = (inline_svg(drawn, name, "x", letters) for name in ("fig-a", "fig-b"))
    assert set(svg.LETTER.findall(one)) == letters == set(svg.LETTER.findall(drawn))
    assert svg.LETTER.findall(two) == []
    for name in letters:
        assert f'href="#{name}"' in one
        assert f'href="#{name}"' in two


def test_a_color_becomes_a_variable_of_the_palette(drawn):
    text = inline_svg(drawn, "fig-one", "x", set())
    assert not svg.COLOR.search(text)
    assert VARIABLES["#0b61a4"] in text  # the line


def test_frame_comments_unused_ids_and_tiny_digits_are_left_out(drawn):
    text = inline_svg(drawn, "fig-one", "x", set())
    for part in ("<?xml", "<!", "<metadata", 'id="fig-one-axes_1"', 'id="axes_1"'):
        assert part not in text
    assert '<g class="text">' in text
    assert not re.search(r' (d|x|y)="[^"]*\.\d{3}', text)
    assert not re.search(r"^ | $", text, re.MULTILINE)


def test_styles_become_attributes_which_a_strict_policy_allows(drawn):
    text = inline_svg(drawn, "fig-one", "x", set())
    assert "style" in drawn
    assert "style" not in text
    style = re.search(r'style="(fill: none; stroke: #0b61a4[^"]*)"', drawn)[1]
    pairs = (part.split(": ") for part in style.split("; "))
    wanted = " ".join(f'{name}="{value}"' for name, value in pairs)
    assert wanted.replace("#0b61a4", VARIABLES["#0b61a4"]) in text


def test_the_alternative_text_and_the_width_are_those_of_the_figure(drawn):
    text = inline_svg(drawn, "fig-one", '<a & "b"', set())
    assert text.startswith('<svg role="img" aria-label="&lt;a &amp; &quot;b&quot;"')
    assert ' width="192" viewBox="0 0 144 72"' in text
