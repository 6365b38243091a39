"""The check of a formula is a control on the formula's own line, beside its number.

The cell that checks a formula stands below it in the page's source. Here it moves into
the formula, so that a derivation reads through without a break.
"""

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator


class Check(nodes.General, nodes.Element):
    """The folded cell that checks one formula."""


class MoveChecks(SphinxPostTransform):
    """Move each folded check into the formula right above it."""

    default_priority = 300  # MyST-NB has folded the cells (199)
    formats = ("html",)

    def run(self) -> None:
        """Leave a check that follows no formula where it is."""
        for cell in list(self.document.findall(nodes.container)):
            folded = cell.next_node(HideCodeCellNode, include_self=False)
            block = cell.previous_sibling() if cell.parent else None
            if not folded or not isinstance(block, nodes.math_block):
                continue
            if "holds(" in folded.astext():
                cell.parent.remove(cell)
                cell.children = folded.children
                block["check"] = Check("", cell)


def visit_check(self: HTML5Translator, node: Check) -> None:
    """Open the fold; a screen reader hears what it checks."""
    self.body.append('<details class="check"><summary>check')
    self.body.append('<span class="visually-hidden"> of this equation</span>')
    self.body.append("</summary>\n")


def depart_check(self: HTML5Translator, node: Check) -> None:
    """Close the fold."""
    self.body.append("</details>\n")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the control; extensions.mathml writes it with its formula."""
    app.add_node(Check, html=(visit_check, depart_check))
    app.add_post_transform(MoveChecks)
    return {"parallel_read_safe": True}
