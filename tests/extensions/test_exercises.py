"""The sheet of exercises has each exercise of the pages, and the answers at its end."""

import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup, Tag
from conftest import FRONT, PAGES, ROOT, copy_project, make_pages, run_sphinx
from docutils import nodes

from extensions.boxes import LEVELS
from extensions.exercises import Exercise, forget_page, list_exercises, merge_pages
from extensions.page import open_page

SHEET = "reference/exercises.html"


def read_html(path: Path) -> BeautifulSoup:
    """Parse a page of a built site."""
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


@pytest.fixture(scope="module")
def sheet(site) -> BeautifulSoup:
    """Return the sheet of the built site."""
    return read_html(site / SHEET)


@pytest.fixture(scope="module")
def written() -> dict[str, tuple[str, str, str]]:
    """Return the page, the code and the answer of each exercise, by its name."""
    found = {}
    for name in PAGES:
        page = open_page(ROOT / "docs" / name)
        for box in (box for box in page.boxes if box.kind == "exercise"):
            title = page.lines[box.line - 1].split()[1]
            code, answer, *_ = (cell.code for cell in box.cells)
            found[title] = name.removesuffix(".md"), code, answer
    return found


def list_tasks(sheet: BeautifulSoup) -> list[Tag]:
    """Return the boxes of a sheet."""
    return sheet.select("div.exercise[id^=task-]")


def read_names(sheet: BeautifulSoup) -> list[str]:
    """Return the names of the exercises of a sheet, in their order."""
    return [box["id"].removeprefix("task-") for box in list_tasks(sheet)]


def test_each_exercise_of_a_page_is_on_the_sheet_and_no_other(sheet, written):
    assert written
    assert sorted(read_names(sheet)) == sorted(written)


def test_an_exercise_has_the_code_of_its_page_and_a_link_to_it(sheet, written, site):
    for box in list_tasks(sheet):
        name = box["id"].removeprefix("task-")
        page, code, _ = written[name]
        assert box.select_one("pre").text.strip() == code.strip()
        link = box.select_one(".exercise-place a")["href"]
        assert link == f"../{page}.html#exercise-{name}"
        assert f'id="exercise-{name}"' in (site / f"{page}.html").read_text("utf-8")


def test_the_answers_are_at_the_end_in_the_order_of_the_exercises(sheet, written):
    folds = sheet.select("details.answer")
    names = [fold["id"].removeprefix("answer-") for fold in folds]
    assert names == read_names(sheet)
    for number, (name, fold) in enumerate(zip(names, folds, strict=True), 1):
        assert fold.summary.text.strip().startswith(f"{number}. ")
        assert fold.select_one("pre").text.strip() == written[name][2].strip()
    assert not sheet.select("details[open]")


def test_the_table_counts_the_exercises_of_each_level(sheet):
    counts = {
        row.td.text.strip().lower(): int(row.select("td")[1].text)
        for row in sheet.select("article tbody tr")
    }
    for level in LEVELS.values():
        section = sheet.select_one(f"section#exercises-{level}")
        assert counts.pop(level) == len(list_tasks(section)) > 0
    assert not counts
    ids = {f"#{box['id']}" for box in list_tasks(sheet)}
    assert {link["href"] for link in sheet.select("article tbody a")} <= ids


def make_exercise(name: str, level: str, docname: str) -> Exercise:
    """Return an exercise without a task."""
    return Exercise(name, level, docname, nodes.container(), "x = ...", "x = 1")


def make_environment(**pages: list[Exercise]) -> SimpleNamespace:
    """Return the part of an environment that knows the exercises of pages."""
    return SimpleNamespace(
        exercises=dict(pages),
        found_docs=set("abc"),
        collect_relations=lambda: dict.fromkeys("cab"),
    )


def test_exercises_are_taken_over_from_another_process():
    env = make_environment(a=[make_exercise("old", "1", "a")])
    new, two = make_exercise("new", "1", "a"), make_exercise("two", "2", "b")
    kept = make_exercise("kept", "1", "c")
    env.exercises["c"] = [kept]
    merge_pages(None, env, ["a", "b"], make_environment(a=[new], b=[two]))
    assert list_exercises(env) == [kept, new, two]


def test_the_exercises_of_a_page_that_is_read_again_are_forgotten():
    env = make_environment(a=[make_exercise("old", "1", "a")])
    forget_page(None, env, "a")
    forget_page(None, env, "b")
    assert list_exercises(env) == []


EXERCISE = """\
:::{{exercise}} {}
:level: {}

Look at {{ref}}`home`.
:::

```{{code-cell}}
x = ...

"right" if x == 1 else "not yet: one"
```

```{{code-cell}}
:tags: [hide-cell]

x = 1
```

"""
PARTS = "".join(
    f"(x-{part})=\n## {part}\n\n:::{{exercise-sheet}} {part}\n:::\n\n"
    for part in ("easy", "hard", "answers")
)


def test_the_sheet_follows_a_page_that_changes(tmp_path):
    one = EXERCISE.format("kept", 3) + EXERCISE.format("gone", 1)
    pages = make_pages({"one": one, "two": EXERCISE.format("other", 1)})
    pages[SHEET.replace(".html", ".md")] = f"{FRONT}(x)=\n# Sheet\n\n{PARTS}"
    pages["index.md"] = pages["index.md"].replace("two\n", "two\nreference/exercises\n")
    folder = copy_project(tmp_path, pages)
    trees = "--doctree-dir=_build/trees"  # what the second build knows of the first
    run = run_sphinx(folder, trees)
    assert run.returncode == 0, run.stderr
    sheet = read_html(folder / "_build" / "html" / SHEET)
    assert read_names(sheet) == ["gone", "other", "kept"]
    assert sheet.select_one("#task-kept a[href='../index.html#home']")
    path = folder / "docs" / "one.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace(EXERCISE.format("gone", 1), ""), "utf-8")
    shutil.rmtree(folder / "_build" / "html")
    run = run_sphinx(folder, trees, fresh=False)
    assert run.returncode == 0, run.stderr
    sheet = read_html(folder / "_build" / "html" / SHEET)
    assert read_names(sheet) == ["other", "kept"]
    assert not re.search("gone", sheet.text)
