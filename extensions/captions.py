"""Refuse a number in a caption or in alternative text that its figure does not show.

Such a number must be written in the figure, stand in a cell of the page, or be a value
at an end, at the top or at the bottom of a curve. Write what you read off a curve
elsewhere in words, such as "about eighty-five".
"""

import re
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from extensions.figures import find_located
from extensions.page import open_page

NUMBER = re.compile(r"\d+(?:[,_]\d{3})*(?:\.\d+)?(?:e[-−]?\d+)?")
WORD = re.compile(rf"(?<![\w.]){NUMBER.pattern}")  # not the 2 of "W2"
# <!-- the letters of a text -->, which Matplotlib writes before each text
TEXT = re.compile(r"<!--(.*?)-->", re.DOTALL)
# <dc:description>0 1 69.6</dc:description>, the values that extensions/kernel.py adds
CURVES = re.compile(r"<dc:description>(.*?)</dc:description>")

logger = logging.getLogger(__name__)


def read_number(word: str) -> float:
    """Return the size of a number, without its sign."""
    return float(re.sub("[,_]", "", word.replace("−", "-")))


def is_near(value: float, word: str) -> bool:
    """Return whether a value rounds to a number, at the last digit that is not 0."""
    _, _, decimals = word.partition(".")
    digits = len(decimals) or len(word.rstrip("0")) - len(word)
    return round(value, digits) == read_number(word)


def find_unshown(text: str, svg: str, code: str) -> Iterator[str]:
    """Yield each number of a text that neither a figure nor its page shows."""
    written = " ".join([*TEXT.findall(svg), code])
    shown = {read_number(word) for word in NUMBER.findall(written)}
    curves = " ".join(CURVES.findall(svg)).split()
    for word in WORD.findall(re.sub(r"`[^`]*`", "", text)):
        ends = any(is_near(abs(float(value)), word) for value in curves)
        if read_number(word) not in shown and not ends:
            yield word


def check_captions(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Check each figure of a page that a cell has drawn."""
    if app.builder.format != "html":
        return
    code = "\n".join(cell.code for cell in open_page(app.env.doc2path(docname)).cells)
    for image in doctree.findall(nodes.image):
        path = Path(app.srcdir) / image["uri"]
        caption = image.parent.next_node(nodes.caption)
        if path.suffix != ".svg" or not path.is_file() or caption is None:
            continue  # extensions.figures refuses it
        svg = path.read_text("utf-8")
        for kind, text in (
            ("alternative text", image.get("alt", "")),
            ("caption", caption.astext()),
        ):
            for word in find_unshown(text, svg, code):
                message = "the %s says %s, which the figure does not show"
                logger.warning(message, kind, word, location=find_located(image))


def setup(app: Sphinx) -> dict[str, bool]:
    """Check the figures before they become a part of their page."""
    app.connect("doctree-resolved", check_captions, priority=400)
    return {"parallel_read_safe": True}
