"""Publish the runtime and the small script that makes the cells of a page live.

The runtime comes from a cache, which ``nox -s live`` fills. Without it the site is
complete and has no live cells. Pages without cells gain no byte.
"""

import json
import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from extensions.digests import shorten_digest
from extensions.imports import find_packages
from extensions.live import runtime
from extensions.live.bundle import build_bundle
from extensions.live.reasons import REASONS, SKIPPED

STATIC = Path(__file__).with_name("static")
FIRST = {"numpy"}  # what each page loads
DIFFERENCE = (
    "In your browser NumPy is {}, its default integers have 32 bits, and it gives no "
    "floating-point warnings."
)

logger = logging.getLogger(__name__)


class Runtime(NamedTuple):
    """The runtime in the cache, and the bundle that goes with it."""

    folder: Path
    files: dict[str, dict]
    packages: dict[str, dict]
    bundle: str
    data: bytes

    @property
    def published(self) -> str:
        """Return the name of the published folder, with the digest of its files."""
        digests = [self.files[name]["sha256"].encode() for name in sorted(self.files)]
        return f"{self.folder.name}-{shorten_digest(*digests)}"


@cache
def open_runtime() -> Runtime | None:
    """Return the runtime, or nothing if the cache has no complete one."""
    folder = runtime.find_cache()
    if not runtime.is_complete(folder):
        return None
    files = json.loads((folder / runtime.FILES).read_text("utf-8"))
    lock = json.loads((folder / runtime.LOCK).read_text("utf-8"))
    return Runtime(folder, files, lock["packages"], *build_bundle())


def add_files(app: Sphinx) -> None:
    """Publish the scripts if there is a runtime."""
    if app.builder.name == "html" and open_runtime():
        # Relative, as the digest of the configuration is the same in every folder.
        app.config.html_static_path.append(os.path.relpath(STATIC, app.confdir))


def add_script(app: Sphinx, page: str, template: str, context: dict, doctree) -> None:
    """Load the small script on a page that has cells, with what it must know."""
    if app.builder.name != "html" or not doctree or not open_runtime():
        return
    cells = list(find_cells(doctree))
    if not cells:
        return
    live = open_runtime()
    settings = {
        "runtime": f"{live.published}/",
        "bundle": live.bundle,
        "script": write_address("cells.js"),
        "worker": write_address("live-worker.js"),
        "packages": [name for name in runtime.PACKAGES if name not in FIRST],
        "bytes": add_sizes(live, FIRST, "size"),
        "megabytes": count_megabytes(live, FIRST),
        "difference": DIFFERENCE.format(live.packages["numpy"]["version"]),
        "cells": list(describe_cells(live, cells)),
    }
    app.add_css_file("live.css")
    text = json.dumps(settings, separators=(",", ":"))
    app.add_js_file("live.js", **{"data-live": text})


def write_address(name: str) -> str:
    """Return the address of a script that another one loads, with its digest."""
    return f"{name}?v={shorten_digest((STATIC / name).read_bytes())}"


def find_cells(tree: nodes.Element) -> Iterator[nodes.container]:
    """Yield the code cells of a page in the order in which they are written.

    A formula holds the cell that checks it.
    """
    for node in tree.findall():
        if isinstance(node, nodes.math_block) and "check" in node:
            yield from find_cells(node["check"])
        elif (
            isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"
        ):
            yield node


def describe_cells(live: Runtime, cells: list[nodes.container]) -> Iterator[dict]:
    """Yield what a page says of each cell, and does with it.

    Before its first run a page says how many megabytes a cell needs, together with the
    cells above it. A cell with a reason cannot be run on its own.
    """
    packages = set(FIRST)
    for cell in cells:
        packages.update(find_packages(read_code(cell), runtime.PACKAGES))
        found = {"megabytes": count_megabytes(live, packages)}
        tags = {name.removeprefix("tag_") for name in cell["classes"]}
        for tag in sorted(tags & REASONS.keys()):
            found |= {"reason": REASONS[tag], "skipped": tag in SKIPPED}
        yield found


def read_code(cell: nodes.container) -> str:
    """Return the code of a cell."""
    sources = (
        node.astext()
        for node in cell.findall(nodes.container)
        if node.get("nb_element") == "cell_code_source"
    )
    return next(sources, "")


def add_sizes(live: Runtime, packages: set[str], kind: str) -> int:
    """Return how many bytes Python, the bundle and these packages have together.

    The kind is "size", or "sent" for what a host that compresses sends.
    """
    needed = set(packages).union(*(runtime.PACKAGES[name] for name in packages))
    wheels = [live.packages[name]["file_name"] for name in needed]
    files = (*runtime.RUNTIME, runtime.LOCK, *wheels)
    return sum(live.files[name][kind] for name in files) + len(live.data)


def count_megabytes(live: Runtime, packages: set[str]) -> int:
    """Return how many megabytes a reader loads for these packages."""
    return round(add_sizes(live, packages, "sent") / 1e6)


def copy_runtime(app: Sphinx, exception: Exception | None) -> None:
    """Put the runtime and the bundle beside the scripts, or say what is missing."""
    if exception is not None or app.builder.name != "html":
        return
    live = open_runtime()
    if not live:
        logger.info("The site has no live cells. nox -s live fetches what they need.")
        return
    static = Path(app.outdir) / "_static"
    target = static / live.published
    if not runtime.is_complete(target):
        shutil.copytree(live.folder, target, dirs_exist_ok=True)
    (static / live.bundle).write_bytes(live.data)


def setup(app: Sphinx) -> dict[str, bool]:
    """Publish the scripts first, and the runtime when the pages are written."""
    app.connect("builder-inited", add_files)
    app.connect("html-page-context", add_script)
    app.connect("build-finished", copy_runtime)
    return {"parallel_read_safe": True}
