"""Cells of boxes run alone, with NumPy only; test_refused.py shows what is refused."""

import pytest

from extensions.page import read_page
from extensions.standalone_cells import (
    ALONE,
    PROOF,
    SOLVED,
    UNSOLVED,
    Trial,
    check_result,
    plan_trials,
    read_results,
    start_trials,
)

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
        Trial([5], ["1"], ALONE),
        Trial([16], ["x = ...  # a hint\nx"], UNSOLVED),
        Trial([23], ["x = 3\nx += 1\nx"], SOLVED),
        Trial([31], ["assert 1 + 1 == 2"], ALONE),
    ]


def test_the_answer_of_a_page_on_a_library_may_show_the_library():
    page = read_page("# Rows in pandas\n\n" + PAGE)
    assert [trial.lines for trial in plan_trials(page)] == [[18], [25], [33]]
    page = read_page("# Rows\n\n" + PAGE.replace("1\n", "# As in pandas\n1\n", 1))
    assert next(plan_trials(page)).codes == ["# As in pandas\n1"]


def run_trials(trials: list[Trial], limit: int) -> list[dict]:
    """Run trials, and return what each shows."""
    return list(read_results(start_trials(trials), limit))


def try_codes(codes: list[str], limit: int = 60) -> list[dict]:
    """Run each code as a trial of one cell."""
    return run_trials([Trial([1], [code], ALONE) for code in codes], limit)


QUESTION = """\
# A page

:::{question} How?
:slug: how
:needs: %s

So.
:::

```{code-cell}
import numpy as np

x = np.arange(2)
```

```{code-cell}
from examples.pictures.index import draw_index

draw_index(x, 0)
```

```{code-cell}
:tags: [raises-exception]

# raises IndexError
x[2]
```

```{code-cell}
:tags: [hide-cell]

nowhere
```

## Another section

```{code-cell}
elsewhere
```
"""


def test_the_visible_cells_of_a_question_run_together_without_its_figures():
    (trial,) = plan_trials(read_page(QUESTION % ""))
    assert trial.rule == PROOF
    assert trial.lines == [11, 25]
    first, _ = run_trials([trial], 60)
    assert first["shown"].startswith("IndexError: index 2 is out of bounds")


def test_an_error_of_a_question_has_the_line_of_its_cell():
    page = (QUESTION % "").replace("x[2]", "x[1]\ny")
    (trial,) = plan_trials(read_page(page))
    first, _ = run_trials([trial], 60)
    (fault,) = check_result(trial, first)
    assert fault == (27, f"{PROOF}, but it raised NameError: name 'y' is not defined")
    (trial,) = plan_trials(read_page((QUESTION % "").replace("x[2]", "x[1]")))
    first, _ = run_trials([trial], 60)
    assert first["error"] == "raised AssertionError: no IndexError"


def test_an_error_in_a_function_of_an_earlier_cell_has_the_line_of_its_call():
    trial = Trial([1, 9], ["def f():\n    1 / 0\n\n\nx = 1", "x\n\nf()"], PROOF)
    first, _ = run_trials([trial], 60)
    assert (first["cell"], first["line"]) == (1, 3)


def test_a_question_may_need_another_package_and_others_then_still_may_not():
    needs = (QUESTION % "pandas").replace("import numpy as np", "import pandas as np")
    needs = needs.replace("x = np.arange(2)", "x = np.array([0, 1])")
    without = Trial([1], ["import pandas"], ALONE)
    (trial,) = plan_trials(read_page(needs))
    assert trial.packages == ["pandas"]
    first, second, _ = run_trials([without, trial], 60)
    assert first["error"] == "raised ModuleNotFoundError: No module named 'pandas'"
    assert second["shown"].startswith("IndexError")


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
    first, _ = try_codes([code])
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
    first, _ = try_codes([code])
    assert first["error"].startswith(error)
    assert first["line"] == line


def test_no_cell_sees_what_another_one_left():
    codes = ["import numpy as np\nx = 1\nnp.set_printoptions(precision=2)", "x"]
    codes += ["import numpy as np\nnp.array([1 / 3])"]
    _, second, third, _ = try_codes(codes)
    assert second["error"] == "raised NameError: name 'x' is not defined"
    assert third["shown"] == "array([0.33333333])\n"


@pytest.mark.parametrize("code", ["import os\nos._exit(0)", "while True:\n    pass"])
def test_a_cell_that_does_not_finish_is_reported_after_the_others(code):
    first, second = try_codes(["1", code, "2"], 10)
    assert first == {"shown": "1\n"}
    assert second == {"error": "did not finish", "cell": 0, "line": 1}
