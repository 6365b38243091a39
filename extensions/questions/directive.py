"""A question at the head of the section that answers it.

``:::{question} How do I ...?`` is the box with the question in the words that people
use, and with its answer in at most three sentences. The cells below it show that the
answer is correct. The other modules of this folder make the small page, the list of
questions and ``questions.json`` from it.
"""

import re
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from extensions.copy_controls import Controls
from extensions.questions.registry import Entry, add_entry


def read_words(text: str) -> list[nodes.Node]:
    """Return the nodes of a text that has code between backticks."""
    parts = re.split(r"`([^`]+)`", text)
    return [
        nodes.literal(part, part) if n % 2 else nodes.Text(part)
        for n, part in enumerate(parts)
        if part
    ]


def write_text(node: nodes.Node) -> str:
    """Return the text of a node, with code between backticks."""
    if isinstance(node, nodes.literal):
        return f"`{node.astext()}`"
    if isinstance(node, nodes.math):
        return f"${node.astext()}$"
    if isinstance(node, nodes.Text):
        return node.astext().replace("\n", " ")
    return "".join(map(write_text, node.children))


class Question(SphinxDirective):
    """A question and its answer; extensions.questions.rules checks its form."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = {
        **dict.fromkeys(
            ["slug", "also", "rows", "needs", "fact", "formerly"], directives.unchanged
        ),
        "cells": directives.positive_int,
    }

    def run(self) -> list[nodes.Node]:
        """Return the box, what the search finds, and the keywords of the page."""
        text = "".join(self.arguments)
        box = nodes.admonition(classes=["question"])
        self.set_source_info(box)
        box["slug"], box["options"] = self.options.get("slug", ""), self.options
        # An error message keeps its straight quotes, so that a pasted one is found.
        box += nodes.title(text, "", *read_words(text), support_smartquotes=False)
        self.state.nested_parse(self.content, self.content_offset, box)
        box += Controls(slug=box["slug"], cells=self.options.get("cells"))
        also = split_wordings(self.options.get("also", ""))
        return [box, *self.index_wordings([text, *also]), *write_keywords(also)]

    def index_wordings(self, wordings: list[str]) -> list[nodes.Node]:
        """Let a search for the question, or another wording of it, find the section."""
        words = [text.replace("`", "").replace(";", ",") for text in wordings]
        number = f"index-{self.env.new_serialno('index')}"
        entries = [("single", text, number, "main", None) for text in words if text]
        node = addnodes.index(entries=entries, inline=False)
        self.set_source_info(node)
        return [node, nodes.target("", "", ids=[number])]


def split_wordings(also: str) -> list[str]:
    """Return the wordings that semicolons separate."""
    return [text.strip() for text in also.split(";") if text.strip()]


def write_keywords(also: list[str]) -> list[nodes.Node]:
    """Return the other wordings as keywords, which the search reads too."""
    words = ", ".join(text.replace("`", "") for text in also)
    return [nodes.meta("", name="keywords", content=words)] if words else []


def note_questions(app: Sphinx, doctree: nodes.document) -> None:
    """Note each question of a page, with the label of its section."""
    for box in find_boxes(doctree):
        section = box.parent
        if not isinstance(section, nodes.section):
            continue  # extensions.questions.rules refuses it
        if is_same_text(section[0], box[0]):
            box["classes"].append("asked-by-heading")
        options = box["options"]
        answer = [write_text(child) for child in list_answer(box)]
        entry = Entry(
            slug=box["slug"],
            text=write_text(box[0]),
            answer=" ".join(answer),
            also=split_wordings(options.get("also", "")),
            needs=options.get("needs", ""),
            fact=options.get("fact", ""),
            formerly=options.get("formerly", "").split(),
            docname=app.env.docname,
            label=section["ids"][0],
            section=section[0].astext(),
            line=box.line,
        )
        add_entry(app.env, entry)


def is_same_text(heading: nodes.Node, question: nodes.Node) -> bool:
    """Return whether a heading, such as an error message, is the question itself."""
    return heading.astext().replace("`", "") == question.astext().replace("`", "")


def find_boxes(doctree: nodes.document) -> list[nodes.admonition]:
    """Return the box of each question of a page."""
    return [x for x in doctree.findall(nodes.admonition) if "question" in x["classes"]]


def list_answer(box: nodes.admonition) -> list[nodes.Node]:
    """Return the paragraphs between the question and its controls."""
    return [x for x in box.children[1:] if not isinstance(x, Controls)]
