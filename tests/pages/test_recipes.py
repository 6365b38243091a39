"""What the recipes promise: each is an answer that can be pasted as it stands."""

import ast
import re
import subprocess
import sys

import pytest
from conftest import ROOT
from hypothesis import HealthCheck, given, settings

from extensions.page import Cell, find_cell_lines, read_page
from tests.pages.recipe_cases import (
    CASES,
    COUNTEREXAMPLES,
    EDGES,
    REFUSED,
    find_faults,
    run_recipe,
)

PAGE = read_page((ROOT / "docs" / "indexing" / "recipes.md").read_text("utf-8"))


def recipes() -> dict[str, Cell]:
    """Return the first cell below each heading of the third level, by its label."""
    inside = set(find_cell_lines(PAGE.lines))
    headings = [
        number
        for number, line in enumerate(PAGE.lines, 1)
        if line.startswith("#") and number not in inside
    ]
    found = {}
    for start, end in zip(headings, [*headings[1:], len(PAGE.lines)], strict=True):
        if PAGE.lines[start - 1].startswith("### "):
            cells = [cell for cell in PAGE.cells if start < cell.line < end]
            assert cells, f"line {start}: a recipe without a cell"
            found[PAGE.lines[start - 2].strip("()=")] = cells[0]
    return found


RECIPES = recipes()


@pytest.fixture(params=RECIPES)
def recipe(request) -> Cell:
    """Return the cell of each recipe in turn."""
    return RECIPES[request.param]


def test_there_are_at_least_thirty_recipes():
    assert len(RECIPES) >= 30


def test_the_list_names_each_recipe_once_and_in_order():
    below = PAGE.lines.index("(recipes-list)=")
    listed = re.findall(r"^- \{ref\}`(.+)`$", "\n".join(PAGE.lines[below:]), re.M)
    assert listed == list(RECIPES)


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
