"""The entry of a function shows its code and its tests, and leads to its pages."""

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from conftest import copy_project, make_pages, run_sphinx
from search import list_found, read_script
from sphinx.util.inventory import InventoryFile

from extensions.functions.registry import Noted, forget_page, merge_pages
from extensions.functions.uses import find_uses

CODE = '''def halve(x):
    """Return the half of `x`.

    Parameters
    ----------
    x : {"one", float}
        As in `double`.
    """
    return x / 2


def double(x):
    """Return twice `x`."""
    return x + x
'''
TESTS = """from examples.halves import double, halve

CASES = [double(1), 4]

def test_half():
    assert halve(2) == 1

def test_twice():
    assert CASES[0] == 2
"""
REFERENCE = """
:::{function-table}
:::

(functions-halve)=
## `halve`

:::{function-entry} examples.halves.halve
:::

(functions-double)=
## `double`

:::{function-entry} examples.halves.double
:::
"""
USER = """
:::{literalinclude} ../examples/halves.py
:pyobject: halve
:::

```{code-cell}
from examples.halves import halve

halve(1)
```

See {py:func}`examples.halves.double`.

(user-next)=
## Next
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build a small site with two entries, and a page that uses one of them."""
    pages = make_pages({"functions": REFERENCE, "user": USER})
    conf = "\nhtml_theme_options['repository_url'] = 'https://github.com/a/b'\n"
    folder = copy_project(tmp_path_factory.mktemp("functions"), pages, conf)
    (folder / "examples" / "halves.py").write_text(CODE, "utf-8")
    (folder / "tests" / "examples").mkdir(parents=True)
    (folder / "tests" / "examples" / "test_halves.py").write_text(TESTS, "utf-8")
    run = run_sphinx(folder)
    assert run.returncode == 0, run.stderr
    return folder / "_build" / "html"


def open_html(built, name: str) -> BeautifulSoup:
    """Return a page of the small site."""
    return BeautifulSoup((built / name).read_text("utf-8"), "html.parser")


def list_links(node) -> list[str]:
    """Return the addresses to which the links in a part of a page lead."""
    return [x["href"] for x in node.select("a:not(.headerlink)")]


def test_an_entry_shows_the_signature_and_the_docstring(built):
    entry = open_html(built, "functions.html").select_one("#functions-halve dl.py")
    assert entry.select_one("dt.sig").text.strip() == "examples.halves.halve(x)"
    assert 'x ({"one", float})' in entry.text
    assert list_links(entry) == ["#functions-double"]
    assert "function" in entry["class"]


def test_an_entry_folds_the_source_code_and_the_tests(built):
    folds = open_html(built, "functions.html").select("#functions-double details.fold")
    assert not any(fold.has_attr("open") for fold in folds)
    code, tests = folds
    assert code.pre.text.startswith("def double(x):")
    assert tests.summary.text == "Show the 1 test in 1 file"
    assert tests.dd.text.strip() == "test_twice"
    file = "https://github.com/a/b/blob/HEAD/tests/examples/test_halves.py"
    assert list_links(tests) == [file]


def test_an_entry_and_the_page_that_uses_it_link_to_each_other(built):
    entry = open_html(built, "functions.html").select_one("#functions-halve")
    links = [link for link in list_links(entry) if "user" in link]
    assert links == ["user.html#user", "user.html"]
    line = open_html(built, "user.html").select_one("#user-next p.function-links")
    assert line.text == "The function reference describes halve."
    assert list_links(line) == ["functions.html", "functions.html#functions-halve"]


def test_the_table_has_each_function(built):
    rows = open_html(built, "functions.html").select("tbody tr")
    words = [[cell.text.strip() for cell in row.select("td")] for row in rows]
    assert words == [
        ["halve", "Return the half of x.", "user"],
        ["double", "Return twice x.", ""],
    ]


def test_other_pages_and_projects_refer_to_a_function(built):
    user = open_html(built, "user.html").select_one("article")
    assert "functions.html#functions-double" in list_links(user)
    inventory = InventoryFile.loads((built / "objects.inv").read_bytes(), uri="")
    functions = {x: y.uri for x, y in inventory.data["py:function"].items()}
    assert functions == {
        "examples.halves.double": "functions.html#functions-double",
        "examples.halves.halve": "functions.html#functions-halve",
    }


def test_the_search_has_the_name_and_the_first_line_of_an_entry(built):
    titles = [x.title for x in list_found(built)]
    text = read_script(built, "text")[titles.index("halve")]
    assert text == ["Return the half of x.", "", ""]


def test_what_another_process_has_read_is_merged():
    def note(name):
        return Noted({}, {f"examples.{name}"}, {})

    env, other = (SimpleNamespace(functions={x: note(x)}) for x in "ab")
    other.functions["left-out"] = note("c")
    merge_pages(None, env, ["b"], other)
    assert env.functions == {"a": note("a"), "b": note("b")}
    forget_page(None, env, "a")
    assert list(env.functions) == ["b"]


CALLS = """from examples import a as b
from examples.c import f

def call():
    return b.g()

@pytest.fixture
def made():
    return f()

def test_name(): f()
def test_module(): b.g()
def test_other_module(): numpy.f()
def test_helper(): call()
def test_fixture(made): pass
"""


def test_a_test_uses_a_function_directly_or_through_its_file():
    assert list(find_uses(CALLS)) == [
        ("examples.c.f", "test_name"),
        ("examples.a", "test_module"),
        ("examples.a.g", "test_module"),
        ("examples.a", "test_helper"),
        ("examples.a.g", "test_helper"),
        ("examples.c.f", "test_fixture"),
    ]
