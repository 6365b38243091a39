"""Refuse a setting of conf.py that does nothing, hides a fault, or names a wrong file.

Sphinx warns of some settings without a place. Such a warning gets the line of conf.py
that it quotes.
"""

import logging as standard_logging
import re
from importlib.util import find_spec
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError
from sphinx.util import logging

# Names in conf.py that are ours, or that Sphinx reads before its settings.
OWN_SETTINGS = {"author", "extensions", "repository"}
# Settings that hide a fault, and what to do instead.
HIDING = {
    "suppress_warnings": "fix the cause of a warning instead of suppressing it",
    "nb_execution_excludepatterns": "execute the cells of every page",
    "nb_execution_allow_errors": "tag a cell that fails raises-exception",
}
# What makes a browser ask another host: @import "https://...", url(//...), fetch("...")
ASKS = re.compile(
    r"""(@import|url\(|fetch\(|import\(|\bsrc=|\bfrom)\s*["'(]*(https?:)?//[\w.]+"""
)

logger = logging.getLogger(__name__)


class ConfPlace(standard_logging.Filter):
    """Give a warning without a place the line of conf.py that it quotes."""

    def __init__(self, conf: Path) -> None:
        super().__init__()
        self.conf = conf

    def filter(self, record: standard_logging.LogRecord) -> bool:
        """Set the place of a record; keep every record."""
        if getattr(record, "location", None) is None:
            for words in re.findall(r"'([^']+)'", record.getMessage()):
                if number := find_line(self.conf, words):
                    record.location = f"{self.conf}:{number}"
        return True


def find_line(path: Path, words: str) -> int:
    """Return the last line of a file that has these words as a string, or 0."""
    string = re.compile(f"[\"']{re.escape(words)}[\"']")
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    return max((number for number, line in lines if string.search(line)), default=0)


def check_conf(app: Sphinx, config: Config) -> None:
    """Mistakes: a misspelled setting, which does nothing; one that hides a fault."""
    path = Path(app.confdir) / "conf.py"
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        match = re.match(r"([a-z]\w*)( = |\[)", line)
        name = match[1] if match else ""
        if "PYTHONOPTIMIZE" in line:
            message = "leave asserts on: the cells prove what the pages say with them"
        elif name == "exclude_patterns":
            message = "conf.py may not exclude a page from the site"
        elif name in HIDING:
            message = HIDING[name]
            if name not in config.overrides:  # show what it hides
                setattr(config, name, config.values[name].default)
        elif name and name not in config and name not in OWN_SETTINGS:
            message = f"neither Sphinx nor an extension has the setting {name!r}"
        else:
            continue
        logger.warning(message, location=f"{path}:{number}")


def check_static(app: Sphinx) -> None:
    """Mistakes: a file that conf.py names and that is missing; one of another host."""
    conf = Path(app.confdir) / "conf.py"
    folders = [Path(app.confdir) / name for name in app.config.html_static_path]
    for entry in [*app.config.html_css_files, *app.config.html_js_files]:
        name = entry if isinstance(entry, str) else entry[0]
        number = find_line(conf, name)
        if number and not any((folder / name).is_file() for folder in folders):
            message = "%s must be a file in docs/_static"
            logger.warning(message, name, location=f"{conf}:{number}")
    for path in sorted(x for folder in folders for x in folder.rglob("*.*s")):
        for match in ASKS.finditer(text := path.read_text("utf-8")):
            line = text[: match.start()].count("\n") + 1
            number = find_line(conf, path.name)
            said = f" (conf.py:{number} adds this file)" if number else ""
            message = "no file may ask another host: %s%s"
            logger.warning(message, match[0], said, location=f"{path}:{line}")


def check_extensions(app: Sphinx, conf: Path) -> None:
    """Mistake: an extension that is not installed, or whose name is misspelled."""
    for name in app.config.extensions:
        if find_spec(name) is None:
            where = f"{conf}:{find_line(conf, name)}"
            raise ExtensionError(f"{where}: error: the extension {name} is missing")


def place_warnings(conf: Path) -> None:
    """Let each handler of Sphinx add the place before it prints a warning."""
    for handler in standard_logging.getLogger("sphinx").handlers:
        handler.filters.insert(0, ConfPlace(conf))


def setup(app: Sphinx) -> dict[str, bool]:
    """Check the settings when they are read, and the files when they are complete."""
    conf = Path(app.confdir) / "conf.py"
    check_extensions(app, conf)
    place_warnings(conf)
    app.connect("config-inited", check_conf)
    app.connect("builder-inited", check_static)
    return {"parallel_read_safe": True}
