"""The outputs of cells as a page shows them, and as a browser's Python gives them."""

import math
import re
from itertools import groupby
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

FLOAT = re.compile(r"-?\d+\.\d*(?:e[+-]?\d+)?|-?\d+e[+-]?\d+", re.IGNORECASE)
TOLERANCE = 1e-12
SAME = (  # what two versions may write differently, and means the same
    (r"\bint32\b", "int64"),
    (r"\buint32\b", "uint64"),
    (r"<i4\b", "<i8"),
    (r",\s*dtype=int64\)", ")"),
    # How an array is padded depends on the digits of its floats.
    (r"\s*([][(),])\s*", r"\1"),
    (r"\s+", " "),
)


class Output(NamedTuple):
    """What a cell shows: its text, and the number of its figures."""

    text: str
    figures: int


class Cell(NamedTuple):
    """A cell of a page: its code, its tags and its output."""

    code: str
    tags: set[str]
    output: Output


def read_cells(html: str) -> list[Cell]:
    """Return the cells of a built page, in order."""
    page = BeautifulSoup(html, "html.parser")
    found = []
    for node in page.select("div.cell:not(.recorded)"):
        code = node.select_one(".cell_input pre").text.rstrip("\n")
        tags = {x.removeprefix("tag_") for x in node["class"] if x.startswith("tag_")}
        found.append(Cell(code, tags, read_output(node.select_one(".cell_output"))))
    return found


def read_output(node: Tag | None) -> Output:
    """Return what a cell shows on its page."""
    if node is None:
        return Output("", 0)
    text = "\n".join(block.text.strip("\n") for block in node.select("pre"))
    return Output(text, len(node.select("svg[role=img]")))


def join_parts(parts: list[dict]) -> Output:
    """Return what a cell shows in a browser. A stream may come in several parts."""
    texts = []
    for kind, group in groupby(parts, lambda part: (part["kind"], part["name"])):
        text = "".join if kind[0] == "stream" else "\n".join
        texts.append((kind[0], text(part["text"] for part in group).strip("\n")))
    figures = sum(part["kind"] == "figure" for part in parts)
    shown = [text for kind, text in texts if kind != "figure"]
    return Output("\n".join(shown), figures)


def agree(one: Output, other: Output, tolerance: float = TOLERANCE) -> bool:
    """Tell whether two outputs are the same, but for the last digits of floats."""
    texts = [one.text, other.text]
    for pattern, same in SAME:
        texts = [re.sub(pattern, same, text) for text in texts]
    if one.figures != other.figures or len({FLOAT.sub("#", x) for x in texts}) > 1:
        return False
    pairs = zip(*map(FLOAT.findall, texts), strict=True)
    return all(
        math.isclose(float(a), float(b), rel_tol=tolerance, abs_tol=tolerance)
        for a, b in pairs
    )
