"""The build knows which formulas state an equality, and how many sides it has."""

import pytest

from extensions.equations import find_relations

FORMULAS = {
    r"a = b": ["="],
    r"a := b": [":="],
    r"a = b = c": ["=", "="],
    r"a \ne b \le c": [],
    r"\sum_{k=1}^{K} p_k": [],
    r"[y = k]": [],
    r"p_k - [y = k] = q": ["="],
    r"\left(a = b\right) = c": ["="],
    r"\begin{cases} 1 & y = k \\ 0 & y \ne k \end{cases}": [],
    r"d := \begin{cases} 1 & y = k \\ 0 & \text{else} \end{cases}": [":="],
    r"\begin{aligned} a &= b \\ &= c \end{aligned}": ["=", "="],
    r"\begin{pmatrix} a = b \end{pmatrix}": [],
    r"\{x : x = 1\} \subset A": [],
    r"\leftarrow = \rightarrow": ["="],
    r"a \\[4pt] = b": ["="],
    r"\left\{ x = 1 \right. = c": ["="],
}


@pytest.mark.parametrize("formula", FORMULAS)
def test_the_relations_of_a_formula_are_found(formula):
    assert find_relations(formula) == FORMULAS[formula]
