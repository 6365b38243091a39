"""Publish the labels that authors write, and nothing else, as addresses.

A heading's own slug would change with the words of the heading, so it is not
published, and a heading without a label is refused. A search that finds an entry of
the index (``:::{index} !what people type``) leads to the label of the entry's section
or tab.
"""

import re

from docutils import nodes
from sphinx.addnodes import index
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx_design.shared import is_component

from extensions.page import open_page
from extensions.upstream import require

TAB = "tab-item"
NAMED_TAB = re.compile(r"^:{3,}\{tab-item\}.*\n:name: \S", re.MULTILINE)

logger = logging.getLogger(__name__)


def keep_labels_only(app: Sphinx, doctree: nodes.document) -> None:
    """Keep only the explicit labels of a section as its ids."""
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
    require_tabs(doctree)
    numbers = set()
    for node in doctree.findall(index):
        if isinstance(node.parent, nodes.term):
            continue  # a term of the glossary has an address of its own
        label = find_label(node)
        numbers |= {number for _, _, number, *_ in node["entries"]}
        node["entries"] = [
            (kind, value, label, *rest) for kind, value, _, *rest in node["entries"]
        ]
    for node in doctree.findall(nodes.Element):
        node["ids"] = [x for x in node["ids"] if x not in numbers]


def find_label(node: nodes.Node) -> str:
    """Return the label of the tab or the section around a node."""
    while not isinstance(node, nodes.section):
        if is_component(node, TAB) and node[0]["ids"]:
            return node[0]["ids"][0]
        node = node.parent
    return node["ids"][0]


def require_tabs(doctree: nodes.document) -> None:
    """Stop the build unless named tabs have an id where `find_label` looks."""
    text = "\n".join(open_page(doctree["source"]).lines)
    tabs = [tab for tab in doctree.findall(nodes.Element) if is_component(tab, TAB)]
    if NAMED_TAB.search(text):
        found = any(tab[0]["ids"] for tab in tabs)
        what = f"{TAB} whose first child has its id"
        require(found, "sphinx-design", what, __name__)


def setup(app: Sphinx) -> dict[str, bool]:
    """Run before Sphinx collects the headings for its tables of contents."""
    app.connect("doctree-read", keep_labels_only, priority=100)
    app.connect("doctree-read", index_sections, priority=101)
    return {"parallel_read_safe": True}
