"""What the build knows: the entries of functions, and the pages that use them."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from extensions.functions.directive import Entry
from extensions.imports import find_imports
from extensions.page import Page, open_page
from extensions.questions.registry import order_pages
from extensions.quoted_code import find_quotations


class Noted(NamedTuple):
    """The functions of a page.

    Attributes
    ----------
    entries : dict of str to str
        The label of each function that has an entry on the page.
    imports : set of str
        The full names that the visible cells import from ``examples``.
    quoted : dict of str to str
        The label of the section that quotes the code of a function.
    """

    entries: dict[str, str]
    imports: set[str]
    quoted: dict[str, str]


def note_page(app: Sphinx, doctree: nodes.document) -> None:
    """Note the functions of a page, and give each entry the address of its section."""
    env = app.env
    entries = {x["function"]: find_label(x) for x in doctree.findall(Entry)}
    objects = env.domains.python_domain.objects
    for entry in doctree.findall(Entry):
        name = entry["function"]
        objects[name] = objects[name]._replace(node_id=entries[name])
        for node in entry.findall(nodes.Element):
            node["ids"] = []
    page = open_page(doctree["source"])
    noted = Noted(entries, find_example_imports(page), find_quoted(doctree))
    if not hasattr(env, "functions"):
        env.functions = {}
    env.functions[env.docname] = noted


def find_label(node: nodes.Node) -> str:
    """Return the label of the section around a node."""
    while not isinstance(node, nodes.section):
        node = node.parent
    return node["ids"][0]


def find_example_imports(page: Page) -> set[str]:
    """Return the full names that the visible cells import from ``examples``."""
    shown = [x for x in page.cells if "hide-cell" not in (x.options.get("tags") or [])]
    names = {name for cell in shown for name in find_imports(cell.code)}
    return {name for name in names if name.startswith("examples.")}


def find_quoted(doctree: nodes.document) -> dict[str, str]:
    """Return the label of the section that quotes each function first."""
    found = {}
    for block in find_quotations(doctree):
        module = name_module(Path(block["source"]))
        for name in re.findall(r"^(?:def|class) (\w+)", block.rawsource, re.MULTILINE):
            found.setdefault(f"{module}.{name}", find_label(block))
    return found


def name_module(path: Path) -> str:
    """Return the name of a module of ``examples`` from the path of its file."""
    parts = path.with_suffix("").parts
    start = len(parts) - parts[::-1].index("examples") - 1
    return ".".join(parts[start:])


def list_entries(env: BuildEnvironment) -> dict[str, tuple[str, str]]:
    """Return the page and the label of each entry, in the order of the pages."""
    found = getattr(env, "functions", {})
    return {
        name: (docname, label)
        for docname in order_pages(env)
        if docname in found
        for name, label in found[docname].entries.items()
    }


def list_users(env: BuildEnvironment, function: str) -> list[str]:
    """Return the pages that import a function and have no entry of it, in order."""
    found = getattr(env, "functions", {})
    return [
        docname
        for docname in order_pages(env)
        if docname in found
        and function in found[docname].imports
        and function not in found[docname].entries
    ]


def find_explanation(env: BuildEnvironment, function: str) -> tuple[str, str] | None:
    """Return the page and the label of the first section that quotes a function."""
    found = getattr(env, "functions", {})
    for docname in order_pages(env):
        if docname in found and function in found[docname].quoted:
            return docname, found[docname].quoted[function]
    return None


def forget_page(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget the functions of a page that is removed or read again."""
    getattr(env, "functions", {}).pop(docname, None)


def merge_pages(
    app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
) -> None:
    """Take the functions of the pages that another process has read."""
    if not hasattr(env, "functions"):
        env.functions = {}
    found = getattr(other, "functions", {})
    env.functions |= {name: found[name] for name in docnames if name in found}
