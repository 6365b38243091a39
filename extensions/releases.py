"""Name releases of NumPy from one file, so that no two pages can disagree.

``{release}`NAME` `` in a sentence gives the release of a fact of
``examples/version_facts.toml``, such as "NumPy 2.3", with a link to its source.
``:::{changed} NAME`` below a heading, or ``:changed: NAME`` in a law, puts "changed
in NumPy 2.3" beside the title.
``:::{wording} NAME`` quotes the error or the warning from before a fact.
``:::{changes} NAME NAME`` is a table of facts, in the order of their releases.
"""

import re

from docutils import nodes
from numpy.lib import NumpyVersion
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.writers.html5 import HTML5Translator

from examples.version_facts import FACTS, FILE, match_template

logger = logging.getLogger(__name__)


class changed(nodes.inline):  # noqa: N801, the name of a node is in lower case
    """What a title says of releases; no part of its text, in lists and searches."""

    def astext(self) -> str:
        """Return no text, so that the title stays what its author wrote."""
        return ""


def link_release(name: str) -> nodes.reference:
    """Return the release of a fact as a link to what NumPy says about it."""
    if name not in FACTS:
        raise ValueError(
            f"{name!r} is not a fact; expected a name in examples/version_facts.toml"
        )
    fact = FACTS[name]
    text = f"NumPy {fact.release}"
    change = f"Before: {fact.before} Since: {fact.after}".replace("`", "")
    link = {"refuri": fact.source, "reftitle": change, "classes": ["release"]}
    return nodes.reference("", text, **link)


class Release(SphinxRole):
    """The role that names the release of a fact."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link; the page is read again when the file of facts changes."""
        self.env.note_dependency(str(FILE))
        try:
            return [link_release(self.text)], []
        except ValueError as error:
            message = self.inliner.reporter.error(str(error), line=self.lineno)
            problem = self.inliner.problematic(self.rawtext, self.rawtext, message)
            return [problem], [message]


def mark_changes(directive: SphinxDirective, names: str) -> changed:
    """Return "changed in NumPy 2.1, NumPy 2.5" for the names of two facts."""
    directive.env.note_dependency(str(FILE))
    mark = changed("", "changed in ")
    try:
        for number, name in enumerate(names.split()):
            mark += [nodes.Text(", " * (number > 0)), link_release(name)]
    except ValueError as error:
        raise directive.error(str(error)) from error
    return mark


class Changed(SphinxDirective):
    """The mark of a section whose subject has changed."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Leave the mark where `move_marks` finds it."""
        mark = mark_changes(self, self.arguments[0])
        self.set_source_info(mark)
        return [mark]


class Wording(SphinxDirective):
    """The error or the warning that older releases give, for a section about it."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a sentence with the older message."""
        self.env.note_dependency(str(FILE))
        name = self.arguments[0]
        try:
            link = link_release(name)
            message = nodes.literal("", quote_older_message(name, self.find_title()))
        except ValueError as error:
            raise self.error(str(error)) from error
        before, was, stop = map(nodes.Text, ("Before ", ", the message was ", "."))
        return [nodes.paragraph("", "", before, link, was, message, stop)]

    def find_title(self) -> str:
        """Return the title of the section."""
        title = self.state_machine.node.next_node(nodes.title)
        return title.astext() if title else ""


class Changes(SphinxDirective):
    """A table of facts, for a page about what changed over several releases."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the table, with one row for each fact."""
        self.env.note_dependency(str(FILE))
        try:
            table = tabulate_facts(self.arguments[0].split())
        except ValueError as error:
            raise self.error(str(error)) from error
        return self.parse_text_to_nodes(table)


def tabulate_facts(names: list[str]) -> str:
    """Return a Markdown table of facts, in the order of their releases."""
    if unknown := [name for name in names if name not in FACTS]:
        raise ValueError(f"not facts of examples/version_facts.toml: {unknown}")
    facts = sorted(map(FACTS.get, names), key=lambda fact: NumpyVersion(fact.since))
    rows = [f"| {{release}}`{x.name}` | {x.before} | {x.after} |" for x in facts]
    return "\n".join(["| Since | Before | Now |", "| --- | --- | --- |", *rows])


def quote_older_message(name: str, newer: str) -> str:
    """Return the first line of the message from before a fact.

    It has the names and the numbers of `newer`, the message since the fact. A part
    that `newer` does not give is an ellipsis.
    """
    fact = FACTS[name]
    older = fact.result_before.strip().partition("\n")[0]
    if not re.match(r"\w+(Error|Warning): ", older):
        raise ValueError(f"{name!r} has no error or warning as its 'result_before'")
    values = match_template(newer, fact.result_after.strip()) or {}
    return re.sub(r"\{(\w+)\}", lambda part: values.get(part[1], "…"), older)


def move_marks(app: Sphinx, doctree: nodes.document) -> None:
    """Move each mark into the title above it, before the sign of a permalink."""
    for mark in list(doctree.findall(changed)):
        title = mark.parent.next_node(nodes.title)
        if title is None or title.parent is not mark.parent:
            logger.warning("'changed' must stand below a heading", location=mark)
            continue
        mark.parent.remove(mark)
        end = isinstance(title[-1], nodes.reference) and title[-1].get("reftitle")
        title.insert(len(title) - bool(end == "Link to this"), mark)


def visit_changed(self: HTML5Translator, node: changed) -> None:
    """Open a mark."""
    self.body.append(" " + self.starttag(node, "small", "", CLASS="changed"))


def depart_changed(self: HTML5Translator, node: changed) -> None:
    """Close a mark."""
    self.body.append("</small>")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the role and the mark; titles have been collected when it moves."""
    app.add_role("release", Release())
    app.add_directive("changed", Changed)
    app.add_directive("wording", Wording)
    app.add_directive("changes", Changes)
    app.add_node(changed, html=(visit_changed, depart_changed))
    app.connect("doctree-read", move_marks, priority=950)
    return {"parallel_read_safe": True}
