"""What the recipes promise: each is an answer that can be pasted as it stands."""

import ast
import re
import subprocess
import sys
from importlib import import_module
from itertools import pairwise

import pytest
from conftest import ROOT
from hypothesis import HealthCheck, given, settings

from extensions.page import Cell, find_cell_lines, open_page
from tests.pages.recipes.cases import CASES, COUNTEREXAMPLES, EDGES, REFUSED
from tests.pages.recipes.run import find_faults, run_recipe

FOLDER = ROOT / "docs" / "indexing"
LIST = (FOLDER / "recipes.md").read_text("utf-8")
# The pages of the toctree of the list, in its order.
PAGES = re.findall(r"^\w.* <([\w-]+)>$", LIST, re.MULTILINE)
for name in PAGES:
    import_module(f"tests.pages.recipes.{name.replace('-', '_')}")


def find_recipes(name: str) -> dict[str, Cell]:
    """Return the first cell of each section of a page except the last, by its label."""
    page = open_page(FOLDER / f"{name}.md")
    inside = set(find_cell_lines(page.lines))
    headings = [
        number
        for number, line in enumerate(page.lines, 1)
        if line.startswith("## ") and number not in inside
    ]
    found = {}
    for start, end in pairwise(headings):
        cells = [cell for cell in page.cells if start < cell.line < end]
        assert cells, f"{name}.md:{start}: a recipe without a cell"
        found[page.lines[start - 2].strip("()=")] = cells[0]
    return found


RECIPES = {label: cell for page in PAGES for label, cell in find_recipes(page).items()}


@pytest.fixture(params=RECIPES)
def recipe(request) -> Cell:
    """Return the cell of each recipe in turn."""
    return RECIPES[request.param]


def test_there_are_at_least_seventy_recipes():
    assert len(RECIPES) >= 70


def test_the_list_names_each_recipe_once_and_in_order():
    questions = LIST.partition("(recipes-list)=")[2].partition("(recipes-inputs)=")[0]
    link = r"^- \{ref\}`(\S+)`$|^- \{moved\}`\S+ ([\w-]+)"
    listed = re.findall(link, questions, re.MULTILINE)
    assert [new or moved for new, moved in listed] == list(RECIPES)


def test_a_recipe_runs_in_a_fresh_interpreter_that_finds_nothing_of_ours(recipe):
    command = [sys.executable, "-I", "-W", "error", "-c", recipe.code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_recipe_imports_numpy_and_nothing_else(recipe):
    first, *others = ast.parse(recipe.code).body
    assert ast.unparse(first) == "import numpy as np"
    for node in others:
        assert not isinstance(node, ast.Import | ast.ImportFrom)


def test_a_recipe_has_three_to_eight_lines_below_the_import(recipe):
    _, *lines = [line for line in recipe.code.split("\n") if line]
    assert 3 <= len(lines) <= 8


def test_a_recipe_ends_with_the_shape_of_its_result(recipe):
    last = ast.parse(recipe.code).body[-1]
    assert isinstance(last, ast.Expr)
    assert re.search(r"\.shape\b", ast.unparse(last))


def test_each_recipe_has_cases():
    assert list(CASES) == list(RECIPES)


@pytest.mark.parametrize("label", RECIPES)
def test_a_recipe_is_right_for_any_dtype_layout_and_size(label):
    @settings(
        max_examples=60,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(CASES[label])
    def always(case):
        inputs, wanted = case
        assert find_faults(RECIPES[label], inputs, wanted) == []

    always()


@pytest.mark.parametrize("name", COUNTEREXAMPLES)
def test_a_recipe_is_right_for(name):
    label, inputs, wanted = COUNTEREXAMPLES[name]
    assert find_faults(RECIPES[label], inputs, wanted) == []


@pytest.mark.parametrize("name", EDGES)
def test_a_recipe_states_that(name):
    label, inputs, wanted = EDGES[name]
    assert find_faults(RECIPES[label], inputs, wanted) == []


@pytest.mark.parametrize("name", REFUSED)
def test_a_recipe_refuses(name):
    label, inputs, error = REFUSED[name]
    with pytest.raises(error):
        run_recipe(RECIPES[label], inputs)
