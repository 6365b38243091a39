"""The footer of every page: what executed the page, and from which commit."""

import os
import platform
import subprocess
from datetime import UTC, datetime

import numpy
from sphinx.application import Sphinx
from sphinx.config import Config

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
    executed = f"Executed by Python {platform.python_version()}"
    executed += f" and NumPy {numpy.__version__}"
    return f"<p>{executed}{', ' * bool(source)}{source}.<br>{LICENSES}</p>"


def set_footer(app: Sphinx, config: Config) -> None:
    """Give the theme the footer as its option."""
    footer = {"extra_footer": write_footer(app.confdir)}
    config.html_theme_options = {**config.html_theme_options, **footer}


def setup(app: Sphinx) -> dict[str, bool]:
    """Set the footer before the theme reads its options."""
    app.connect("config-inited", set_footer)
    return {"parallel_read_safe": True}
