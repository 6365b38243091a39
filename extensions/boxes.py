"""The boxes of a page: its answer, its laws, its exercises.

A law and an exercise have an address of their own (``law-NAME``,
``exercise-NAME``) that other pages and other sites can link to.
"""

import re
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from extensions.copy_controls import Controls
from extensions.law_tests import has_test, name_test
from extensions.releases import mark_changes
from extensions.repository import link_file

ROOT = Path(__file__).parent.parent
NUMPY = "https://numpy.org/doc/stable/"
LEVELS = {"1": "easy", "2": "medium", "3": "hard"}
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
        box += self.make_footer()
        return [box]

    def make_footer(self) -> list[nodes.Node]:
        """Return what follows the content of the box."""
        return []


class Exercise(Box):
    """A task with its level; the two cells below it hold its check and its answer."""

    kind = "exercise"
    required_arguments = 1
    option_spec: ClassVar = {"level": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Return the box, which keeps the name and the level of the exercise."""
        level = self.options.get("level", "")
        if level not in LEVELS:
            levels = ", ".join(f"':level: {n}' ({x})" for n, x in LEVELS.items())
            raise self.error(f"an exercise has one of the levels {levels}")
        (box,) = super().run()
        box["exercise"], box["level"] = self.arguments[0], level
        return [box]


class Law(Box):
    """A rule that can be cited, with its source and the test that checks it."""

    kind = "law"
    required_arguments = 1
    option_spec: ClassVar = dict.fromkeys(
        ["numpy", "source", "changed"], directives.unchanged
    )

    def make_footer(self) -> list[nodes.Node]:
        """Cite the source of the law, name its test, and mark the law if it changed."""
        source = nodes.paragraph(classes=["law-source"])
        source += self.cite_source()
        source += [nodes.Text(" Tested by "), self.link_test(), nodes.Text(".")]
        return [source, Controls(), *self.mark_changes()]

    def mark_changes(self) -> list[nodes.Node]:
        """Return what the title says about the releases that changed the law."""
        names = self.options.get("changed")
        return [mark_changes(self, names)] if names else []

    def cite_source(self) -> list[nodes.Node]:
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
            "a law cites its source: ':numpy: Title <user/page.html#section>', "
            "':numpy: not stated there', ':source: Title <https://...>', "
            "or ':source: derived here'"
        )

    def link_test(self) -> nodes.Node:
        """Name the test, and link its file where the repository is known."""
        file, name = name_test(self.env.docname, self.arguments[0])
        self.env.note_dependency(str(ROOT / file))
        if not has_test(ROOT / file, name):
            raise self.error(f"this law has no test: write {name} in {file}")
        return link_file(self.config, file, nodes.literal(name, name))


def name_boxes(app: Sphinx, doctree: nodes.document) -> None:
    """Do for the titles of boxes what Sphinx does for headings: {ref} and ¶."""
    labels = app.env.domains.standard_domain.labels
    for box in doctree.findall(nodes.admonition):
        for label in box["names"]:
            title = box.next_node(nodes.title)
            labels[label] = (app.env.docname, label, title.astext())
            link = {"refuri": f"#{label}", "reftitle": "Link to this"}
            title += nodes.reference("", "¶", **link, classes=["headerlink"])


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the three boxes; their titles after Sphinx has collected the labels."""
    app.setup_extension("extensions.copy_controls")
    app.connect("doctree-read", name_boxes, priority=900)
    app.add_directive("answer", Box)
    app.add_directive("law", Law)
    app.add_directive("exercise", Exercise)
    return {"parallel_read_safe": True}
