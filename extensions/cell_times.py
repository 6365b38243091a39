"""Time each cell, and name the slowest cells and pages when the build ends."""

from collections import Counter, defaultdict
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

NAMED = 5  # cells, and as many pages

logger = logging.getLogger(__name__)
# How long each executed cell of a page took, by the line of its code.
seconds: dict[Path, dict[int, float]] = defaultdict(dict)


def forget_times(app: Sphinx) -> None:
    """Begin each build without the times of the last one."""
    seconds.clear()


def name_slowest(app: Sphinx, exception: Exception | None) -> None:
    """Print the slowest cells and pages."""
    cells, pages = Counter(), Counter()
    for path, times in seconds.items():
        page = path.relative_to(app.confdir).as_posix()
        cells |= {f"{page}:{line}": spent for line, spent in times.items()}
        pages[page] = sum(times.values())
    for what, times in (("cells", cells), ("pages", pages)):
        slowest = times.most_common(NAMED)
        lines = [f"{spent:6.2f} s  {where}" for where, spent in slowest]
        logger.info("\n".join([f"slowest {what}:", *lines]))


def setup(app: Sphinx) -> dict[str, bool]:
    """Count from the start of a build to its end."""
    app.connect("builder-inited", forget_times)
    app.connect("build-finished", name_slowest)
    return {"parallel_read_safe": True}
