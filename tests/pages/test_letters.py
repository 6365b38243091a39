"""The letters of all formulas are in the table of docs/gradient/index.md."""

import re
from collections import Counter
from pathlib import Path

import pytest
from conftest import PAGES, ROOT

from extensions.page import open_page

FORMULA = re.compile(r"\$\$.+?\$\$|(?<![\\$])\$[^$\n]+\$", re.DOTALL)
# Words, such as the name of an operator, and the names of environments.
WORD = re.compile(
    r"\\(operatorname|text|mathrm)\*?\{[^{}]{2,}\}|\\(begin|end)\{\w+\*?\}"
)
TOKEN = re.compile(
    r"\\(?:operatorname|mathrm|mathcal|mathbf|mathbb)\{[A-Za-z]\}"  # one letter
    r"|\\[A-Za-z]+|[A-Za-z]"
)
GREEK = (
    "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi"
    "|rho|sigma|tau|upsilon|phi|chi|psi|omega"
)
COMMAND = re.compile(rf"\\(?!ell$|(var)?({GREEK})$)[A-Za-z]+", re.IGNORECASE)


def find_letters(formula: str) -> list[str]:
    r"""Return the letters of a formula, without accents, primes and commands.

    A letter in another type is another letter: ``H`` and ``\operatorname{H}``.
    """
    tokens = TOKEN.findall(WORD.sub(" ", formula))
    return [token for token in tokens if not COMMAND.fullmatch(token)]


def read_text(path: Path) -> str:
    """Return a page without the code of its cells, line for line."""
    page = open_page(path)
    lines = list(page.lines)
    for cell in page.cells:
        start = cell.code_line - 1
        end = start + len(cell.code.split("\n"))
        lines[start:end] = [""] * (end - start)
    return "\n".join(lines)


def read_table() -> list[str]:
    """Return the letters in the first column of the table, in order."""
    text = read_text(ROOT / "docs" / "gradient" / "index.md")
    section = text.partition("(gradient-letters)=")[2].partition("\n(")[0]
    cells = re.findall(r"^\| (\$[^|]*) \|", section, re.MULTILINE)
    return [letter for cell in cells for letter in find_letters(cell)]


@pytest.mark.parametrize("page", PAGES)
def test_the_table_has_each_letter_of_a_page(page):
    text, table = read_text(ROOT / "docs" / page), read_table()
    missing = []
    for match in FORMULA.finditer(text):
        line = text[: match.start()].count("\n") + 1
        for letter in find_letters(match[0]):
            if letter not in table:
                missing.append(f"docs/{page}:{line}: {letter} is not in the table")
    assert missing == []


def test_the_table_has_each_letter_in_one_row():
    counts = Counter(read_table())
    primed = {"i": 2, "r": 2}  # i and i' are in one row
    assert counts == {letter: primed.get(letter, 1) for letter in counts}


@pytest.mark.parametrize(
    ("formula", "letters"),
    [
        (r"\frac{\partial L}{\partial x_k} e^{X_{ij}}", "L x k e X i j"),
        (r"\bar A_{rk'} \le \log \theta_\lambda", r"A r k \theta \lambda"),
        (r"\operatorname{D}(S_{\mathcal{A}})", r"\operatorname{D} S \mathcal{A}"),
        (r"\begin{aligned} \operatorname{diag}(p) \end{aligned}", "p"),
        (r"\text{onehot}(y) \cdot \ell + \varepsilon", r"y \ell \varepsilon"),
    ],
)
def test_letters_are_found_between_commands_words_and_accents(formula, letters):
    assert find_letters(formula) == letters.split()


def test_a_formula_in_code_is_not_on_the_page(tmp_path):
    page = tmp_path / "page.md"
    code = 'holds(r"$a = b$", 1, 1)'
    page.write_text(f"$c$\n```{{code-cell}}\n{code}\n```\n$$\nd\n$$\n", "utf-8")
    formulas = FORMULA.finditer(read_text(page))
    assert [find_letters(match[0]) for match in formulas] == [["c"], ["d"]]
