"""Link entries to the pages that use a function, and these pages to the entries."""

import re

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from extensions.folds import Fold
from extensions.functions.directive import Overview, UsedOn, count_things, summarize
from extensions.functions.registry import (
    find_explanation,
    list_entries,
    list_users,
)
from extensions.questions.directive import read_words

HEADS = ("Function", "What it does", "Explained in")


def show_plain_names(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, text: nodes.Element
) -> nodes.Element | None:
    """Link a name in a docstring to its entry; show any other name as code."""
    if not node.get("in_docstring"):
        return None
    for name in list_entries(env):
        if name.rpartition(".")[2] == node["reftarget"]:
            return link_function(app, node["refdoc"], name)
    return nodes.literal("", text.astext())


def link_page(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Fill the places of a page, and name its functions at its end."""
    for place in list(doctree.findall(UsedOn)):
        place.replace_self(show_uses(app, docname, place["function"]))
    for place in list(doctree.findall(Overview)):
        place.replace_self(tabulate_entries(app, docname))
    add_links_to_entries(app, doctree, docname)


def link(
    app: Sphinx, here: str, docname: str, label: str, shown: nodes.Node
) -> nodes.reference:
    """Return a link to a label of a page, or to the page if the label is ""."""
    uri = app.builder.get_relative_uri(here, docname) + f"#{label}" * bool(label)
    return nodes.reference("", "", shown, refuri=uri, internal=True)


def link_function(app: Sphinx, here: str, name: str) -> nodes.reference:
    """Return a link to the entry of a function."""
    short = name.rpartition(".")[2]
    return link(app, here, *list_entries(app.env)[name], nodes.literal(short, short))


def link_title(app: Sphinx, here: str, docname: str, label: str) -> nodes.reference:
    """Return a link to a section, with its title, or to a page if the label is ""."""
    if label:
        title = read_words(app.env.domains.standard_domain.labels[label][2])
    else:
        title = app.env.titles[docname].deepcopy().children
    return link(app, here, docname, label, nodes.inline("", "", *title))


def show_uses(app: Sphinx, here: str, function: str) -> list[nodes.Node]:
    """Return where a function is explained, and the pages that import it."""
    shown = []
    if place := find_explanation(app.env, function):
        title = link_title(app, here, *place)
        words = nodes.Text("Explained in: ")
        shown.append(nodes.paragraph("", "", words, title))
    if users := list_users(app.env, function):
        items = [link_title(app, here, docname, "") for docname in users]
        many = count_things(len(users), "page")
        summary = f"Show the {many} with a cell that imports it"
        shown.append(Fold("", list_links(items), summary=summary))
    return shown


def list_links(links: list[nodes.reference]) -> nodes.bullet_list:
    """Return links as a list."""
    items = [nodes.list_item("", nodes.paragraph("", "", x)) for x in links]
    return nodes.bullet_list("", *items)


def tabulate_entries(app: Sphinx, here: str) -> nodes.table:
    """Return a table with a row for each entry."""
    head = nodes.thead("", make_row([[nodes.Text(x)] for x in HEADS]))
    body = nodes.tbody()
    for name in list_entries(app.env):
        summary = read_words(re.sub("`+", "`", summarize(name)))
        place = find_explanation(app.env, name)
        users = [(docname, "") for docname in list_users(app.env, name)]
        explained = [place] if place else users[:1]
        links = [link_title(app, here, *x) for x in explained]
        body += make_row([[link_function(app, here, name)], summary, links])
    columns = [nodes.colspec(colwidth=1) for _ in HEADS]
    group = nodes.tgroup("", *columns, head, body, cols=len(HEADS))
    return nodes.table("", group, classes=["colwidths-auto", "function-table"])


def make_row(cells: list[list[nodes.Node]]) -> nodes.row:
    """Return a row of a table from the words of each cell."""
    return nodes.row("", *[nodes.entry("", nodes.paragraph("", "", *x)) for x in cells])


def add_links_to_entries(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Name the functions that a page imports at the end of its last section."""
    noted = getattr(app.env, "functions", {}).get(docname)
    entries = list_entries(app.env)
    names = [x for x in entries if noted and x in {*noted.imports} - {*noted.entries}]
    sections = list(doctree.findall(nodes.section))
    if not names or not sections:
        return
    reference = entries[names[0]][0]
    words = nodes.Text("function reference")
    line = nodes.paragraph("", nodes.Text("The "), classes=["function-links"])
    line += [link(app, docname, reference, "", words), nodes.Text(" describes ")]
    for number, name in enumerate(names):
        last = number and number == len(names) - 1
        line += nodes.Text(" and " if last else ", " * bool(number))
        line += link_function(app, docname, name)
    line += nodes.Text(".")
    sections[-1] += line
