"""List every text that a page cites, with the sections that cite it.

A page cites a text with a plain link. ``works.toml`` names each text and the addresses
that belong to it. ``:::{bibliography} paper`` lists the works of a kind. A link to a
text that the file does not name stops the build, and so does a work that no page cites.
"""

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode

from extensions.bibliography.shorten import order_name, shorten_address
from extensions.questions.registry import order_pages

FILE = Path(__file__).with_name("works.toml")
KINDS = ("paper", "book", "web", "documentation", "code")
PAGE = "reference/bibliography"
COLLECTIONS = ("documentation", "code")  # of which pages cite several parts

logger = logging.getLogger(__name__)


class Work(NamedTuple):
    """A text that pages cite.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    title : str
        The title, or the name of a collection.
    addresses : list of str
        What the addresses of the text begin with; the first one is shown.
    authors : str
        The family names first, as in "Kingma, D. P. and Ba, J.", or "".
    year : str
        The year, or "".
    where : str
        The journal, the conference or the publisher, or "".
    """

    kind: str
    title: str
    addresses: list[str]
    authors: str = ""
    year: str = ""
    where: str = ""

    @property
    def order(self) -> tuple[str, str, str]:
        """Return by what a list is ordered."""
        return (self.authors or self.title).lower(), self.year, self.title


class Citation(NamedTuple):
    """A link of a page to a text: its address, its label and its line."""

    address: str
    docname: str
    label: str
    line: int


def read_works() -> list[Work]:
    """Return the works of the file in the order of a list."""
    works = [Work(**table) for table in tomllib.loads(FILE.read_text("utf-8"))["works"]]
    return sorted(works, key=lambda work: work.order)


def find_work(works: list[Work], address: str) -> Work | None:
    """Return the work with the longest address with which an address begins."""
    bare = address.rstrip("/")
    fits = [
        (len(start), work)
        for work in works
        for start in work.addresses
        if bare == start.rstrip("/") or address.startswith((f"{start}/", f"{start}#"))
    ]
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


class Bibliography(SphinxDirective):
    """The works of one kind."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the place of the list; read this page again in every build."""
        self.env.note_reread()
        self.env.note_dependency(str(FILE))
        if self.arguments[0] not in KINDS:
            raise self.error(f"a bibliography has one of the kinds {', '.join(KINDS)}")
        place = nodes.bullet_list(classes=["bibliography"], kind=self.arguments[0])
        self.set_source_info(place)
        return [place]


def note_citations(app: Sphinx, doctree: nodes.document) -> None:
    """Note each link of a page to another site."""
    docname = app.env.docname
    own = app.config.html_theme_options.get("repository_url")
    found = [
        Citation(node["refuri"], docname, find_label(node), node.line or 1)
        for node in doctree.findall(nodes.reference)
        if node.get("refuri", "").startswith(("http://", "https://"))
        and not (own and node["refuri"].startswith(own))
    ]
    keep_citations(app.env, docname, found)


def keep_citations(env: BuildEnvironment, docname: str, found: list[Citation]) -> None:
    """Keep the citations of a page."""
    if not hasattr(env, "citations"):
        env.citations = {}
    env.citations[docname] = found


def find_label(node: nodes.Node) -> str:
    """Return the label of the law or of the section around a link."""
    while not isinstance(node, nodes.section):
        if isinstance(node, nodes.admonition) and "law" in node["classes"]:
            return node["ids"][0]
        node = node.parent
    return node["ids"][0]


def list_citations(env: BuildEnvironment) -> list[Citation]:
    """Return the citations of all pages in the order of the table of contents."""
    found = getattr(env, "citations", {})
    return [citation for name in order_pages(env) for citation in found.get(name, [])]


def fill_lists(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write the works into each list when every page has been read."""
    places = [
        place
        for place in doctree.findall(nodes.bullet_list)
        if "bibliography" in place["classes"]
    ]
    if not places:
        return
    works, cited = read_works(), {}
    for citation in list_citations(app.env):
        if citation.docname != docname and (work := find_work(works, citation.address)):
            parts = cited.setdefault(work.addresses[0], {})
            parts.setdefault(citation.address, []).append(citation)
    for place in places:
        for work in works:
            if work.kind == place["kind"]:
                parts = cited.get(work.addresses[0], {})
                place += list_work(app, work, parts, docname)


def list_work(
    app: Sphinx, work: Work, parts: dict[str, list[Citation]], docname: str
) -> nodes.list_item:
    """Return the entry of a work, with links back to what cites it."""
    line = nodes.paragraph()
    year = f"({work.year}). " if work.year else ""
    head = f"{work.authors} {year}" if work.authors else ""
    title = nodes.emphasis("", work.title)
    link = nodes.reference("", "", title, refuri=work.addresses[0], internal=False)
    line += [nodes.Text(head), link, nodes.Text(".")]
    if work.where:
        line += nodes.Text(f" {work.where}.")
    item = nodes.list_item("", line)
    if work.kind in COLLECTIONS:
        item += list_parts(app, work, parts, docname)
    elif found := [citation for part in parts.values() for citation in part]:
        line += [nodes.Text(" Cited in "), *link_citations(app, found, docname)]
        line += nodes.Text(".")
    return item


def list_parts(
    app: Sphinx, work: Work, parts: dict[str, list[Citation]], docname: str
) -> nodes.bullet_list:
    """Return the cited parts of a collection, each with links back."""
    rows = nodes.bullet_list(classes=["cited-parts"])
    named = [(shorten_address(x, work.addresses), x) for x in parts]
    for name, address in sorted(named, key=lambda x: order_name(x[0])):
        link = nodes.reference("", name, refuri=address, internal=False)
        back = link_citations(app, parts[address], docname)
        rows += nodes.list_item(
            "", nodes.paragraph("", "", link, nodes.Text(": "), *back)
        )
    return rows


def link_citations(
    app: Sphinx, citations: list[Citation], docname: str
) -> Iterator[nodes.Node]:
    """Yield links to the sections and the laws that cite a text."""
    labels = app.env.domains.standard_domain.labels
    places = dict.fromkeys((x.docname, x.label) for x in citations)
    for number, (name, label) in enumerate(places):
        title = labels.get(label, (name, label, label))[2]
        if number:
            yield nodes.Text(", ")
        shown = nodes.inline("", title)
        yield make_refnode(app.builder, docname, name, label, shown)


def check_citations(app: Sphinx, env: BuildEnvironment) -> None:
    """Refuse a link to a text without a work, and a work that no page cites."""
    if PAGE not in env.found_docs:
        return
    works, cited = read_works(), set()
    for citation in list_citations(env):
        if work := find_work(works, citation.address):
            cited.add(work.addresses[0])
        else:
            message = "name %s in extensions/bibliography/works.toml"
            where = (citation.docname, citation.line)
            logger.warning(message, citation.address, location=where)
    if app.config.include_patterns != ["**"]:  # a single page is built
        return
    for work in works:
        if work.addresses[0] not in cited:
            logger.warning("no page cites %r", work.title, location=f"{FILE}:1")


def forget_page(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget the citations of a page that is removed or read again."""
    getattr(env, "citations", {}).pop(docname, None)


def merge_pages(
    app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
) -> None:
    """Take the citations of the pages that another process has read."""
    for docname in docnames:
        keep_citations(env, docname, getattr(other, "citations", {}).get(docname, []))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive; note the links of each page, then write the lists."""
    app.add_directive("bibliography", Bibliography)
    app.connect("env-purge-doc", forget_page)
    app.connect("env-merge-info", merge_pages)
    app.connect("doctree-read", note_citations)
    app.connect("env-check-consistency", check_citations)
    app.connect("doctree-resolved", fill_lists)
    return {"parallel_read_safe": True}
