"""Each rule of the pages refuses its mistake, and names the line."""

import re

import pytest
from conftest import FRONT

from extensions.page import read_page
from extensions.page_rules import RULES

START = FRONT.count("\n") + 1  # the line of the first character below FRONT
CELL = "```{code-cell}\n%s\n```\n"
ANSWER = CELL % ":tags: [hide-cell]\n\nx = 1"


def apply_rules(text: str) -> list[tuple[int, str]]:
    """Return what the rules say about a page."""
    page = read_page(text)
    return [fault for rule in RULES for fault in rule(page)]


MISTAKES = {
    "a fence that shows code": ("```python\nx = 1\n```\n", 0, "backtick fence"),
    "a fence with a space": ("```{ code-cell }\nx = 1\n```\n", 0, "backtick fence"),
    "a fence with an underscore": ("```{code_cell}\nx = 1\n```\n", 0, "backtick"),
    "a fence of tildes": ("~~~{code-cell}\nx = 1\n~~~\n", 0, "backtick fence"),
    "a cell without an end": ("```{code-cell}\nx = 1\n", 1, "not closed"),
    "an indented cell": ("\t```{code-cell}\n\tx = 1\n\t```\n", 0, "backtick fence"),
    "a cell in a list": ("- ```{code-cell}\n  x = 1\n  ```\n", 0, "backtick fence"),
    "code in colons": (":::{code-cell}\nx = 1\n:::\n", 0, "remove the code directive"),
    "another language": (":::{eval-rst}\n.. code::\n:::\n", 0, "remove the eval-rst"),
    "raw HTML": (":::{raw} html\n<b>\n:::\n", 0, "remove the raw directive"),
    "another file": (":::{include} a.txt\n:::\n", 0, "remove the include directive"),
    "a download": ("{download}`a.csv`\n", 0, "remove the download role"),
    "an invisible character": ("a\u202eb\n", 0, "U[+]202E"),
    "a NUL": ("a\0b\n", 0, "U[+]0000"),
    "a no-break space in code": (CELL % "x =\u00a01", 1, "U[+]00A0"),
    "a note to the author": ("TO" + "DO: explain\n", 0, "was left on the page"),
    "a merge's marker": ("<<<<<<< HEAD\n", 0, "was left on the page"),
    "a link to a disk": ("[it](file:///x.html)\n", 0, "was left on the page"),
    "a substitution": ("NumPy {{ version }}\n", 0, "was left on the page"),
    "a typed number": ("The loss is 0.51.\n", 0, "compute 0[.]51 in a cell"),
    "the number of a section": ("See (Boyd, 3.1.5).\n", 0, "compute 3[.]1[.]5 in"),
    "a typed number below a cell": (
        CELL % "x = 0.51" + "It is 0.51.\n",
        3,
        "compute 0[.]51",
    ),
    "a typed release": ("It is new in NumPy 2.3.\n", 0, "NumPy 2[.]3 is typed"),
    "a typed major release": ("Since NumPy 2 it is.\n", 0, "NumPy 2 is typed"),
    "quoted line numbers": (
        ":::{literalinclude} ../examples/a.py\n:lines: 1-3\n:::\n",
        0,
        "quote a function",
    ),
    "lines of another library's file": (
        ":::{literalinclude} ../examples/libraries/in_jax.py\n:lines: 1-3\n:::\n",
        0,
        "quote a function",
    ),
    "an unused file": (
        ":::{literalinclude} ../examples/a.py\n:::\n" + CELL % "from examples import b",
        0,
        "a is quoted",
    ),
    "an unused quotation": (
        ":::{literalinclude} ../examples/a.py\n:pyobject: softmax\n:::\n"
        + CELL % "from examples.a import log_softmax",
        0,
        "softmax is quoted",
    ),
    "a quotation that another section uses": (
        ":::{literalinclude} ../examples/a.py\n:pyobject: softmax\n:::\n\n## Next\n"
        + CELL % "from examples.a import softmax",
        0,
        "softmax is quoted, but no cell of its section has it",
    ),
    "a law without a cell": (":::{law} a\nText.\n:::\n", 0, "must be proved"),
    "a law whose cell asserts nothing": (
        ":::{law} a\nText.\n:::\n" + CELL % "x = 1",
        0,
        "must be proved",
    ),
    "a law that leans on the next law's cell": (
        ":::{law} a\nText.\n:::\n:::{law} b\nText.\n:::\n" + CELL % "assert 1 + 1 == 2",
        0,
        "must be proved",
    ),
    "an exercise without an answer": (
        ":::{exercise} a\nTask.\n:::\n" + CELL % "x = ...",
        0,
        "an exercise needs",
    ),
    "an exercise without a gap": (
        ":::{exercise} a\nTask.\n:::\n" + CELL % "x = 1" + ANSWER,
        0,
        "an exercise needs",
    ),
    "a misspelled tag": (CELL % ":tags: [remove-cells]\n\nx = 1", 0, "remove-cells"),
    "a tag that hides": (CELL % ":tags: [remove-output]\n\nx = 1", 0, "remove-output"),
    "an unknown option": (CELL % "---\nload: a.py\n---\nx = 1", 0, "'load'"),
    "a shell command": (CELL % "x = 1\n!ls", 2, "not Python"),
    "a magic": (CELL % "%timeit 1", 1, "not Python"),
    "a pager": (CELL % "import numpy as np\nnp.mean?", 2, "not Python"),
    "an empty cell": (CELL % "", 0, "empty"),
    "a module for the system": (CELL % "import os", 1, "may not import os"),
    "an undeclared package": (CELL % "x = 1\nfrom psutil import x", 2, "psutil"),
    "pyplot": (
        CELL % "import matplotlib.pyplot as plt",
        1,
        "may not import .*: call a function in examples/pictures that returns",
    ),
    "an address": (CELL % "x = 1\nid(x)", 2, "can differ in each run"),
    "a version": (CELL % "import numpy\nnumpy.__version__", 2, "the footer"),
    "silenced warnings": (
        CELL % "import warnings\nwarnings.filterwarnings('ignore')",
        2,
        "instead of ignoring it",
    ),
    "silenced warnings by name": (
        CELL % "import warnings\nwarnings.simplefilter(action='ignore')",
        2,
        "instead of ignoring it",
    ),
    "silenced floating point": (
        CELL % "import numpy as np\nnp.seterr(all='ignore')",
        2,
        "with np.errstate",
    ),
    "a hidden import": (CELL % "__import__('os')", 1, "can differ in each run"),
    "an empty proof": (CELL % "x = 1\nassert True", 2, "cannot fail"),
    "a proof that is a pair": (CELL % "assert (1 == 2, 'no')", 1, "cannot fail"),
    "no seed": (
        CELL % "import numpy as np\nnp.random.default_rng()",
        2,
        "a seed: default_rng",
    ),
    "the global generator": (
        CELL % "import numpy as np\nnp.random.rand(3)",
        2,
        "draw random numbers from",
    ),
    "a wide tolerance": (
        CELL % "import numpy as np\nassert np.allclose(1, 2, atol=1e9)",
        2,
        "proves nothing",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_the_mistake_is_refused_at_its_line(name):
    text, line, message = MISTAKES[name]
    found = apply_rules(FRONT + text)
    assert {n for n, _ in found} == {START + line}, found
    assert re.search(message, found[0][1]), found


def test_the_whole_file_of_another_library_is_quoted_without_an_import():
    quoted = ":::{literalinclude} ../../examples/libraries/in_jax.py\n:::\n"
    assert apply_rules(FRONT + quoted) == []


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("", 1),
        (FRONT.replace("mystnb", "mystbn"), 1),
        (FRONT.replace("python3", "python_nope"), 1),
        (FRONT.replace("    description: A page with a fault.\n", ""), 1),
        (FRONT.replace("myst:\n", "nosearch: true\nmyst:\n"), 5),
        (FRONT.replace("myst:\n", "execution:\n  allow_errors: true\nmyst:\n"), 5),
        (FRONT.replace("myst:\n", "mystnb:\n  execution_mode: 'off'\nmyst:\n"), 5),
    ],
)
def test_another_front_matter_is_apply_rules(front, line):
    assert line in [n for n, _ in apply_rules(front + "# Title\n")]


def test_windows_line_ends_are_read_alike():
    text = FRONT + CELL % "x = 1"
    assert read_page(text.replace("\n", "\r\n")) == read_page(text)
