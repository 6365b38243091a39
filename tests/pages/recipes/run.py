"""Run the cell of a recipe on other inputs, and compare what comes out."""

import ast
import math
from typing import Any

import numpy as np

from extensions.page import Cell


def run_recipe(cell: Cell, inputs: dict[str, Any]) -> dict[str, Any]:
    """Run the cell of a recipe on other inputs, and return its variables.

    The first assignment to each input is left out, and so are the assertions, which
    are about the example, and the last line, which shows it.
    """
    *statements, _ = ast.parse(cell.code).body
    waiting, kept = set(inputs), []
    for statement in statements:
        inputs_here = waiting & assigned_names(statement)
        for part in split_assignment(statement) if inputs_here else [statement]:
            names = assigned_names(part)
            if names and names <= waiting:
                waiting -= names
            elif not isinstance(part, ast.Assert):
                kept.append(part)
    assert not waiting, f"the recipe assigns no {waiting}"
    variables = dict(inputs)
    exec(compile(ast.Module(kept, []), "recipe", "exec"), variables)
    return variables


def split_assignment(statement: ast.stmt) -> list[ast.stmt]:
    """Turn ``a, b = 1, 2`` into two assignments, and leave others as they are."""
    (target,) = statement.targets
    if not isinstance(target, ast.Tuple) or not isinstance(statement.value, ast.Tuple):
        return [statement]
    pairs = zip(target.elts, statement.value.elts, strict=True)
    parts = [ast.Assign([name], value) for name, value in pairs]
    return [ast.fix_missing_locations(part) for part in parts]


def assigned_names(statement: ast.stmt) -> set[str]:
    """Return the variables that a plain assignment binds, if it binds nothing else."""
    if not isinstance(statement, ast.Assign) or len(statement.targets) > 1:
        return set()
    (target,) = statement.targets
    parts = target.elts if isinstance(target, ast.Tuple) else [target]
    if not all(isinstance(part, ast.Name) for part in parts):
        return set()
    return {part.id for part in parts}


def same(got: Any, wanted: Any) -> bool:
    """Tell whether nested lists hold equal values; nan is equal to nan."""
    if isinstance(wanted, list | tuple):
        sizes_fit = isinstance(got, list | tuple) and len(got) == len(wanted)
        return sizes_fit and all(map(same, got, wanted))
    if isinstance(wanted, float) and not isinstance(got, list | tuple):
        return math.isclose(got, wanted, rel_tol=1e-9, abs_tol=1e-9) or (
            math.isnan(wanted) and math.isnan(got)
        )
    return bool(got == wanted)


def as_lists(value: Any) -> Any:
    """Return arrays, also inside of lists and tuples, as lists."""
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    if isinstance(value, list | tuple):
        return [as_lists(part) for part in value]
    return value


def find_faults(cell: Cell, inputs: dict[str, Any], wanted: dict[str, Any]) -> list:
    """Return each expression that has another value than the wanted one."""
    variables = run_recipe(cell, inputs)
    found = {text: as_lists(eval(text, variables)) for text in wanted}
    return [
        (text, found[text], wanted[text])
        for text in wanted
        if not same(found[text], as_lists(wanted[text]))
    ]
