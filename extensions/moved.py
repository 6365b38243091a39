"""A section that moved leaves its address behind, and one line that leads on.

``:::{moved} old-label new-label`` stands on the old page. The old address keeps
working, over HTTP and from disk. Pages of this site link to the new label.
"""

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective


class Moved(SphinxDirective):
    """Keep one old label, and link to the label of the new place."""

    required_arguments = 2

    def run(self) -> list[nodes.Node]:
        """Return a line with the old label as its id."""
        old, new = self.arguments
        line = nodes.paragraph(ids=[old], names=[old], classes=["moved"])
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
