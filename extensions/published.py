"""What a cell may publish: text and SVG figures that are the same in every build.

Each rule is a function from an executed cell to messages.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

from extensions.kernel import DRAW
from extensions.promise import read_promise

ROOT = Path(__file__).parent.parent
MIME_TYPES = {"text/plain", "image/svg+xml"}
MOST_CHARACTERS = 20_000
UNWANTED = {
    r"Traceback \(most recent call last\)": "a traceback that was printed, not raised",
    r"\r": "a carriage return, as from a progress bar",
    r"\b(TODO|FIXME|XXX)\b": "a note to the author",
    r" at 0x[0-9a-f]{6,}": "a memory address, which differs in every build",
    r"\{'[^'\n]*'(, '[^'\n]*')+\}": "a set of strings, whose order can differ: sort it",
    r"-----BEGIN [A-Z ]*PRIVATE KEY": "a private key",
    r"\bgh[oprsu]_\w{30,}": "an access token",
    rf"({re.escape(str(ROOT))}|{re.escape(str(Path.home()))})\b": "a machine's path",
}


def check_cell(cell: NotebookNode) -> Iterator[str]:
    """Apply every rule to an executed cell."""
    if cell.execution_count is None:
        yield "was not executed"
    promise = read_promise(cell.source)
    if promise and not promise.holds():
        return  # an older NumPy may do anything here
    yield from check_error(cell)
    for output in cell.outputs:
        if output.get("name") == "stderr":
            yield f"writes to stderr: {output.text.strip().splitlines()[0]}"
        data = output.get("data", {"text/plain": output.get("text", "")})
        yield from check_types(data)
        yield from check_text(data.get("text/plain", ""))


def check_error(cell: NotebookNode) -> Iterator[str]:
    """Compare the error of a cell with the one that its first line promises."""
    raised = [o.ename for o in cell.outputs if o.output_type == "error"]
    promise = read_promise(cell.source)
    if "raises-exception" not in cell.metadata.get("tags", []):
        if raised:
            yield f"shows {raised[0]} without the tag raises-exception"
    elif not promise:
        yield "is tagged raises-exception: its first line must be '# raises TheError'"
    elif raised != [promise.error]:
        was = raised[0] if raised else "nothing"
        yield f"promises {promise.error} and raised {was}"


def check_types(data: dict[str, str]) -> Iterator[str]:
    """Refuse an output that is neither text nor an SVG figure."""
    for kind in sorted(set(data) - MIME_TYPES):
        if kind.startswith("image/"):
            yield f"gives {kind}, which cannot follow the theme: {DRAW}"
        else:
            yield f"gives {kind}: only text and SVG figures are published"
    text = data.get("text/plain", "")
    if re.search(r"<(Figure|Axes|matplotlib)\b", text) and len(data) == 1:
        yield "publishes a figure as text: end the cell with the figure itself"


def check_text(text: str) -> Iterator[str]:
    """Refuse text that is too long, private, or different in every build."""
    if len(text) > MOST_CHARACTERS:
        yield f"gives {len(text)} characters; the limit is {MOST_CHARACTERS}"
    for pattern, what in UNWANTED.items():
        if re.search(pattern, text):
            yield f"publishes {what}"


def join_streams(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Join the parts in which printed text arrives: where it is cut is chance."""
    joined = []
    for output in outputs:
        stream = output.get("name")
        if stream and joined and joined[-1].get("name") == stream:
            joined[-1].text += output.text
        else:
            joined.append(output)
    return joined
