"""What the build refuses, seen in one site where each page has one fault.

Each fault is refused with its page and its line, and the build fails.
"""

import re

import pytest
from conftest import FRONT, ROOT, copy_project, make_pages, run_sphinx

CELL = "```{code-cell}\n%s\n```\n"
RAISES = CELL % ":tags: [raises-exception]\n\n%s"
LAW = ":::{law} %s\n:numpy: not stated there\n\nText.\n:::\n\n"
AGAIN = LAW % "again" + CELL % "assert 1 + 1 == 2"
BOX = ":::{%s\nText.\n:::\n\n"
GAP = "answer = ...\n%s if answer is ... else %s"
EXERCISE = BOX % "exercise} of-%s\n:level: 1\n"
ANSWER = CELL % ":tags: [hide-cell]\n\nanswer = %s"
SOFTMAX = "from examples.softmax_cross_entropy import softmax\n\n"
FORMULA = "$$\na = b\n$$ (eq-%s)\n\n"
QUESTION = ":::{question} Why?\n:%s\nSo.\n:::\n" + CELL % "1 + 1"
HOLDS = "from examples.equation_check import holds\n\nholds(r'%s', 1, 1)"
NAMED = HOLDS.replace("holds(r'%s'", "formula = r'%s'\nholds(formula")

# page: (text below its heading, line of the fault counted from there, what is said)
FAULTS = {
    "raises": (CELL % "x = 1\n1 / 0", 2, "cell 1 raised ZeroDivisionError: division"),
    "second": (CELL % "x = 1" + CELL % "y", 4, "cell 2 raised NameError"),
    "in-example": (
        CELL % "from examples.softmax_cross_entropy import softmax\n\nsoftmax('a')",
        3,
        r"raised .*\(examples/softmax_cross_entropy.py:\d+",
    ),
    "after-failure": (CELL % "1 / 0" + CELL % "x", 4, "this cell was not executed"),
    "killed": (CELL % "__import__('os')._exit(0)", 1, "cell 1 killed its kernel"),
    "warns": (
        CELL % "import warnings\n\nwarnings.warn('x')",
        1,
        "stderr: .*UserWarning: x",
    ),
    "warns-deprecated": (
        CELL % "import warnings\n\nwarnings.warn('x', DeprecationWarning)",
        1,
        "stderr: .*DeprecationWarning: x",
    ),
    "no-promise": (RAISES % "1 / 0", 3, "first line must be '# raises TheError'"),
    "kept-no-promise": (
        RAISES % "# raises ValueError\nx = 1",
        3,
        "promises ValueError and raised nothing",
    ),
    "other-promise": (
        RAISES % "# raises ValueError\n1 / 0",
        3,
        "promises ValueError and raised ZeroDivisionError",
    ),
    "printed": (
        CELL % "print('Traceback (most recent call last):')",
        1,
        "printed, not raised",
    ),
    "progress": (CELL % r"print('1/5\r2/5')", 1, "carriage return"),
    "address": (CELL % "object()", 1, "memory address"),
    "set-of-strings": (CELL % "{'a', 'b'}", 1, "a set of strings, whose order can"),
    "megabytes": (CELL % "print('0123456789' * 5000)", 1, "gives 50001 characters"),
    "html": (
        CELL % "class A:\n    def _repr_html_(self):\n        return '<b>'\n\n\nA()",
        1,
        "gives text/html",
    ),
    "png": (
        CELL % "class A:\n    def _repr_png_(self):\n        return b'0'\n\n\nA()",
        1,
        "gives image/png, which cannot follow the theme: call a function in examples",
    ),
    "pyplot": (
        CELL % "import pandas as pd\n\npd.Series([1, 2]).plot()",
        3,
        "raised ImportError: a pyplot figure cannot follow the theme: call a function "
        "in examples/pictures that returns a matplotlib.figure.Figure",
    ),
    "figure-as-text": (
        CELL % "from examples.pictures.index import draw_index\n\n[draw_index([1], 0)]",
        1,
        "publishes a figure as text",
    ),
    "figure-not-drawn": (
        CELL % "from examples.pictures.index import draw_index\n\n"
        "figure = draw_index([1], 0)\nfigure.draw = None\nfigure",
        1,
        "cell 1 raised",
    ),
    "heading": ("## No label\n", 0, "heading 'No label' has no label"),
    "raw-html": ("<b>bold</b>\n", 0, "write Markdown, not raw HTML"),
    "comment": ("<!-- begun\n\ntext\n", 0, "write Markdown, not raw HTML"),
    "release": ("Since {release}`no-fact`.\n", 0, "'no-fact' is not a fact"),
    "changed": (":::{changed} no-fact\n:::\n", 0, "'no-fact' is not a fact"),
    "law-source": (
        ":::{law} nowhere\nText.\n:::\n" + CELL % "assert True",
        0,
        "a law cites its source",
    ),
    "law-first": (AGAIN, 0, ""),
    "law-second": (AGAIN, 0, "duplicate label law-again"),
    "law-untested": (
        LAW % "no-test" + CELL % "assert 1 + 1 == 2",
        0,
        "this law has no test: write test_law_no_test in tests/laws/test_law_untested",
    ),
    "law-leans": (
        CELL % "x = 1" + LAW % "of-leans" + CELL % "y = 1\nassert x == y",
        11,
        "must run alone, .* but it raised NameError: name 'x' is not defined",
    ),
    "law-ours": (
        LAW % "of-ours" + CELL % (SOFTMAX + "assert softmax"),
        7,
        "must run alone, .* but it raised ModuleNotFoundError: No module named 'exam",
    ),
    "law-scipy": (
        LAW % "of-scipy" + CELL % "import scipy\n\nassert scipy",
        7,
        "must run alone, .* but it raised ModuleNotFoundError: No module named 'scipy",
    ),
    "law-function": (
        LAW % "of-function"
        + CELL % "def f():\n    return x\n\n\nx = 1\nassert f() == 1",
        0,
        "",
    ),
    "answer-leans": (
        CELL % "x = 1" + BOX % "answer}" + CELL % "x",
        8,
        "must run alone, .* but it raised NameError",
    ),
    "exercise-solved": (
        EXERCISE % "solved" + CELL % GAP % ("'right'", "'right'") + ANSWER % 1,
        7,
        "must say 'not yet' and give a hint, but it says 'right'",
    ),
    "exercise-silent": (
        EXERCISE % "silent" + CELL % GAP % ("None", "'right'") + ANSWER % 1,
        7,
        "must say 'not yet' and give a hint, but it says ''",
    ),
    "exercise-leans": (
        CELL % "x = 1" + EXERCISE % "leans" + CELL % GAP % ("x", 1) + ANSWER % 1,
        11,
        "must say 'not yet' and give a hint, but it raised NameError",
    ),
    "exercise-wrong": (
        EXERCISE % "wrong" + CELL % GAP % ("'not yet'", "'no'") + ANSWER % 1,
        13,
        "must turn its exercise into 'right', but it says 'no'",
    ),
    "exercise-fails": (
        EXERCISE % "fails" + CELL % GAP % ("'not yet'", "'right'") + ANSWER % "y",
        13,
        "must turn its exercise into 'right', but it raised NameError: name 'y'",
    ),
    "exercise-good": (
        EXERCISE % "good" + CELL % GAP % ("'not yet: 1'", "'right'") + ANSWER % 1,
        0,
        "",
    ),
    "exercise-level": (
        BOX % "exercise} of-level" + CELL % GAP % ("'not yet'", "'right'") + ANSWER % 1,
        0,
        r"has one of the levels ':level: 1' \(easy\)",
    ),
    "exercise-sheet": (":::{exercise-sheet} nothing\n:::\n", 0, "one of table, easy"),
    "unlabelled": ("$$\na = b\n$$\n", 0, "needs a label"),
    "unchecked": (FORMULA % "unchecked", 0, "no cell checks this formula"),
    "one-character": (
        FORMULA % "differs" + CELL % HOLDS % "a = c",
        0,
        "no cell checks this formula",
    ),
    "named": (FORMULA % "named" + CELL % NAMED % "a = b", 0, ""),
    "named-differs": (
        FORMULA % "named-differs" + CELL % NAMED % "a = c",
        0,
        "no cell checks this formula",
    ),
    "one-side": (
        FORMULA % "sides" + CELL % HOLDS.replace(", 1, 1", ", 1, 1, 1") % "a = b",
        0,
        "has 2 sides, but its check gives 3",
    ),
    "define-and-derive": ("$$\na := b = c\n$$ (eq-both)\n", 0, "in the next"),
    "definition": (
        "$$\na := b\n$$ (eq-definition)\n\n" + CELL % HOLDS % "a := c",
        7,
        r"does not quote a formula of the page; .* is at definition\.md:13",
    ),
    "reference": (
        "By $a := b$, $c$ ({eq}`eq-definition`).\n",
        0,
        "quote a part of the",
    ),
    "bare-reference": ("By {eq}`eq-definition`.\n", 0, "quote a part of the equation"),
    "good-reference": ("By $a := b$ ({eq}`eq-definition`).\n", 0, ""),
    "no-formula": (CELL % HOLDS % "a = b", 3, "does not quote a formula of the page"),
    "slug-first": (QUESTION % "slug: taken", 0, ""),
    "slug-second": (
        QUESTION % "slug: free\n:formerly: taken",
        0,
        r"the slug 'taken' is taken by slug-first.md, line \d+",
    ),
    "recorded": (
        ":::{recorded} PyTorch\nimport torch\n\ntorch.ones(17)\n:::\n",
        0,
        "this code is not in examples/libraries/recorded.json",
    ),
    "index-explorer": (":::{index-explorer} nothing\n:::\n", 0, "expected one of line"),
    "training-explorer": (
        ":::{training-explorer} nothing\n:::\n",
        0,
        "expected one of right, left-out, ",
    ),
    "moved": (":::{moved} moved-old no-such\n:::\n", 0, "undefined label: 'no-such'"),
    "moved-item": ("- {moved}`moved-its no-such`\n", 0, "undefined label: 'no-such'"),
    "moved-alone": ("- {moved}`no-such`\n", 0, "expected {moved}`old-label new-label`"),
    "no-function": (
        ":::{function-entry} examples.spiral.make_circle\n:::\n",
        0,
        "examples.spiral.make_circle does not exist",
    ),
    "no-test": (
        ":::{function-entry} examples.spiral.make_spiral\n:::\n",
        0,
        "no test uses examples.spiral.make_spiral",
    ),
    "bibliography": (":::{bibliography} none\n:::\n", 0, "has one of the kinds paper,"),
    "count": ("{count}`none`\n", 0, "'none' is not counted; expected one of: pages,"),
    "link": ("[it](#no-such)\n", 0, "no-such"),
    "eval": ("{eval}`no_such`\n\n" + CELL % "x = 1", 0, "no_such"),
}


# Lines that are added to conf.py, and what is said about each of them. The settings
# that hide a fault are undone, so that the faults above are still refused.
SETTINGS = {
    "exclude_patterns = ['left-out.md']": "may not exclude a page",
    "nb_exection_mode = 'force'": "neither Sphinx nor .* setting 'nb_exection_mode'",
    "suppress_warnings = ['ref', 'myst', 'mystnb']": "instead of suppressing it",
    "nb_execution_allow_errors = True": "tag a cell that fails raises-exception",
    "nb_execution_excludepatterns = ['second*']": "execute the cells of every page",
    "html_logo = 'docs/_static/no-such.svg'": "no-such.svg' does not exist",
    "html_theme_options['show_toc'] = 2": "unsupported theme option 'show_toc' given",
    "html_css_files = ['no-such.css']": "no-such.css must be a file in docs/_static",
    "html_js_files = ['https://example.com/a.js']": "a.js must be a file in docs/",
}


@pytest.fixture(scope="module")
def messages(tmp_path_factory) -> str:
    """Build the site of faults once."""
    pages = make_pages({name: text for name, (text, _, _) in FAULTS.items()})
    pages["left-out.md"] = f"{FRONT}(left-out)=\n# Left out\n"
    pages["part.txt"] = "text"
    pages["_static/asks.js"] = 'let x;\nfetch("https://example.com/x");\n'
    conf = "\n".join(SETTINGS) + "\n"
    folder = copy_project(tmp_path_factory.mktemp("refused"), pages, conf)
    (folder / "tests" / "laws" / "test_law_untested.py").unlink()
    run = run_sphinx(folder)
    assert run.returncode == 1, run.stderr
    return re.sub(r"\x1b\[[0-9;]*m", "", run.stderr)


@pytest.mark.parametrize("name", [name for name in FAULTS if not FAULTS[name][2]])
def test_a_good_page_is_not_refused(name, messages):
    assert not re.search(rf"^\S+/docs/{name}\.md:", messages, re.MULTILINE)


@pytest.mark.parametrize("name", [name for name in FAULTS if FAULTS[name][2]])
def test_the_fault_is_refused_at_its_line(name, messages):
    _, line, message = FAULTS[name]
    said = [x for x in messages.splitlines() if f"/docs/{name}.md" in x]
    at = FRONT.count("\n") + 4 + line
    wanted = rf"/docs/{name}\.md:{at}: (WARNING|ERROR).*{message}"
    assert [x for x in said if re.search(wanted, x)], said or messages


def test_a_page_that_is_left_out_is_refused(messages):
    assert "docs/left-out.md:1: WARNING: conf.py excludes this page" in messages


def test_a_file_that_is_no_page_is_refused(messages):
    assert "docs/part.txt:1: WARNING: a page must be a Markdown file" in messages


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.md", b"\xe9\n", "docs/a.md:1: error: the file must be UTF-8"),
        ("b.md", None, "docs/b.md:1: error: a page must be a Markdown file"),
    ],
)
def test_a_page_that_cannot_be_read_is_named(tmp_path, name, data, said):
    folder = copy_project(tmp_path, {"index.md": f"{FRONT}(home)=\n# Home\n"})
    path = folder / "docs" / name
    if data is None:
        path.mkdir()
    else:
        path.write_bytes(data)
    run = run_sphinx(folder)
    assert run.returncode == 2
    assert said in run.stderr


@pytest.mark.parametrize("number", range(len(SETTINGS)))
def test_a_setting_is_refused_at_its_line(number, messages):
    last = (ROOT / "conf.py").read_text("utf-8").count("\n")
    wanted = rf"conf\.py:{last + number + 1}: WARNING: .*{[*SETTINGS.values()][number]}"
    assert re.search(wanted, messages), messages


def test_a_file_that_asks_another_host_is_refused(messages):
    wanted = r"asks\.js:2: WARNING: no file may ask another host: fetch.*example\.com"
    assert re.search(wanted, messages)


def test_an_extension_that_is_missing_is_named(tmp_path):
    pages = {"index.md": f"{FRONT}(home)=\n# Home\n"}
    run = run_sphinx(copy_project(tmp_path, pages, "extensions += ['no_such']\n"))
    assert run.returncode == 2
    assert re.search(r"conf\.py:\d+: error: the extension no_such is", run.stderr)


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("x = 1\nwhile True:\n    pass", r"index.md:1[567]: error: cell 1 "),
        ("from examples.waits import x", r"examples/waits.py:2"),
    ],
)
def test_a_cell_that_takes_too_long_stops_the_build(tmp_path, code, place):
    pages = {"index.md": f"{FRONT}(home)=\n# Home\n\n{CELL % code}"}
    folder = copy_project(tmp_path, pages)
    waits = "import time\ntime.sleep(1000)\nx = 1\n"
    (folder / "examples" / "waits.py").write_text(waits, encoding="utf-8")
    run = run_sphinx(folder, "--define=nb_execution_timeout=3")
    assert run.returncode == 2
    assert "took more than 3 seconds" in run.stderr
    assert re.search(place, run.stderr), run.stderr
