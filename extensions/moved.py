"""A section that moved leaves its address behind, and one line that leads on.

``:::{moved} old-label new-label`` stands on the old page. The old address keeps
working, over HTTP and from disk. Pages of this site link to the new label.

``:with: law-name equation-eq-old`` adds the addresses that were inside the section.
A law, an exercise or a figure that moved keeps its name, so its label belongs to the
new page, and the old page keeps the address alone.
"""

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective


class Moved(SphinxDirective):
    """Keep one old label, and link to the label of the new place."""

    required_arguments = 2
    option_spec: ClassVar = {"with": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Return a line with the old label and the addresses inside as its ids."""
        old, new = self.arguments
        inside = self.options.get("with", "").split()
        line = nodes.paragraph(ids=[old, *inside], names=[old], classes=["moved"])
        self.set_source_info(line)
        self.state.document.note_explicit_target(line)
        reference = addnodes.pending_xref(
            "",
            nodes.inline(new, new),
            refdomain="std",
            reftype="ref",
            reftarget=new,
            refexplicit=False,
            refwarn=True,
            refdoc=self.env.docname,
        )
        self.set_source_info(reference)
        line += [nodes.Text("This section has moved: "), reference]
        return [line]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("moved", Moved)
    return {"parallel_read_safe": True}
