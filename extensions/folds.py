"""A closed drop-down on a page, with words that say what is inside."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator


class Fold(nodes.General, nodes.Element):
    """What is folded; its attribute ``summary`` stays visible."""


def visit_fold(self: HTML5Translator, node: Fold) -> None:
    """Open the fold."""
    self.body.append(f'<details class="fold"><summary>{node["summary"]}</summary>\n')


def depart_fold(self: HTML5Translator, node: Fold) -> None:
    """Close the fold."""
    self.body.append("</details>\n")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the node."""
    app.add_node(Fold, html=(visit_fold, depart_fold))
    return {"parallel_read_safe": True}
