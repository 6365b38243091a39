"""Publish the labels that authors write, and nothing else, as addresses.

A heading's own slug would change whenever the heading is reworded, so it is not
published; a heading without a label is refused.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

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


def setup(app: Sphinx) -> dict[str, bool]:
    """Run before Sphinx collects the headings for its tables of contents."""
    app.connect("doctree-read", keep_labels_only, priority=100)
    return {"parallel_read_safe": True}
