"""The text that a reader sees at an address: no code, and nothing that is folded."""

from collections import defaultdict
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

# A word does not go on after the end of one of these.
BLOCKS = {
    "div",
    "figcaption",
    "h1",
    "h2",
    "h3",
    "li",
    "p",
    "pre",
    "section",
    "td",
    "th",
}
VOID = {"br", "hr", "img", "input", "link", "meta"}
# What is never text of an answer: code, controls, and what a screen does not show.
SKIPPED = {"cell_input", "controls", "headerlink", "visually-hidden"}
SMALL = ""  # the label of the answer on a small page, which has none
ANSWER = {"answer", "cell_output"}


class Element(NamedTuple):
    """An element that is open, and the labels whose text has what stands in it."""

    tag: str
    classes: set[str]
    labels: set[str]
    hidden: bool


class TextReader(HTMLParser):
    """Collect the visible text of each labelled part of a page, in one go.

    A section is taken without its code and without the sections inside it. A small page
    has no label: its answer and the outputs of its cells are taken as `SMALL`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, list[str]] = defaultdict(list)
        self.stack = [Element("", set(), set(), False)]

    def handle_starttag(self, tag: str, attributes: list) -> None:
        """Note which labels take the text inside this element."""
        if tag in VOID:
            return
        given = {name: value or "" for name, value in attributes}
        classes = set(given.get("class", "").split())
        outer = self.stack[-1]
        section = tag == "section"
        hidden = (
            outer.hidden
            or tag in ("annotation", "script", "style")
            or bool(classes & SKIPPED)
            or (tag == "details" and "open" not in given)
            or (
                tag == "pre" and not any("cell_output" in x.classes for x in self.stack)
            )
            or (section and SMALL in outer.labels)
        )
        labels = set() if hidden or section else set(outer.labels)
        if not hidden:
            labels |= {given["id"]} if given.get("id") else set()
            labels |= {SMALL} if classes & ANSWER else set()
        self.stack.append(Element(tag, classes, labels, hidden))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and those inside it that have no end."""
        left = set()
        while len(self.stack) > 1:
            element = self.stack.pop()
            left |= element.labels
            if element.tag == tag:
                break
        if tag in BLOCKS:
            self.add_text(" ", left | self.stack[-1].labels)

    def handle_data(self, data: str) -> None:
        """Give the text to the labels that take it."""
        self.add_text(data, self.stack[-1].labels)

    def add_text(self, text: str, labels: set[str]) -> None:
        """Add to the text of some labels."""
        for label in labels:
            self.texts[label].append(text)


def fold_text(text: str) -> str:
    """Return a text with straight quotes, and each run of white space as one space."""
    for curly, straight in zip("‘’“”", "''\"\"", strict=True):
        text = text.replace(curly, straight)
    return " ".join(text.split())


def read_texts(html: str) -> dict[str, str]:
    """Return the visible text of each labelled part of a page, or of a small page."""
    reader = TextReader()
    reader.feed(html)
    return {label: fold_text("".join(x)) for label, x in reader.texts.items()}


@cache
def open_texts(path: Path) -> dict[str, str]:
    """Read the file of a page, once for all its labels."""
    return read_texts(path.read_text("utf-8"))


def read_address(site: Path, address: str) -> str:
    """Return the visible text at the slug of a question or the address of a label."""
    name, _, label = address.partition("#")
    path = site / name if label else site / "q" / f"{name}.html"
    return open_texts(path).get(label or SMALL, "")
