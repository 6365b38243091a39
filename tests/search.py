"""What the search of a built site can find."""

import json
import re
from pathlib import Path
from typing import NamedTuple

from conftest import ROOT

FILE = ROOT / "tests" / "search_queries.tsv"


class Found(NamedTuple):
    """A document of the search, with its address and the title of what is around it."""

    address: str
    kind: str
    title: str
    around: str
    asked: list[str]


def read_script(site: Path, name: str) -> dict | list:
    """Return the data in a script of the search."""
    text = (site / "_static" / f"search-{name}.js").read_text("utf-8")
    _, equals, data = text.partition(f".{name} = ")
    assert equals
    return json.loads(data.rstrip().removesuffix(";"))


def list_found(site: Path) -> list[Found]:
    """Return the documents of the search, in their order."""
    first, text = read_script(site, "first"), read_script(site, "text")
    documents = first["documents"]
    found = []
    for (page, label, kind, title, parent), (*_, asked) in zip(
        documents, text, strict=True
    ):
        address = f"{first['pages'][page]}.html#{label}"
        around = documents[parent][3] if parent >= 0 else ""
        found.append(Found(address, kind, title, around, asked.splitlines()))
    return found


def read_queries() -> list[tuple[str, set[str]]]:
    """Return each query with the labels that answer it; a label that moved is followed.

    The label of a page is that of its first heading.
    """
    moved = {}
    for path in ROOT.glob("docs/**/*.md"):
        moved |= dict(
            re.findall(r"\{moved\}[ `](\S+) ([\w-]+)", path.read_text("utf-8"))
        )
    lines = FILE.read_text("utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    return [
        (query, {moved.get(x, x) for x in labels.split()}) for query, labels in rows
    ]
