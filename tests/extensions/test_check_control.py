"""The check of a formula is a control on the formula's own line."""

import re

import pytest
from conftest import copy_project, make_pages, run_sphinx

FORMULA = """$$
a = b
$$ (eq-one-%s)

"""
CHECK = """```{code-cell}
:tags: [hide-cell]

from examples.equation_check import holds

holds(r"a = b", 1.0, 1.0)
```
"""


@pytest.fixture(scope="module")
def html(tmp_path_factory) -> str:
    """Build a page with a formula, its check, and an answer that is no check."""
    hidden = "```{code-cell}\n:tags: [hide-cell]\n\n%s\n```\n"
    text = FORMULA % "first" + CHECK + "Then.\n\n" + hidden % "answer = 42"
    text += "Last.\n\n" + hidden % "assert answer == 42"
    code = "assert answer\nprint(answer + 1)"
    text += "Code.\n\n" + hidden.replace("hide-cell", "hide-input") % code
    code = "from examples.measurements import tabulate_study\n\n"
    code += 'print(tabulate_study("take", ["ratio"]))'
    text += "Times.\n\n" + hidden % code
    pages = make_pages({"one": text})
    folder = copy_project(tmp_path_factory.mktemp("control"), pages)
    run = run_sphinx(folder)
    assert run.returncode == 0, run.stderr
    return (folder / "_build" / "html" / "one.html").read_text("utf-8")


def test_the_check_stands_between_the_formula_and_its_number(html):
    block = re.search(
        r'<div class="math" id="equation-eq-one-first">.*?Then', html, re.S
    )
    parts = ['class="formula"', '<details class="check">', "holds", 'class="eqno"']
    at = [block[0].find(part) for part in parts]
    assert -1 not in at
    assert at == sorted(at)


def test_a_screen_reader_hears_what_is_checked(html):
    (name,) = re.findall(r'class="check"><summary>(.*?)</summary>', html)
    assert re.sub(r"<[^>]+>", "", name) == "check of this equation"


def test_an_answer_stays_where_it_is(html):
    assert html.index("Then.") < html.index("Show the answer") < html.index(">42<")


def test_a_folded_cell_with_an_assertion_is_a_check(html):
    assert html.index("Last.") < html.index("Show the check")


def test_folded_code_leaves_its_output_visible(html):
    end = html.partition("Code.")[2]
    assert end.index("Show the code") < end.index("</details>") < end.index("43")


def test_a_folded_table_is_called_a_table(html):
    end = html.partition("Times.")[2]
    assert end.index("Show the table") < end.index("x.take") < end.index("</details>")
