"""The outputs of a page as the build published them, beside those of a browser's Python."""

import math
import re
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

FLOAT = re.compile(r"-?\d+\.\d*(?:e[+-]?\d+)?|-?\d+e[+-]?\d+", re.IGNORECASE)
TOLERANCE = 1e-12
SAME = (  # what may be written in two ways, and is the same
    (r"\bint32\b", "int64"),
    (r"\buint32\b", "uint64"),
    (r", dtype=int64\)", ")"),
    (r"\s+", " "),
)


class Cell(NamedTuple):
    """A published cell: its code, the tags of its class, its text and its figures."""

    code: str
    tags: set[str]
    text: str
    figures: int


def read_cells(html: str) -> list[Cell]:
    """Return the cells of a built page, in order."""
    page = BeautifulSoup(html, "html.parser")
    found = []
    for node in page.select("div.cell"):
        code = node.select_one(".cell_input pre")
        outputs = node.select_one(".cell_output")
        tags = {x.removeprefix("tag_") for x in node["class"] if x.startswith("tag_")}
        found.append(Cell(code.text.rstrip("\n"), tags, *read_outputs(outputs)))
    return found


def read_outputs(outputs: Tag | None) -> tuple[str, int]:
    """Return the text of a cell's outputs and the number of its figures."""
    if outputs is None:
        return "", 0
    text = "\n".join(block.text.strip("\n") for block in outputs.select("pre"))
    return text, len(outputs.select("svg[role=img]"))


def join_live(outputs: list[dict]) -> tuple[str, int]:
    """Return the text and the number of figures of a cell that ran in a browser."""
    parts = []
    for output in outputs:
        if output["kind"] == "stream" and parts and parts[-1][0] == output["name"]:
            parts[-1][1] += output["text"]
        elif output["kind"] != "figure":
            stream = output["name"] if output["kind"] == "stream" else None
            parts.append([stream, output["text"]])
    text = "\n".join(part.strip("\n") for _, part in parts)
    return text, sum(output["kind"] == "figure" for output in outputs)


def agree(one: str, other: str, tolerance: float = TOLERANCE) -> bool:
    """Tell whether two texts are the same, but for the last digits of their floats."""
    for pattern, same in SAME:
        one, other = (re.sub(pattern, same, text) for text in (one, other))
    if squeeze(FLOAT.sub("#", one)) != squeeze(FLOAT.sub("#", other)):
        return False
    pairs = zip(FLOAT.findall(one), FLOAT.findall(other), strict=True)
    return all(
        math.isclose(float(a), float(b), rel_tol=tolerance, abs_tol=tolerance)
        for a, b in pairs
    )


def squeeze(text: str) -> str:
    """Drop the spaces: how an array is padded depends on the digits of its floats."""
    return text.replace(" ", "").strip()
