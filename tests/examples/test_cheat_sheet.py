"""What the cheat sheet says is what NumPy does, and what the pages say."""

import numpy as np
import pytest
from conftest import ROOT

from examples import cheat_sheet
from examples.equation_check import holds
from examples.numerical_gradient import central_difference
from extensions.page import open_page

FORMULAS = {name: x for row in cheat_sheet.FORMULAS for name, x in row.items()}
RNG = np.random.default_rng(0)
A, W, b = RNG.normal(size=(4, 2)), RNG.normal(size=(2, 3)), RNG.normal(size=3)
y = np.array([2, 0, 1, 2])
X = A @ W + b
P = np.exp(X) / np.exp(X).sum(axis=1, keepdims=True)
G = P - np.eye(3)[y]


def sum_losses(logits):
    """Return the sum of the losses, written apart from the sheet."""
    return (np.log(np.exp(logits).sum(axis=1)) - logits[range(4), y]).sum()


def test_the_code_is_that_of_the_front_page():
    cells = open_page(ROOT / "docs" / "index.md").cells
    (code,) = [cell.code for cell in cells if "def delta_cross_entropy" in cell.code]
    assert code == f"import numpy as np\n\n\n{cheat_sheet.CODE.strip()}"


def test_the_formulas_hold():
    softmax = cheat_sheet.run(cheat_sheet.CODE)["softmax"]
    slopes = central_difference(sum_losses, X)
    shift = X.max(axis=1, keepdims=True)
    stable = X - shift - np.log(np.exp(X - shift).sum(axis=1, keepdims=True))
    sides = {
        "Softmax": (softmax(X), P),
        "Loss": (sum_losses(X), -np.log(P[range(4), y]).sum()),
        "Gradient": (slopes, G),
        "Mean": (central_difference(lambda X: sum_losses(X) / 4, X), G / 4),
        "Model": (
            np.vstack(
                [
                    central_difference(lambda W: sum_losses(A @ W + b), W),
                    central_difference(lambda b: sum_losses(A @ W + b), b),
                ]
            ),
            np.vstack([A.T @ G, G.sum(axis=0)]),
        ),
        "Stable": (stable, np.log(P)),
    }
    assert sides.keys() == FORMULAS.keys()
    for name, values in sides.items():
        holds(FORMULAS[name], *values, rtol=1e-7, atol=1e-7)


def test_a_basic_index_gives_a_view_or_a_scalar_and_an_advanced_one_a_copy():
    basic = cheat_sheet.list_selections(cheat_sheet.BASIC)
    assert {x.kind for x in basic} == {"view", "scalar"}
    advanced = cheat_sheet.list_selections(cheat_sheet.ADVANCED)
    assert {x.kind for x in advanced} == {"copy"}


def test_results_are_those_that_numpy_gives():
    shapes = {row.code: row.result for row in cheat_sheet.list_shapes()}
    assert shapes["x[:, i, j]"] == str(np.empty((5, 2, 3)).shape)
    assert shapes["x[i, :, j]"] == str(np.empty((2, 3, 6)).shape)
    writes = {row.code: row.result for row in cheat_sheet.list_writes()}
    assert writes["a[[0, 0, 2]] += 1"] == "[1 0 1]"
    assert writes["a[[0]] -= 0.5"] == "TypeError"
    labels = {row.code: row.result for row in cheat_sheet.list_labels()}
    assert labels["y = [[2], [0], [3]]"] == "9 cells"
    assert labels["y = [2, 0, 4]"] == "IndexError"
    checks = [row.result for row in cheat_sheet.list_checks()]
    assert checks == ["True", "True", f"{np.log(10):.4f}", "[[1. 0.]]"]


def test_a_spelling_that_gives_something_else_is_refused(monkeypatch):
    assert len(cheat_sheet.list_spellings()) == len(cheat_sheet.SPELLINGS)
    monkeypatch.setattr(cheat_sheet, "SPELLINGS", ("grad[:, y] -= 1",))
    with pytest.raises(ValueError, match=r"grad\[:, y\] -= 1 does not give what"):
        cheat_sheet.list_spellings()
