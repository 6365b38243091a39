"""The reference of the functions in ``examples/``, made from their code.

``:::{function-entry} examples.MODULE.NAME`` below a heading shows the signature and the
docstring, and folds the source code and the tests. ``:::{function-table}`` is a table
of all entries. An entry links to the pages whose cells import the function, and these
pages link to the entry.
"""

from sphinx.application import Sphinx

from extensions.functions import directive, links, registry


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directives, and what fills them when all pages are read."""
    app.setup_extension("extensions.folds")
    app.add_directive("function-entry", directive.FunctionEntry)
    app.add_directive("function-table", directive.FunctionTable)
    # The labels of the sections are known (100), but Sphinx has not read them (500).
    app.connect("doctree-read", registry.note_page, priority=200)
    app.connect("env-purge-doc", registry.forget_page)
    app.connect("env-merge-info", registry.merge_pages)
    app.connect("missing-reference", links.show_plain_names)
    app.connect("doctree-resolved", links.link_page)
    return {"parallel_read_safe": True}
