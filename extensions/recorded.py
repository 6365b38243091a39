"""Show a cell for a library that is not installed where the site is built.

``:::{recorded} PyTorch`` holds the code of a cell. The output below it comes from
``examples/libraries/recorded.json``, with the version and the date. ``nox -s peers``
runs these cells again and fails when an output has changed. A cell whose code is not
in the record stops the build, so a page never shows the output of other code.
"""

import json
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from extensions.promise import read_promise

RECORD = Path(__file__).parent.parent / "examples" / "libraries" / "recorded.json"
WIDTH = 80  # characters: what a page shows without scrolling
UNKNOWN = (
    "this code is not in examples/libraries/recorded.json: "
    "delete the file, and nox -s peers writes it anew"
)


def read_record() -> dict:
    """Return the record: its date, the versions, and the cells of each page."""
    if not RECORD.exists():
        return {"pages": {}}
    return json.loads(RECORD.read_text("utf-8"))


def find_output(record: dict, docname: str, tools: str, code: str) -> str | None:
    """Return the output of a cell of a page, or None if the record has no such cell."""
    for cell in record["pages"].get(docname, []):
        if (cell["tools"], "\n".join(cell["code"])) == (tools, code):
            return "\n".join(cell["output"])
    return None


def name_versions(record: dict, tools: str) -> str:
    """Return "PyTorch 2.13.0 and JAX 0.10.2" for "PyTorch, JAX"."""
    return " and ".join(f"{x} {record['versions'][x]}" for x in tools.split(", "))


def make_block(code: str, language: str, kind: str) -> nodes.container:
    """Return code or output, in the container that MyST-NB gives to a cell's part."""
    block = nodes.literal_block(code, code, language=language)
    return nodes.container("", block, classes=[kind])


class Recorded(SphinxDirective):
    """A cell that was executed elsewhere, with its recorded output."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the code, its output, and a line that says where it is from."""
        self.env.note_dependency(str(RECORD))
        tools, code = self.arguments[0], "\n".join(self.content)
        record = read_record()
        output = find_output(record, self.env.docname, tools, code)
        if output is None:
            raise self.error(UNKNOWN)
        cell = nodes.container(classes=["cell", "recorded"])
        self.set_source_info(cell)
        cell += make_block(code, "python", "cell_input")
        if output:
            cell += make_block(output, "none", "cell_output")
            longest = max(map(len, output.split("\n")))
            if longest > WIDTH or read_promise(code):
                cell["classes"].append("wrapped")
            said = f"Recorded with {name_versions(record, tools)} on {record['date']}"
            cell += nodes.paragraph("", nodes.Text(said), classes=["recorded-with"])
        return [cell]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("recorded", Recorded)
    return {"parallel_read_safe": True}
