"""A quoted function shows its code; its docstring is folded below it.

The code keeps the first line of the docstring, so that what a reader copies still says
what it does.
"""

import ast
import inspect
import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from extensions.folds import Fold
from extensions.page import open_page
from extensions.upstream import require

SUMMARY = "Show the parameters, results and errors"
QUOTED = re.compile(r"^:{3,}\{literalinclude\} (\S+\.py)$", re.MULTILINE)


def split_docstring(code: str) -> tuple[str, str]:
    """Return the code with the first line of its docstring only, and the docstring.

    Parameters
    ----------
    code : str
        A function, a class or a whole file.

    Returns
    -------
    shorter : str
        The code; unchanged where it is no function or class, or its docstring has
        one line or is missing.
    docstring : str
        The whole docstring without its indentation, or nothing where the code is
        unchanged.
    """
    definition = ast.parse(code).body[0]
    documented = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    if not isinstance(definition, documented):
        return code, ""  # a whole file
    docstring = ast.get_docstring(definition) or ""
    if "\n" not in docstring:
        return code, ""
    lines = code.splitlines()
    node = definition.body[0]
    first = lines[node.lineno - 1].rstrip()
    lines[node.lineno - 1 : node.end_lineno] = [f'{first}"""']
    return "\n".join(lines) + "\n", inspect.cleandoc(docstring)


def find_quotations(doctree: nodes.document) -> list[nodes.literal_block]:
    """Return each block of code that a page quotes from a Python file."""
    blocks = [
        block
        for block in doctree.findall(nodes.literal_block)
        if str(block.get("source", "")).endswith(".py")
    ]
    path = Path(doctree["source"])
    files = QUOTED.findall("\n".join(open_page(path).lines))
    if any((path.parent / file).is_file() for file in files):
        require(blocks, "Sphinx", "source of a literalinclude", __name__)
    return blocks


def fold_docstrings(app: Sphinx, doctree: nodes.document) -> None:
    """Fold the docstring of each Python function that a page quotes."""
    for block in find_quotations(doctree):
        try:
            shorter, docstring = split_docstring(block.rawsource)
        except SyntaxError:
            continue  # a part of a file, not a whole function
        if docstring:
            block.rawsource = shorter
            block.children = [nodes.Text(shorter)]
            text = nodes.literal_block(docstring, docstring, language="none")
            whole = block.parent if isinstance(block.parent, nodes.container) else block
            fold = Fold("", text, summary=SUMMARY)
            whole.parent.insert(whole.parent.index(whole) + 1, fold)


def setup(app: Sphinx) -> dict[str, bool]:
    """Fold docstrings when a page has been read."""
    app.setup_extension("extensions.folds")
    app.connect("doctree-read", fold_docstrings)
    return {"parallel_read_safe": True}
