"""Refuse mistakes that no single page shows.

They are a setting that does nothing, a file that is not a page, a page that is left
out, and a cell that was not executed.
"""

import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging

from extensions.cell_times import seconds
from extensions.page import open_page

# Names in conf.py that are ours, or that Sphinx reads before its settings.
OWN_SETTINGS = {"author", "extensions", "repository"}

logger = logging.getLogger(__name__)


def check_doctree(app: Sphinx, doctree: nodes.document) -> None:
    """Mistakes: raw HTML, which nothing checks; a cell that was not executed."""
    for node in doctree.findall(nodes.raw):
        logger.warning("write Markdown, not raw HTML", location=node)
    path = Path(app.env.doc2path(app.env.docname))
    executed, cells = len(seconds[path]), len(open_page(path).cells)
    if executed < cells and app.builder.format == "html":
        message = "only %d of the %d cells were executed"
        logger.warning(message, executed, cells, location=(app.env.docname, 1))


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
            raise ExtensionError(f"{name}: error: a page must be a Markdown file")
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


def check_conf(app: Sphinx, config: Config) -> None:
    """Mistakes: a misspelled setting, which does nothing; one that hides a fault."""
    path = Path(app.confdir) / "conf.py"
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        match = re.match(r"([a-z]\w*)( = |\[)", line)
        name = match[1] if match else ""
        if "PYTHONOPTIMIZE" in line:
            message = "leave asserts on: the cells prove what the pages say with them"
        elif name == "suppress_warnings":
            message = "fix the cause of a warning instead of suppressing it"
        elif name and name not in config and name not in OWN_SETTINGS:
            message = f"neither Sphinx nor an extension has the setting {name!r}"
        else:
            continue
        logger.warning(message, location=f"{path}:{number}")


def setup(app: Sphinx) -> dict[str, bool]:
    """Check the settings, the files, each page as parsed, and the list of pages."""
    app.connect("config-inited", check_conf)
    app.connect("builder-inited", check_files)
    app.connect("doctree-read", check_doctree)
    app.connect("env-updated", check_pages)
    return {"parallel_read_safe": True}
