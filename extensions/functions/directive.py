"""The entry of a function: autodoc and napoleon read its signature and docstring."""

import inspect
from importlib import import_module

from docutils import nodes
from docutils.parsers.rst import Parser
from docutils.utils import new_document
from sphinx.addnodes import desc, desc_content, pending_xref
from sphinx.util.docutils import SphinxDirective

from extensions.folds import Fold
from extensions.functions.uses import list_tests
from extensions.quoted_code import split_docstring
from extensions.repository import link_file
from extensions.upstream import require

AUTODOC = """
.. default-role:: py:obj

.. auto{kind}:: {name}
   :no-index-entry:
"""


class Entry(nodes.container):
    """The whole entry; its attribute ``function`` is the full name."""


class UsedOn(nodes.General, nodes.Element):
    """The place of the links to pages that use the function of the entry."""


class Overview(nodes.General, nodes.Element):
    """The place of the table of all entries."""


class FunctionTable(SphinxDirective):
    """A table of all functions that have an entry."""

    def run(self) -> list[nodes.Node]:
        """Return the place of the table."""
        return [Overview()]


class FunctionEntry(SphinxDirective):
    """What a function or a class promises, its source code and its tests."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the entry; read its page again in every build, as tests change."""
        self.env.note_reread()
        name = self.arguments[0]
        try:
            function = load_object(name)
        except (ImportError, AttributeError) as error:
            raise self.error(f"{name} does not exist: {error}") from error
        tests = list_tests().get(name)
        if not tests:
            raise self.error(f"no test uses {name}: write one in tests/examples")
        entry = Entry(function=name, classes=["function-entry"])
        self.set_source_info(entry)
        entry += self.describe(name, inspect.isclass(function))
        entry += fold_source(function)
        entry += self.fold_tests(tests)
        entry += UsedOn(function=name)
        return [entry]

    def describe(self, name: str, is_class: bool) -> list[nodes.Node]:
        """Return the signature and the docstring as autodoc shows them."""
        kind = "class" if is_class else "function"
        outer = self.state.document
        document = new_document(outer["source"], outer.settings)
        document.reporter = outer.reporter
        Parser().parse(AUTODOC.format(kind=kind, name=name), document)
        found = document.next_node(desc)
        require(found, "autodoc", f"description of {name}", __name__)
        for node in list(found.findall()):
            if isinstance(node, nodes.Text):
                node.parent.replace(node, nodes.Text(node.replace("-- ", "– ")))
            else:
                node["support_smartquotes"] = False  # a string is code
            if isinstance(node, pending_xref):
                node["in_docstring"] = True  # see links.show_plain_names
        for node in found.next_node(desc_content).children[1:]:
            node["classes"].append("no-search")
        return document.children

    def fold_tests(self, tests: dict[str, list[str]]) -> Fold:
        """Return the names of the tests, below the file that has them."""
        listed = nodes.definition_list()
        for file, names in tests.items():
            link = link_file(self.config, file, nodes.literal(file, file))
            body = nodes.paragraph()
            for number, name in enumerate(names):
                body += [nodes.Text(", " * (number > 0)), nodes.literal(name, name)]
            listed += nodes.definition_list_item(
                "", nodes.term("", "", link), nodes.definition("", body)
            )
        many = count_things(sum(map(len, tests.values())), "test")
        where = count_things(len(tests), "file")
        fold = Fold("", listed, summary=f"Show the {many} in {where}")
        fold["classes"].append("no-search")
        return fold


def load_object(name: str) -> object:
    """Return a function or a class by its full name."""
    module, _, attribute = name.rpartition(".")
    return getattr(import_module(module), attribute)


def summarize(name: str) -> str:
    """Return the first line of the docstring of a function."""
    return (inspect.getdoc(load_object(name)) or "").partition("\n")[0]


def fold_source(function: object) -> Fold:
    """Return the source code, with the first line of its docstring."""
    code, _ = split_docstring(inspect.getsource(function))
    block = nodes.literal_block(code, code, language="python")
    fold = Fold("", block, summary="Show the source code")
    fold["classes"].append("no-search")
    return fold


def count_things(number: int, thing: str) -> str:
    """Return "1 test" or "2 tests"."""
    return f"{number} {thing}{'s' * (number != 1)}"
