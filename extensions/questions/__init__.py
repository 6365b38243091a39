"""Questions: each has a box in its section, a small page of its own, and a list."""

from sphinx.application import Sphinx

from extensions.questions import directive, listing, registry, rules, small_page


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive, the check of addresses, and what is made from it."""
    app.add_directive("question", directive.Question)
    app.setup_extension("extensions.copy_controls")
    app.connect("doctree-read", directive.note_questions)
    app.connect("env-purge-doc", registry.forget_page)
    app.connect("env-merge-info", registry.merge_pages)
    app.connect("env-updated", rules.check_addresses)
    listing.setup(app)
    small_page.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
