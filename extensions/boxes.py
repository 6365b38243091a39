"""The boxes of a page: its answer, its laws, its exercises.

A law and an exercise have an address of their own (``law-NAME``,
``exercise-NAME``) that other pages and other people can link to.
"""

import os
import re
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from extensions.releases import mark_changes

NUMPY = "https://numpy.org/doc/stable/"
TITLED = re.compile(r"(?P<title>.+?)\s*<(?P<target>[^<>]+)>$")


class Box(SphinxDirective):
    """A titled box; ``kind`` is its class and the first word of its title."""

    kind = "answer"
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the box with its content parsed as MyST."""
        box = nodes.admonition(classes=[self.kind])
        self.set_source_info(box)
        title = self.kind.capitalize()
        if self.arguments:
            title += ": " + self.arguments[0].replace("-", " ")
            label = f"{self.kind}-{self.arguments[0]}"
            box["ids"], box["names"] = [label], [label]  # index entries add ids
            self.state.document.note_explicit_target(box)
        box += nodes.title(title, title)
        self.state.nested_parse(self.content, self.content_offset, box)
        box += self.footer()
        return [box]

    def footer(self) -> list[nodes.Node]:
        """Return what stands below the content."""
        return []


class Exercise(Box):
    """A task; the two cells below it hold its check and its answer."""

    kind = "exercise"
    required_arguments = 1


class Law(Box):
    """A rule that can be cited, with where it is stated and what tests it."""

    kind = "law"
    required_arguments = 1
    option_spec: ClassVar = dict.fromkeys(
        ["numpy", "source", "changed"], directives.unchanged
    )

    def footer(self) -> list[nodes.Node]:
        """Say where the law is stated, which test proves it and when it changed."""
        source = nodes.paragraph(classes=["law-source"])
        source += [
            *self.stated(),
            nodes.Text(" Tested by "),
            self.test(),
            nodes.Text("."),
        ]
        return [source, *self.mark()]

    def mark(self) -> list[nodes.Node]:
        """Return what the title says of the releases that changed the law."""
        names = self.options.get("changed")
        return [mark_changes(self, names)] if names else []

    def stated(self) -> list[nodes.Node]:
        """Link the text that states the law, or say that no cited text does."""
        for option, before, base in (
            ("numpy", "NumPy’s documentation: ", NUMPY),
            ("source", "Source: ", ""),
        ):
            if match := TITLED.match(self.options.get(option, "")):
                link = nodes.reference(
                    "", match["title"], refuri=base + match["target"]
                )
                return [nodes.Text(before), link, nodes.Text(".")]
        if self.options.get("numpy") == "not stated there":
            return [nodes.Text("Not stated in NumPy’s documentation.")]
        if self.options.get("source") == "derived here":
            return [nodes.Text("Derived on this page.")]
        raise self.error(
            "a law says where it is stated: ':numpy: Title <user/page.html#section>', "
            "':numpy: not stated there', ':source: Title <https://...>', "
            "or ':source: derived here'"
        )

    def test(self) -> nodes.Node:
        """Name the test, and link its file where the repository is known."""
        file, name = law_test(self.env.docname, self.arguments[0])
        shown = nodes.literal(name, name)
        if not (repository := os.environ.get("GITHUB_REPOSITORY")):
            return shown
        url = f"https://github.com/{repository}/blob/HEAD/{file}"
        return nodes.reference("", "", shown, refuri=url)


def law_test(page: str, law: str) -> tuple[str, str]:
    """Return the file and the name of a law's test; both follow from the page."""
    folder, _, name = page.rpartition("/")
    name = (folder if name == "index" else name).replace("-", "_")
    return f"tests/laws/test_{name}.py", "test_law_" + law.replace("-", "_")


def name_boxes(app: Sphinx, doctree: nodes.document) -> None:
    """Do for the titles of boxes what Sphinx does for headings: {ref} and ¶."""
    labels = app.env.domains.standard_domain.labels
    for box in doctree.findall(nodes.admonition):
        for label in box["names"]:
            title = box.next_node(nodes.title)
            labels[label] = (app.env.docname, label, title.astext())
            link = {"refuri": f"#{label}", "reftitle": "Link to this"}
            title += nodes.reference("", "¶", **link, classes=["headerlink"])


def visit_drop_down(self: HTML5Translator, node: HideCodeCellNode) -> None:
    """Open a hidden cell, named by what it holds; the theme's summary names nothing."""
    what = "check" if "holds(" in node.astext() else "answer"
    self.body.append(f"<details><summary>Show the {what}</summary>\n")


def depart_drop_down(self: HTML5Translator, node: HideCodeCellNode) -> None:
    """Close a hidden cell."""
    self.body.append("</details>\n")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the three boxes; their titles after Sphinx has collected the labels."""
    app.connect("doctree-read", name_boxes, priority=900)
    drop_down = (visit_drop_down, depart_drop_down)
    app.add_node(HideCodeCellNode, override=True, html=drop_down)
    app.add_directive("answer", Box)
    app.add_directive("law", Law)
    app.add_directive("exercise", Exercise)
    return {"parallel_read_safe": True}
