"""A search over sections, laws, questions and errors, in place of Sphinx's own.

The build writes two scripts with what can be found, and ``docs/_static/search.js``
ranks it with MiniSearch in the browser. It needs no server and no storage. A page
loads all of it only when someone uses the search.
"""

import os
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config

from extensions.digests import shorten_digest
from extensions.questions.listing import find_form
from extensions.search.index import write_scripts

FOLDER = Path(__file__).parent
STATIC = FOLDER.parent.parent / "docs" / "_static"
# What search-start.js loads: its address changes when one of them does.
LOADED = ("minisearch-7.2.0/minisearch.js", "search.js", "search.css", "show-match.js")


def use_own_page(app: Sphinx, config: Config) -> None:
    """Take the page of the search from this folder."""
    # Relative, as the digest of the configuration is the same in every folder.
    own = os.path.relpath(FOLDER, app.confdir)
    config.templates_path = [own, *config.templates_path]


def write_index(app: Sphinx, builder: Builder) -> None:
    """Write both scripts before the pages, which name the version of the search."""
    if builder.name != "html":
        return
    scripts = write_scripts(app.env)
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    for name, text in scripts._asdict().items():
        (static / f"search-{name}.js").write_text(text, "utf-8")
    data = {"data-version": find_version(*scripts), "data-ask": find_form(app.config)}
    app.add_js_file("search-start.js", loading_method="defer", **data)


def find_version(*scripts: str) -> str:
    """Return a short digest of all that the search loads."""
    files = [(STATIC / name).read_bytes() for name in LOADED]
    return shorten_digest(*map(str.encode, scripts), *files)


def setup(app: Sphinx) -> dict[str, bool]:
    """Write the index when all pages are read."""
    app.connect("config-inited", use_own_page)
    app.connect("write-started", write_index)
    return {"parallel_read_safe": True}
