"""The page about NumPy's documentation has each law that is not stated there."""

import re

from conftest import ROOT

UNSTATED = re.compile(
    r"^:::\{law\} (\S+)\n(?::\w+: .*\n)*?:numpy: not stated there$", re.M
)


def test_each_law_that_numpy_does_not_state_is_on_the_page():
    pages = [x.read_text("utf-8") for x in (ROOT / "docs").glob("**/*.md")]
    unstated = {f"law-{law}" for text in pages for law in UNSTATED.findall(text)}
    text = (ROOT / "docs" / "about" / "numpy-docs.md").read_text("utf-8")
    assert set(re.findall(r"\{ref\}`(law-[\w-]+)`", text)) == unstated
