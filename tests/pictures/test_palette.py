"""Every part of the site takes its colors from one file."""

import re

import numpy as np
import pytest
from conftest import ROOT

from examples.pictures.palette import BLUE, COLORS, ORANGE, color_signed

ALL = {color[theme] for color in COLORS.values() for theme in ("light", "dark")}


def test_the_look_of_figures_names_colors_of_the_palette_alone():
    look = (ROOT / ".config" / "matplotlibrc").read_text("utf-8")
    named = re.findall(r"\b[0-9a-f]{6}\b", look)
    assert named
    assert {f"#{color}" for color in named} <= ALL


@pytest.mark.parametrize("name", ["site.css", "math.css"])
def test_a_style_sheet_repeats_no_color_of_the_palette(name):
    style = (ROOT / "docs" / "_static" / name).read_text("utf-8")
    assert not ALL & set(re.findall(r"#[0-9a-f]{6}\b", style))


def test_a_color_shows_sign_and_size():
    above, below, zero = color_signed(np.array([2.0, -1.0, 0.0]), 2)
    assert above[3] == 1
    assert below[3] == 0.5
    assert zero[3] == 0
    assert above[:3] == tuple(int(BLUE[i : i + 2], 16) / 255 for i in (1, 3, 5))
    assert below[:3] == tuple(int(ORANGE[i : i + 2], 16) / 255 for i in (1, 3, 5))
