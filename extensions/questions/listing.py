"""List all questions: by topic for readers, and as ``questions.json`` for programs."""

import json
import posixpath
from itertools import groupby
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from extensions.questions.directive import read_words
from extensions.questions.registry import Entry, list_entries

FOLDERS = {
    "": "The line",
    "gradient": "The gradient",
    "indexing": "The indexing",
    "practice": "In use",
    "reference": "Reference",
    "about": "About this site",
}


class Tag(nodes.General, nodes.TextElement):
    """An HTML element of the list: its name and its attributes."""


def visit_tag(self: HTML5Translator, node: Tag) -> None:
    """Open the element."""
    self.body.append(self.starttag(node, node["tag"], **node["html"]))


def depart_tag(self: HTML5Translator, node: Tag) -> None:
    """Close the element."""
    self.body.append(f"</{node['tag']}>\n")


def make_tag(name: str, *children: nodes.Node, **html: str) -> Tag:
    """Return an HTML element; ``data_words`` stands for ``data-words``."""
    attributes = {key.replace("_", "-"): value for key, value in html.items()}
    return Tag("", "", *children, tag=name, html=attributes)


class Questions(SphinxDirective):
    """All questions of the site, by the page that answers them."""

    def run(self) -> list[nodes.Node]:
        """Return the place of the list; read this page again in every build."""
        self.env.note_reread()
        ask = find_form(self.config)
        field = make_tag("div", CLASS="question-filter")  # for filter-questions.js
        return [field, make_tag("div", CLASS="question-list", data_ask=ask)]


def find_form(config: Config) -> str:
    """Return where readers ask a new question, or "" if the repository is unknown."""
    repository = config.html_theme_options.get("repository_url")
    return f"{repository}/issues/new" if repository else ""


def fill_lists(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write the questions into each list when every page has been read."""
    folders = list(FOLDERS)

    def name_folder(entry: Entry) -> str:
        return entry.docname.rpartition("/")[0]

    for place in find_lists(doctree):
        entries = list_entries(app.env)
        entries.sort(key=lambda entry: folders.index(name_folder(entry)))
        for folder, inside in groupby(entries, name_folder):
            place += make_tag("h2", nodes.Text(FOLDERS[folder]))
            for page, group in groupby(inside, lambda x: x.docname):
                place += list_page(app, page, list(group), docname)


def find_lists(doctree: nodes.document) -> list[Tag]:
    """Return the places of the list."""
    tags = list(doctree.findall(Tag))
    return [tag for tag in tags if tag["html"].get("CLASS") == "question-list"]


def list_page(app: Sphinx, page: str, entries: list[Entry], docname: str) -> Tag:
    """Return the questions of one page below its title."""
    title = app.env.titles[page].deepcopy()
    uri = app.builder.get_relative_uri(docname, page)
    link = nodes.reference("", "", *title.children, refuri=uri, internal=True)
    items = [list_question(app, entry, docname) for entry in entries]
    return make_tag("div", make_tag("h3", link), make_tag("ul", *items))


def list_question(app: Sphinx, entry: Entry, docname: str) -> Tag:
    """Return a question with links to its small page and to its section."""
    words = " ".join([entry.text, *entry.also, entry.section]).replace("`", "")
    uri = app.builder.get_relative_uri(docname, f"q/{entry.slug}")
    small = nodes.reference("", "", *read_words(entry.text), refuri=uri)
    uri = app.builder.get_relative_uri(docname, entry.docname) + f"#{entry.label}"
    section = nodes.reference("", entry.section, refuri=uri, classes=["section"])
    return make_tag("li", small, nodes.Text(" "), section, data_words=words.lower())


def add_filter(
    app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document
) -> None:
    """Load the filter only on a page that has the list."""
    if doctree and find_lists(doctree):
        app.add_js_file("filter-questions.js", loading_method="defer")


def write_json(app: Sphinx, exception: Exception | None) -> None:
    """Write each question with its answer and its addresses."""
    if exception is not None or app.builder.format != "html":
        return
    base = app.config.html_baseurl
    found = [
        {
            "question": entry.text,
            "also": entry.also,
            "answer": entry.answer,
            "address": posixpath.join(base, f"q/{entry.slug}.html"),
            "section": posixpath.join(base, f"{entry.docname}.html#{entry.label}"),
        }
        for entry in list_entries(app.env)
    ]
    text = json.dumps(found, ensure_ascii=False, indent=1)
    (Path(app.outdir) / "questions.json").write_text(text + "\n", "utf-8")


def setup(app: Sphinx) -> None:
    """Register the directive and what fills it, and write the file at the end."""
    app.add_directive("questions", Questions)
    app.add_node(Tag, html=(visit_tag, depart_tag))
    app.connect("doctree-resolved", fill_lists)
    app.connect("html-page-context", add_filter)
    app.connect("build-finished", write_json)
