"""Fold hidden code behind words that say what it is, such as a check or an answer.

The theme's own summary is the same for every cell.
"""

from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from extensions.cell_times import get_times
from extensions.page import open_page
from extensions.upstream import require


def open_cell(self: HTML5Translator, node: HideCodeCellNode) -> None:
    """Open a folded cell, named by what it holds. An answer asserts nothing.

    A long table may be folded with its code. With the tag hide-input only the code is
    folded, and its output stays visible.
    """
    code = node.astext()
    what = "check" if "holds(" in code or "assert " in code else "answer"
    if "print(tabulate_" in code:
        what = "table"
    if node.parent and node.parent.get("hide_mode") == "input":
        what = "code"
    self.body.append(f"<details><summary>Show the {what}</summary>\n")


def close_cell(self: HTML5Translator, node: HideCodeCellNode) -> None:
    """Close a folded cell."""
    self.body.append("</details>\n")


class RequireFolds(SphinxPostTransform):
    """Stop the build unless MyST-NB still hides a cell in this kind of node."""

    default_priority = 250  # MyST-NB has folded the cells (199)
    formats = ("html",)

    def run(self) -> None:
        """Count the executed cells that are to be hidden, and the nodes."""
        times = get_times(self.env, self.env.docname)
        page = open_page(self.env.doc2path(self.env.docname))
        cells = [cell for cell in page.cells if cell.code_line in times]
        hidden = ["hide-cell" in (cell.options.get("tags") or []) for cell in cells]
        folded = list(self.document.findall(HideCodeCellNode))
        what = "HideCodeCellNode around each cell with the tag hide-cell"
        require(len(folded) >= sum(hidden), "MyST-NB", what, __name__)


def setup(app: Sphinx) -> dict[str, bool]:
    """Replace how MyST-NB writes a hidden cell."""
    app.add_node(HideCodeCellNode, override=True, html=(open_cell, close_cell))
    app.add_post_transform(RequireFolds)
    return {"parallel_read_safe": True}
