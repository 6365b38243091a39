"""What the site as a whole may not get wrong in silence.

The mistakes that no single page shows: a setting that does nothing, a file that is
no page, a page that is left out, a cell that was not executed.
"""

import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging

from extensions.page import read_page

# Names in conf.py that are ours, or that Sphinx reads before its settings.
OWN_SETTINGS = {"author", "extensions", "repository"}

logger = logging.getLogger(__name__)


def check_doctree(app: Sphinx, doctree: nodes.document) -> None:
    """Mistakes: raw HTML, which nothing checks; cells that were not executed."""
    outputs, executed = set(), 0
    for node in doctree.findall(nodes.container):
        if node.get("nb_element") == "cell_code":
            executed += node.get("exec_count") is not None
            outputs |= set(node.findall(nodes.raw))
    for node in doctree.findall(nodes.raw):
        if node not in outputs:
            logger.warning("raw HTML: write Markdown", location=node)
    path = Path(app.env.doc2path(app.env.docname))
    cells = len(read_page(path.read_text("utf-8-sig")).cells)
    if executed < cells and app.builder.format == "html":
        message = "only %d of the %d cells were executed"
        logger.warning(message, executed, cells, location=(app.env.docname, 1))


def check_files(app: Sphinx) -> None:
    """Mistakes: a page in another format, with its own outputs; no readable file."""
    if app.config.include_patterns != ["**"]:  # one page alone
        return
    for path in sorted(Path(app.srcdir).rglob("*")):
        if path.is_relative_to(Path(app.srcdir) / "_static"):
            continue
        name = path.relative_to(app.srcdir.parent).as_posix()
        if path.is_dir() and not path.suffix:
            continue
        if path.suffix != ".md":
            logger.warning("a page is a Markdown file", location=f"{path}:1")
            continue
        if not path.is_file():
            raise ExtensionError(f"{name}: error: a page is a Markdown file")
        data = path.read_bytes()
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise ExtensionError(f"{name}:{line}: error: not UTF-8") from None


def check_pages(app: Sphinx, env: BuildEnvironment) -> None:
    """Mistake: a page that a pattern in conf.py keeps out of the site."""
    if app.config.include_patterns == ["**"]:
        for path in sorted(Path(app.srcdir).rglob("*.md")):
            if env.path2doc(path) not in env.found_docs:
                message = "the page is not built: conf.py excludes it"
                logger.warning(message, location=f"{path}:1")


def check_conf(app: Sphinx, config: Config) -> None:
    """Mistakes: a misspelt setting, which does nothing; one that hides or weakens."""
    path = Path(app.confdir) / "conf.py"
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        match = re.match(r"([a-z]\w*)( = |\[)", line)
        name = match[1] if match else ""
        if "PYTHONOPTIMIZE" in line:
            message = "asserts are proofs: they are not switched off"
        elif name == "suppress_warnings":
            message = "a warning is mended, not suppressed"
        elif name and name not in config and name not in OWN_SETTINGS:
            message = f"neither Sphinx nor an extension has a setting {name!r}"
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
