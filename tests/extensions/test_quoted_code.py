"""A quoted function shows its code, and its docstring is folded."""

import re

import pytest
from conftest import copy_project, make_pages, run_sphinx

from extensions.quoted_code import split_docstring

LONG = '''def halve(x):
    """Return the half of x.

    Parameters
    ----------
    x : float
    """
    return x / 2
'''
SHORT = '''def halve(x):
    """Return the half of x."""
    return x / 2
'''


def test_the_code_keeps_the_first_line_of_its_docstring():
    code, docstring = split_docstring(LONG)
    assert code == SHORT
    assert docstring.startswith("Return the half of x.\n\nParameters\n---")
    assert docstring.endswith("x : float")


BARE = "def halve(x):\n    return x / 2\n"
FILE = '"""Halves.\n\nOf numbers.\n"""\n\nimport numpy as np\n'


@pytest.mark.parametrize("code", [SHORT, BARE, FILE, "import numpy as np\n"])
def test_code_with_nothing_to_fold_stays_as_it_is(code):
    assert split_docstring(code) == (code, "")


def test_the_page_shows_the_code_and_folds_the_docstring(tmp_path):
    quote = (
        ":::{literalinclude} ../examples/halves.py\n:pyobject: halve\n:::\n\n"
        "```{code-cell}\nfrom examples.halves import halve\n\nhalve(1)\n```\n"
    )
    folder = copy_project(tmp_path, make_pages({"one": quote}))
    (folder / "examples" / "halves.py").write_text(LONG, encoding="utf-8")
    run = run_sphinx(folder)
    assert run.returncode == 0, run.stderr
    html = (folder / "_build" / "html" / "one.html").read_text("utf-8")
    before, folded = html.split('<details class="fold">')
    assert "Return the half of x." in before
    assert "Parameters" not in re.sub(r"<[^>]+>", "", before)
    assert "Parameters" in folded
