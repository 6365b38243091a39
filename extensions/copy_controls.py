"""The controls of a question or a law: its address, and two buttons that copy.

copy-answer.js adds the buttons. Without the script, the address of a question is a
link, and a law has the permalink of its title.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator


class Controls(nodes.General, nodes.Element):
    """The place of the controls; a question gives its slug and its number of cells."""


def visit_controls(self: HTML5Translator, node: Controls) -> None:
    """Write the address of a question as a link, and leave room for the buttons."""
    cells = f' data-cells="{node["cells"]}"' if node.get("cells") else ""
    self.body.append(f'<p class="controls"{cells}>')
    if slug := node.get("slug"):
        page = self.builder.current_docname
        uri = self.builder.get_relative_uri(page, f"q/{slug}")
        self.body.append(
            f'<a class="short-address" href="{uri}" '
            f'title="This answer on a page of its own">q/{slug}</a>'
        )
    self.body.append("</p>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the node and its script."""
    app.add_node(Controls, html=(visit_controls, None))
    app.add_js_file("copy-answer.js", loading_method="defer")
    return {"parallel_read_safe": True}
