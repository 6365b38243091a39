"""A page is read again when a file changes that its cells use, directly or not."""

import pytest
from conftest import FRONT, ROOT, copy_project, run_sphinx

from extensions.imports import find_imports, find_packages, follow_imports

CELL = """\
```{code-cell}
from examples.outer import VALUE

VALUE
```
"""
INNER = """\
import json
from pathlib import Path

VALUE = %d + json.loads(Path(__file__).with_suffix(".json").read_text())
"""


def list_names(code: str) -> set[str]:
    """Return the files that code uses, as a person would name them."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in follow_imports(find_imports(code))[1]
    }


def test_a_figure_depends_on_the_palette_that_its_grid_imports():
    names = list_names("from examples.pictures.index import draw_index")
    pictures = {"__init__.py", "index.py", "grid.py", "palette.py", "palette.json"}
    assert names >= {"examples/__init__.py"}
    assert names >= {f"examples/pictures/{name}" for name in pictures}
    assert "examples/pictures/training.py" not in names


@pytest.mark.parametrize(
    "code",
    [
        "from examples.pictures import grid",
        "import examples.pictures.grid",
        "import examples.pictures.grid as grid",
        "def f():\n    from examples.pictures.grid import fit",
    ],
)
def test_each_spelling_of_an_import_is_followed(code):
    assert "examples/pictures/palette.py" in list_names(code)


def test_a_relative_import_is_resolved_in_its_package():
    found = set(find_imports("from . import a\nfrom .b import c", "examples.pictures"))
    assert found >= {"examples.pictures.a", "examples.pictures.b"}


@pytest.mark.parametrize("code", ["from . import grid", "import examples.x\nx = "])
def test_code_that_the_build_refuses_imports_nothing(code):
    assert list(find_imports(code)) == []


def test_numpy_is_not_a_file_of_the_project():
    assert list_names("import numpy as np\nimport json") == set()


@pytest.mark.parametrize(
    ("file", "text"), [("inner.py", INNER % 2), ("inner.json", "11")]
)
def test_a_change_below_an_imported_module_changes_the_page(file, text, tmp_path):
    pages = {
        "index.md": f"{FRONT}(home)=\n# Home\n\n{CELL}",
        "../examples/outer.py": "from examples.inner import VALUE\n",
        "../examples/inner.py": INNER % 1,
        "../examples/inner.json": "10",
    }
    folder = copy_project(tmp_path, pages)
    for value, rest in (("11", True), (None, False)):
        run = run_sphinx(folder, fresh=rest)
        assert run.returncode == 0, run.stderr
        html = (folder / "_build" / "html" / "index.html").read_text("utf-8")
        assert f">{value or 12}\n" in html
        (folder / "examples" / file).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("code", "packages"),
    [
        ("import numpy as np", ["numpy"]),
        ("from examples.pictures.index import draw_index", ["matplotlib", "numpy"]),
        ("import pandas.api as api\nimport sympy", ["pandas", "sympy"]),
        ("import scipy", []),
        ("x = ", []),
    ],
)
def test_the_carried_packages_that_a_cell_imports(code, packages):
    carried = ["matplotlib", "numpy", "pandas", "sympy"]
    assert find_packages(code, carried) == packages
