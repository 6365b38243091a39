"""Cells of boxes run alone, with NumPy only; test_refused.py shows what is refused."""

import pytest

from extensions.page import read_page
from extensions.standalone_cells import ALONE, SOLVED, UNSOLVED, plan_trials, run_codes

PAGE = """\
:::{answer}
:::

```{code-cell}
1
```

```{code-cell}
2
```

:::{exercise} one
:::

```{code-cell}
x = ...  # a hint
x
```

```{code-cell}
:tags: [hide-cell]

x = 3
x += 1
```

:::{law} one
:::

```{code-cell}
assert 1 + 1 == 2
```
"""


def test_the_first_cell_below_each_box_is_tried_and_an_exercise_with_its_answer():
    assert list(plan_trials(read_page(PAGE))) == [
        (5, "1", ALONE),
        (16, "x = ...  # a hint\nx", UNSOLVED),
        (23, "x = 3\nx += 1\nx", SOLVED),
        (31, "assert 1 + 1 == 2", ALONE),
    ]


def test_the_answer_of_a_page_on_a_library_may_show_the_library():
    page = read_page("# Rows in pandas\n\n" + PAGE)
    assert [trial.line for trial in plan_trials(page)] == [18, 25, 33]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("print('a')\n2 + 2", "a\n4\n"),
        ("x = 1", ""),
        ("None", ""),
        ("'right'", "'right'\n"),
        ("for x in range(2):\n    print(x)", "0\n1\n"),
        (
            "import math, warnings\nimport numpy as np\n\nnp.arange(2)",
            "array([0, 1])\n",
        ),
    ],
)
def test_what_a_cell_shows_is_what_it_prints_and_its_last_value(code, shown):
    first, _ = run_codes([code], 60)
    assert first == {"shown": shown}


@pytest.mark.parametrize(
    ("code", "error", "line"),
    [
        ("x = 1\ny", "raised NameError: name 'y' is not defined", 2),
        ("def f():\n    1 / 0\n\n\nf()", "raised ZeroDivisionError: ", 2),
        ("x = 1\nx =", "raised SyntaxError: invalid syntax", 2),
        (
            "import examples",
            "raised ModuleNotFoundError: No module named 'examples'",
            1,
        ),
        ("import pandas", "raised ModuleNotFoundError: No module named 'pandas'", 1),
        ("import warnings\nwarnings.warn('x')", "raised UserWarning: x", 2),
        ("raise SystemExit(3)", "raised SystemExit: 3", 1),
    ],
)
def test_an_error_has_its_line(code, error, line):
    first, _ = run_codes([code], 60)
    assert first["error"].startswith(error)
    assert first["line"] == line


def test_no_cell_sees_what_another_one_left():
    codes = ["import numpy as np\nx = 1\nnp.set_printoptions(precision=2)", "x"]
    codes += ["import numpy as np\nnp.array([1 / 3])"]
    _, second, third, _ = run_codes(codes, 60)
    assert second["error"] == "raised NameError: name 'x' is not defined"
    assert third["shown"] == "array([0.33333333])\n"


@pytest.mark.parametrize("code", ["import os\nos._exit(0)", "while True:\n    pass"])
def test_a_cell_that_does_not_finish_is_reported_after_the_others(code):
    first, second = run_codes(["1", code, "2"], 10)
    assert first == {"shown": "1\n"}
    assert second == {"error": "did not finish", "line": 1}
