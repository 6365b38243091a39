"""The text that a reader sees at an address: no code, and nothing that is folded."""

from html.parser import HTMLParser
from pathlib import Path

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
OUTSIDE, TAKEN, LEFT_OUT = "outside", "taken", "left out"


class TextReader(HTMLParser):
    """Collect the visible text of a section, or of the answer on a small page.

    A small page has no label: its answer and the outputs of its cells are taken. A
    section is taken without its code and without the sections inside it.
    """

    def __init__(self, label: str) -> None:
        super().__init__()
        self.label, self.text = label, ""
        self.stack: list[tuple[str, str, set[str]]] = []

    def handle_starttag(self, tag: str, attributes: list) -> None:
        """Note whether the text inside this element is taken."""
        if tag not in VOID:
            given = {name: value or "" for name, value in attributes}
            classes = set(given.get("class", "").split())
            self.stack.append((tag, self.choose_state(tag, given, classes), classes))

    def choose_state(self, tag: str, given: dict[str, str], classes: set[str]) -> str:
        """Return whether the text of an element is outside, taken or left out."""
        state = self.stack[-1][1] if self.stack else OUTSIDE
        hidden = tag in ("annotation", "script", "style") or classes & SKIPPED
        folded = tag == "details" and "open" not in given
        code = tag == "pre" and not any("cell_output" in x for *_, x in self.stack)
        if state == LEFT_OUT or hidden or folded or code:
            return LEFT_OUT
        if state == TAKEN:
            return LEFT_OUT if tag == "section" else TAKEN
        if self.label:
            return TAKEN if given.get("id") == self.label else OUTSIDE
        return TAKEN if classes & {"answer", "cell_output"} else OUTSIDE

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and those inside it that have no end."""
        while self.stack and self.stack.pop()[0] != tag:
            pass
        self.text += " " * (tag in BLOCKS)

    def handle_data(self, data: str) -> None:
        """Take the text."""
        if self.stack and self.stack[-1][1] == TAKEN:
            self.text += data


def fold_text(text: str) -> str:
    """Return a text with straight quotes, and each run of white space as one space."""
    for curly, straight in zip("‘’“”", "''\"\"", strict=True):
        text = text.replace(curly, straight)
    return " ".join(text.split())


def read_text(html: str, label: str = "") -> str:
    """Return the visible text of the section with a label, or of a small page."""
    reader = TextReader(label)
    reader.feed(html)
    return fold_text(reader.text)


def read_address(site: Path, address: str) -> str:
    """Return the visible text at the slug of a question or the address of a label."""
    name, _, label = address.partition("#")
    path = site / name if label else site / "q" / f"{name}.html"
    return read_text(path.read_text("utf-8"), label)
