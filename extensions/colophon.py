"""The footer of every page: what executed the page, and from which commit."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version

import numpy
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from extensions.imports import find_packages
from extensions.page import Page, open_page
from extensions.upstream import require

NUMPY = f"NumPy {numpy.__version__}"
PACKAGES = {"pandas": "pandas", "scipy": "SciPy"}
LICENSES = (
    "Code: 0BSD, which you may paste without a notice. Text and pictures: "
    '<a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>. '
    "Independent of the NumPy project."
)


def read_commit(folder: str) -> tuple[str, str]:
    """Return the date and the short hash of the commit, each "" if it is unknown."""
    command = ["git", "log", "-1", "--format=%ct %h"]
    try:
        log = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        seconds, short = log.stdout.split()
    except (OSError, ValueError):  # no git, or no repository
        seconds, short = "", ""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", seconds)
    day = datetime.fromtimestamp(int(seconds), UTC).date() if seconds else ""
    return str(day), short


def write_footer(folder: str) -> str:
    """Return the lines of the footer as HTML."""
    day, short = read_commit(folder)
    repository = os.environ.get("GITHUB_REPOSITORY")
    if short and repository:
        url = f"https://github.com/{repository}/commit/{short}"
        short = f'<a href="{url}">{short}</a>'
    source = ", ".join(x for x in (f"commit {short}" if short else "", day) if x)
    executed = f"Executed by Python {platform.python_version()} and {NUMPY}"
    return f"<p>{executed}{', ' * bool(source)}{source}.<br>{LICENSES}</p>"


def name_packages(page: Page) -> str:
    """Return the other packages that the cells of a page import, with versions."""
    found = {x for cell in page.cells for x in find_packages(cell.code, PACKAGES)}
    return " and ".join(f"{PACKAGES[x]} {version(x)}" for x in sorted(found))


def add_packages(
    app: Sphinx, name: str, template: str, context: dict, doctree: nodes.document | None
) -> None:
    """Add the other packages of a page to its footer."""
    if doctree is None:  # a page that Sphinx makes, such as the search
        return
    if packages := name_packages(open_page(app.env.doc2path(name))):
        footer = context["theme_extra_footer"]
        added = footer.replace(NUMPY, f"{NUMPY}, with {packages}", 1)
        require(added != footer, "the theme", "its extra_footer", __name__)
        context["theme_extra_footer"] = added


def set_footer(app: Sphinx, config: Config) -> None:
    """Give the theme the footer as its option."""
    footer = {"extra_footer": write_footer(app.confdir)}
    config.html_theme_options = {**config.html_theme_options, **footer}


def setup(app: Sphinx) -> dict[str, bool]:
    """Set the footer before the theme reads its options, and add to it per page."""
    app.connect("config-inited", set_footer)
    app.connect("html-page-context", add_packages)
    return {"parallel_read_safe": True}
