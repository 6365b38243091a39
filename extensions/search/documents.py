"""Read the documents of the search out of the pages.

A document is what a result of the search leads to: a section, a named tab, a law, an
exercise, a question, an error or a term of the glossary. Each has an address, a title
and lines of text.
"""

from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes
from sphinx.addnodes import glossary, index, pending_xref
from sphinx.environment import BuildEnvironment
from sphinx_design.shared import is_component

from extensions.questions.directive import split_wordings
from extensions.questions.registry import order_pages
from extensions.questions.rules import is_drawing
from extensions.releases import changed

TAB = "tab-item"
# Parts of a page that are no text of it, or that stand in another document.
SKIPPED = (nodes.Invisible, nodes.meta, nodes.raw, nodes.image, nodes.math_block)
LINES = (nodes.paragraph, nodes.title, nodes.caption, nodes.rubric, nodes.term)
BOXES = ("law", "exercise", "question")
LINKS = "Next"  # the title of a section that only leads to others


class Document(NamedTuple):
    """What a result of the search leads to.

    Attributes
    ----------
    kind : str
        ``page``, ``section``, ``tab``, ``law``, ``exercise``, ``question``, ``error``
        or ``term``.
    docname, label : str
        The page, and the label on it.
    title : str
        The heading, or the question.
    section : str
        The title of the section around it, or an empty string for a section.
    asked : list of str
        Other wordings of a question, and the entries of the index.
    text, code : list of str
        The lines that a reader sees, without those of other documents.
    """

    kind: str
    docname: str
    label: str
    title: str
    section: str
    asked: list[str]
    text: list[str]
    code: list[str]


def list_documents(env: BuildEnvironment) -> list[Document]:
    """Return the documents of all pages, in the order of the table of contents."""
    return [x for name in order_pages(env) for x in read_page(env, name)]


def read_page(env: BuildEnvironment, docname: str) -> list[Document]:
    """Return the documents of a page; the first one is the page itself."""
    doctree = env.get_doctree(docname)
    fill_references(env, doctree)
    found: list[Document] = []
    for section in doctree.findall(nodes.section):
        if read_title(section[0]) == LINKS:
            continue
        kind = "section" if isinstance(section.parent, nodes.section) else "page"
        read_section(section, kind, docname, found)
    keep_index_entries(doctree, found)
    return found


def fill_references(env: BuildEnvironment, doctree: nodes.document) -> None:
    """Give each reference without a text the title that the page shows."""
    labels = env.domaindata["std"]["labels"]
    for node in doctree.findall(pending_xref):
        target = node.get("reftarget")
        if node.get("reftype") == "ref" and not node.get("refexplicit"):
            node.children = [nodes.Text(labels.get(target, ("", "", ""))[2])]


def read_section(
    section: nodes.section, kind: str, docname: str, found: list[Document]
) -> None:
    """Add a section and what has an address in it, without the sections below it."""
    title = read_title(section[0])
    if section["ids"][0].startswith("error-"):
        kind = "error"
    elif title == "Exercises":
        kind = "exercise"
    own = Document(kind, docname, section["ids"][0], title, "", [], [], [])
    found.append(own)
    # Of a section with the entry of a function, the search has the entry alone.
    entries = [x for x in section.children if "function-entry" in x["classes"]]
    for node in entries or section.children[1:]:
        if not isinstance(node, nodes.section):
            read_node(node, own, found)


def read_node(node: nodes.Node, own: Document, found: list[Document]) -> None:
    """Add the lines of a node to its document, or begin another document."""
    if not isinstance(node, nodes.Element) or isinstance(node, SKIPPED):
        return
    if {"moved", "law-source", "no-search"} & {*node["classes"]}:
        return
    if inner := begin_document(node, own):
        found.append(inner)
        for child in node.children[1:]:
            read_node(child, inner, found)
    elif isinstance(node, nodes.literal_block):
        own.code.extend(line for line in read_code(node) if line not in own.code)
    elif isinstance(node, nodes.row):
        own.text.append(" · ".join(" ".join(read_lines(x)) for x in node))
    elif isinstance(node, LINES):
        own.text.extend(read_lines(node))
    elif node.get("mime_type", "text/plain") == "text/plain":
        for child in node.children:
            read_node(child, own, found)


def begin_document(node: nodes.Element, own: Document) -> Document | None:
    """Return the document of a box, a tab or a term that has an address of its own."""
    section = own.section or own.title
    if is_term(node):
        terms = [x for x in node.children if isinstance(x, nodes.term)]
        title, label = ", ".join(map(read_title, terms)), terms[0]["ids"][0]
        return Document("term", own.docname, label, title, section, [], [], [])
    if is_component(node, TAB) and node[0]["ids"]:
        kind, label = "tab", node[0]["ids"][0]
        title, also = f"{section}: {read_title(node[0])}", ""
    elif isinstance(node, nodes.admonition) and {*BOXES} & {*node["classes"]}:
        kind = next(name for name in BOXES if name in node["classes"])
        is_question = kind == "question"  # at the head of its section
        label = own.label if is_question else node["ids"][0]
        title = read_title(node[0])
        also = node["options"].get("also", "") if is_question else ""
    else:
        return None
    asked = split_wordings(also.replace("`", ""))
    return Document(kind, own.docname, label, title, section, asked, [], [])


def is_term(node: nodes.Element) -> bool:
    """Return whether a node is an entry of the glossary, with its terms."""
    is_item = isinstance(node, nodes.definition_list_item)
    return is_item and isinstance(node.parent.parent, glossary)


def keep_index_entries(doctree: nodes.document, found: list[Document]) -> None:
    """Add the main entries of the index to the documents to which they point."""
    asked = {x.title for x in found} | {y for x in found for y in x.asked}
    at = {x.label: x for x in reversed(found) if x.kind != "question"}
    for node in doctree.findall(index):
        if isinstance(node.parent, nodes.term):
            continue  # its document has the term as its title
        for _, text, label, main, _ in node["entries"]:
            if main and label in at and text not in asked:
                at[label].asked.append(text)


def read_title(node: nodes.Node) -> str:
    """Return a heading without the sign of its permalink and marks of releases."""
    parts = [read_text(x) for x in node.children if not is_mark(x)]
    return " ".join("".join(parts).split())


def is_mark(node: nodes.Node) -> bool:
    """Return whether a part of a heading is no words of it."""
    if isinstance(node, changed):
        return True
    return isinstance(node, nodes.Element) and "headerlink" in node["classes"]


def read_lines(node: nodes.Node) -> list[str]:
    """Return the lines of a paragraph, one for each sentence."""
    lines = (" ".join(line.split()) for line in read_text(node).split("\n"))
    return [line for line in lines if line]


def read_text(node: nodes.Node) -> str:
    """Return the text of a node; a formula that is not plain is left out."""
    if isinstance(node, nodes.Text):
        return node.astext()
    if isinstance(node, SKIPPED) or "moved" in node["classes"]:
        return ""
    if isinstance(node, nodes.math):
        text = node.astext()
        return text.replace("{", "").replace("}", "") if "\\" not in text else "…"
    return "".join(map(read_text, node.children))


def read_code(node: nodes.literal_block) -> Iterator[str]:
    """Yield the lines of a code block that say something; of an output, its errors."""
    text = node.astext()
    if is_drawing(text):
        return
    shown = node.get("language") in ("ipython3", "python", "py", "bash")
    for line in map(str.strip, text.splitlines()):
        named = "Error" in line or "Warning" in line
        if named or (shown and line and not line.startswith("import ")):
            yield line
