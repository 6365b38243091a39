"""Refuse mistakes that no single page shows.

They are a file that is not a page, a page that is left out, and a cell that was not
executed.
"""

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging

from extensions.cell_times import get_times
from extensions.page import open_page

logger = logging.getLogger(__name__)


def check_doctree(app: Sphinx, doctree: nodes.document) -> None:
    """Mistakes: raw HTML, which nothing checks; a cell that was not executed."""
    for node in doctree.findall(nodes.raw):
        logger.warning("write Markdown, not raw HTML", location=node)
    if app.builder.format != "html":
        return
    docname = app.env.docname
    times = get_times(app.env, docname)
    page = open_page(app.env.doc2path(docname))
    left = [cell.code_line for cell in page.cells if cell.code_line not in times]
    # After a cell that fails, one message is enough.
    for line in left[:1] if times else left:
        logger.warning("this cell was not executed", location=(docname, line))


def check_files(app: Sphinx) -> None:
    """Mistakes: a page in another format, such as a notebook; an unreadable file."""
    if app.config.include_patterns != ["**"]:  # a single page is built
        return
    for path in sorted(Path(app.srcdir).rglob("*")):
        if path.is_relative_to(Path(app.srcdir) / "_static"):
            continue
        name = path.relative_to(app.srcdir.parent).as_posix()
        if path.is_dir() and not path.suffix:
            continue
        if path.suffix != ".md":
            logger.warning("a page must be a Markdown file", location=f"{path}:1")
            continue
        if not path.is_file():
            raise ExtensionError(f"{name}:1: error: a page must be a Markdown file")
        data = path.read_bytes()
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise ExtensionError(
                f"{name}:{line}: error: the file must be UTF-8"
            ) from None


def check_pages(app: Sphinx, env: BuildEnvironment) -> None:
    """Mistake: a page that a pattern in conf.py keeps out of the site."""
    if app.config.include_patterns == ["**"]:
        for path in sorted(Path(app.srcdir).rglob("*.md")):
            if env.path2doc(path) not in env.found_docs:
                message = "conf.py excludes this page from the site"
                logger.warning(message, location=f"{path}:1")


def setup(app: Sphinx) -> dict[str, bool]:
    """Check the files, each page as parsed, and the list of pages."""
    app.connect("builder-inited", check_files)
    app.connect("doctree-read", check_doctree)
    app.connect("env-updated", check_pages)
    return {"parallel_read_safe": True}
