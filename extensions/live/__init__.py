"""Cells that readers edit and run in their own browser, on NumPy for WebAssembly.

The runtime comes from a cache, which ``nox -s live`` fills. Without it the site is
complete and has no live cells. Pages without cells gain no byte.
"""

import json
import shutil
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from extensions.live import runtime
from extensions.live.bundle import ROOT, build_bundle
from extensions.live.kernel import find_packages
from extensions.live.reasons import REASONS

STATIC = Path(__file__).parent / "static"
PACKAGES = tuple(runtime.PACKAGES)
OPTIONAL = [name for name in PACKAGES if name != "numpy"]
DIFFERENCE = (
    "Here NumPy is {numpy}. Its default integers have 32 bits, and it gives no "
    "floating-point warnings."
)

logger = logging.getLogger(__name__)


def find_runtime(app: Sphinx) -> None:
    """Look for the runtime, and pack the bundle, once for all pages."""
    folder = runtime.find_cache()
    app.live = None
    if app.builder.name != "html":
        return
    if not runtime.is_complete(folder):
        logger.info("no live cells: nox -s live fetches the runtime")
        return
    files = json.loads((folder / runtime.FILES).read_text("utf-8"))
    lock = json.loads((folder / runtime.LOCK).read_text("utf-8"))["packages"]
    app.live = {
        "folder": folder,
        "files": files,
        "lock": lock,
        "bundle": build_bundle(),
    }
    app.config.html_static_path.append(str(STATIC))


def add_scripts(app: Sphinx, page: str, template: str, context: dict, doctree) -> None:
    """Load the small script on a page that has cells, with what it must know."""
    cells = list_cells(doctree) if doctree and app.live else []
    if not cells:
        return
    packages = {
        x for cell in cells for x in find_packages(code_of(cell), PACKAGES, ROOT)
    }
    files = list_files(app.live, packages)
    name, bundle = app.live["bundle"]
    first = list_files(app.live, {"numpy"})
    used = {name for cell in cells for name in cell["classes"]}
    reasons = {f"tag_{tag}": reason for tag, reason in REASONS.items()}
    app.add_css_file("live.css")
    settings = {
        "runtime": f"pyodide-{runtime.VERSION}/",
        "bundle": name,
        "worker": "live-worker.js",
        "packages": " ".join(OPTIONAL),
        "bytes": sum(x["size"] for x in first) + len(bundle),
        "megabytes": round((sum(x["sent"] for x in files) + len(bundle)) / 1e6),
        "reasons": json.dumps({tag: reasons[tag] for tag in reasons.keys() & used}),
        "difference": DIFFERENCE.format(numpy=app.live["lock"]["numpy"]["version"]),
    }
    data = {f"data-{key}": str(value) for key, value in settings.items()}
    app.add_js_file("live.js", loading_method="defer", **data)


def list_cells(doctree: nodes.document) -> list[nodes.container]:
    """Return the code cells of a page."""
    return [
        node
        for node in doctree.findall(nodes.container)
        if node.get("nb_element") == "cell_code"
    ]


def code_of(cell: nodes.container) -> str:
    """Return the code of a cell."""
    source = cell.next_node(
        lambda node: (
            isinstance(node, nodes.container)
            and node.get("nb_element") == "cell_code_source"
        )
    )
    return source.astext() if source else ""


def list_files(live: dict, packages: set[str]) -> list[dict]:
    """Return the entries of the files that these packages and Python need."""
    names = packages | {"numpy"}
    for name in packages:
        names |= set(runtime.PACKAGES[name])
    wheels = [live["lock"][name]["file_name"] for name in names]
    return [live["files"][name] for name in (*runtime.RUNTIME, runtime.LOCK, *wheels)]


def copy_runtime(app: Sphinx, exception: Exception | None) -> None:
    """Put the runtime and the bundle beside the scripts."""
    if exception is None and app.live:
        static = Path(app.outdir) / "_static"
        target = static / f"pyodide-{runtime.VERSION}"
        shutil.copytree(app.live["folder"], target, dirs_exist_ok=True)
        name, data = app.live["bundle"]
        (static / name).write_bytes(data)


def setup(app: Sphinx) -> dict[str, bool]:
    """Find the runtime first, and copy it when the pages are written."""
    app.connect("builder-inited", find_runtime)
    app.connect("html-page-context", add_scripts)
    app.connect("build-finished", copy_runtime)
    return {"parallel_read_safe": True}
