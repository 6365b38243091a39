"""Publish the labels that authors write, and nothing else, as addresses.

A heading's own slug would change whenever the heading is reworded, so it is not
published; a heading without a label is refused. A search that finds an entry of the
index (``:::{index} !what people type``) leads to the label of the entry's section or
tab, and not to the entry's number on the page.
"""

from docutils import nodes
from sphinx.addnodes import index
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx_design.shared import is_component

logger = logging.getLogger(__name__)


def keep_labels_only(app: Sphinx, doctree: nodes.document) -> None:
    """Leave each section its explicit labels as its only ids."""
    for section in doctree.findall(nodes.section):
        explicit = {doctree.nameids[n] for n, e in doctree.nametypes.items() if e}
        labels = [i for i in section["ids"] if i in explicit]
        if labels:
            section["ids"] = labels
        else:
            logger.warning(
                "heading %r has no label: write (page-idea)= on the line above it",
                section[0].astext(),
                location=section[0],
            )


def index_sections(app: Sphinx, doctree: nodes.document) -> None:
    """Let each entry of the index point to the label of its section, or of its tab."""
    numbers = set()
    for node in doctree.findall(index):
        place = node.parent
        while not (isinstance(place, nodes.section) or is_component(place, "tab-item")):
            place = place.parent
        label = place if isinstance(place, nodes.section) else place[0]
        numbers |= {number for _, _, number, *_ in node["entries"]}
        node["entries"] = [
            (kind, value, label["ids"][0], *rest)
            for kind, value, _, *rest in node["entries"]
        ]
    for node in doctree.findall(nodes.Element):
        node["ids"] = [x for x in node["ids"] if x not in numbers]


def setup(app: Sphinx) -> dict[str, bool]:
    """Run before Sphinx collects the headings for its tables of contents."""
    app.connect("doctree-read", keep_labels_only, priority=100)
    app.connect("doctree-read", index_sections, priority=101)
    return {"parallel_read_safe": True}
