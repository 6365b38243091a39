"""Read a page again when a file that its cells use has changed.

The cells of a page import modules of ``examples/``. Those import others, and read the
data files beside them.
"""

from sphinx.application import Sphinx

from extensions.imports import find_imports, follow_imports
from extensions.page import read_page


def note_files(app: Sphinx, docname: str, source: list[str]) -> None:
    """Tell Sphinx which files of ``examples/`` a page depends on."""
    imports = {x for c in read_page(source[0]).cells for x in find_imports(c.code)}
    for file in follow_imports(imports)[1]:
        app.env.note_dependency(str(file))


def setup(app: Sphinx) -> dict[str, bool]:
    """Look for the imports of a page before it is parsed."""
    app.connect("source-read", note_files)
    return {"parallel_read_safe": True}
