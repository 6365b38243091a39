"""A section that moved leaves its address behind, and a link that leads on.

``:::{moved} old-label new-label`` is a line on the old page. In a list of links,
``{moved}`old-label new-label` `` is an item that keeps the old label. Both addresses
keep working, over HTTP and from disk. Pages of this site link to the new label. If
one says only ``{ref}`old-label` ``, its link leads to the new place too.

``:with: law-name equation-eq-old`` adds the addresses that were inside the section.
In a list of links, they follow the new label. A law, an exercise or a figure that
moved keeps its name, so its label belongs to the new page, and the old page keeps the
address alone.
"""

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.nodes import make_refnode


def link_label(label: str, docname: str) -> addnodes.pending_xref:
    """Return a link to a label; its text is the title there."""
    return addnodes.pending_xref(
        "",
        nodes.inline(label, label),
        refdomain="std",
        reftype="ref",
        reftarget=label,
        refexplicit=False,
        refwarn=True,
        refdoc=docname,
    )


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
        reference = link_label(new, self.env.docname)
        self.set_source_info(reference)
        line += [nodes.Text("This section has moved: "), reference]
        return [line]


class MovedRole(SphinxRole):
    """Do the same in a list of links, which needs no sentence."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return a link whose ids are the old label and the addresses inside."""
        labels = self.text.split()
        if len(labels) < 2:
            message = "expected {moved}`old-label new-label`"
            error = self.inliner.reporter.error(message, line=self.lineno)
            shown = self.inliner.problematic(self.rawtext, self.rawtext, error)
            return [shown], [error]
        old, new, *inside = labels
        item = nodes.inline(ids=[old, *inside], names=[old], classes=["moved"])
        self.set_source_info(item)
        self.inliner.document.note_explicit_target(item)
        reference = link_label(new, self.env.docname)
        self.set_source_info(reference)
        item += reference
        return [item], []


def follow_stub(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, text: nodes.Node
) -> nodes.reference | None:
    """Lead a link without words of its own from an old label to the new place."""
    domain = env.domains.standard_domain
    docname, _ = domain.anonlabels.get(node["reftarget"], ("", ""))
    if not docname or node["reftype"] != "ref":
        return None
    for stub in env.get_doctree(docname).findall(nodes.Element):
        if node["reftarget"] in stub["ids"] and "moved" in stub["classes"]:
            new = stub.next_node(addnodes.pending_xref)["reftarget"]
            place, label, title = domain.labels[new]
            shown = nodes.inline(title, title, classes=["std", "std-ref"])
            return make_refnode(app.builder, node["refdoc"], place, label, shown)
    return None


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive, the role, and what follows an old label."""
    app.add_directive("moved", Moved)
    app.add_role("moved", MovedRole())
    app.connect("missing-reference", follow_stub)
    return {"parallel_read_safe": True}
