"""Time each cell, and name the slowest cells and pages when the build ends.

The times are part of what MyST-NB keeps of an executed page. It takes them from the
process that reads the page to the one that writes it.
"""

from collections import Counter
from pathlib import Path

from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

NAMED = 5  # cells, and as many pages

logger = logging.getLogger(__name__)
# The pages that this build reads.
reading: list[str] = []


def get_times(env: BuildEnvironment, docname: str) -> dict[int, float]:
    """Return how long each executed cell of a page took, by the line of its code."""
    executed = NbMetadataCollector.get_exec_data(env, docname) or {}
    return executed.get("cells", {})


def note_pages(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Begin each build without the pages of the last one."""
    reading[:] = docnames


def name_slowest(app: Sphinx, exception: Exception | None) -> None:
    """Print the slowest cells and pages."""
    cells, pages = Counter(), Counter()
    for docname in reading:
        page = Path(app.env.doc2path(docname)).relative_to(app.confdir).as_posix()
        if times := get_times(app.env, docname):
            cells |= {f"{page}:{line}": spent for line, spent in times.items()}
            pages[page] = sum(times.values())
    for what, times in (("cells", cells), ("pages", pages)):
        slowest = times.most_common(NAMED)
        lines = [f"{spent:6.2f} s  {where}" for where, spent in slowest]
        logger.info("\n".join([f"slowest {what}:", *lines]))


def setup(app: Sphinx) -> dict[str, bool]:
    """Take the pages when a build starts, and name the slowest at its end."""
    app.connect("env-before-read-docs", note_pages)
    app.connect("build-finished", name_slowest)
    return {"parallel_read_safe": True}
