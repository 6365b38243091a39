"""The explorers show what NumPy gives, before and after NumPy runs in the browser."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page

from examples.training_explorer import get_lines, load_digits
from examples.wrong_lines import run_training
from extensions.explorer_html import PRESETS, PROBABILITIES
from tests.browser.test_live import RUNTIME, open_page
from tests.browser.watch import visit

LABELS = "[0, 1, 1, 2]"
TYPED = ["[3, 0], y[:2]", "::2, y[:2]", "(grad > 0.2) & (grad < 0.6)"]
FOREVER = "list(iter(int, 1))"


def find_marked(page: Page) -> list[list[bool]]:
    """Return which cells of the first table are marked."""
    rows = page.locator(".explorer figure table").first.locator("tbody tr").all()
    mark = "all => all.map((e) => e.classList.contains('selected'))"
    return [row.locator("td").evaluate_all(mark) for row in rows]


def select(labels: str, index: str) -> list[list[bool]]:
    """Return which cells NumPy selects."""
    names = {"np": np, "m": 4, "grad": PROBABILITIES, "y": np.array(eval(labels))}
    marked = np.zeros(PROBABILITIES.shape, dtype=bool)
    marked[eval(f"np.s_[{index}]", names)] = True
    return marked.tolist()


def wait_for_status(page: Page, text: str) -> None:
    """Wait until an explorer says something."""
    page.locator(".explorer [role=status]", has_text=re.compile(text)).wait_for()


@pytest.mark.parametrize("where", ["index.html", "indexing/index.html"])
def test_the_presets_are_those_of_numpy_and_load_nothing(context, base, where):
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    page, wrong = visit(context, base, where)
    explorer = page.locator(".explorer")
    for title, labels, index in PRESETS.values():
        explorer.get_by_role("button", name=title, exact=True).click()
        assert find_marked(page) == select(labels, index)
        assert explorer.locator("figcaption").inner_text().startswith(f"grad[{index}]")
    assert not [x for x in asked if re.search(RUNTIME, x)]
    assert page.url.endswith("#explore-slices")
    assert wrong == []
    page, wrong = visit(context, base, f"{where}#explore-mask")
    assert find_marked(page) == select(*PRESETS["mask"][1:])
    assert wrong == []


def test_numpy_answers_what_a_reader_types(context, strict):
    page, wrong = open_page(context, strict, "index.html")
    index, labels = (page.locator(f"[name={name}]") for name in ("index", "labels"))
    index.fill(TYPED[0])
    wait_for_status(page, r"Press “Ask NumPy” .* loads \d+ MB")
    page.get_by_role("button", name="Ask NumPy").click()
    for typed in TYPED:  # now NumPy answers at once
        index.fill(typed)
        page.locator("figcaption", has_text=f"grad[{typed}]").wait_for()
        assert find_marked(page) == select(LABELS, typed)
    index.fill("range(m), y")
    labels.fill("[2, 2, 0, 0]")
    page.locator("figcaption", has_text="(0, 2), (1, 2), (2, 0), (3, 0)").wait_for()
    labels.fill("[2, 2, 0, 3]")
    page.locator(".explorer figure", has_text="IndexError: index 3 is out").wait_for()
    labels.fill("[1, 1, 1, 1]")
    page.locator("figcaption", has_text="(3, 1)").wait_for()
    page.wait_for_url("**#explore-*")
    link = page.url
    index.fill(FOREVER)
    page.get_by_role("button", name="Stop").click()
    wait_for_status(page, "Stopped")
    assert wrong == []
    page.close()

    page, _ = open_page(context, strict, link.removeprefix(strict))
    wait_for_status(page, "Press “Ask NumPy”")
    assert page.locator("[name=labels]").input_value() == "[1, 1, 1, 1]"
    assert find_marked(page) == select(LABELS, "range(m), y")  # as it was built
    page.get_by_role("button", name="Ask NumPy").click()
    wait_for_status(page, "is below")
    assert find_marked(page) == select("[1, 1, 1, 1]", "range(m), y")


def test_the_training_is_the_one_of_the_page_and_a_reader_can_change_its_line(
    context, strict
):
    page, wrong = open_page(context, strict, "practice/training.html#explore-left-out")
    wait_for_status(page, "Press “Run 100 steps”")
    assert page.locator("[name=bug]").input_value() == "left-out"
    assert page.locator("[name=line]").input_value() == ""
    for name, rate in (("one-below", 1.5), ("never-divided", 0.01)):
        page.locator("[name=bug]").select_option(name)
        page.locator("[name=rate]").fill(str(rate))
        assert page.locator("[name=line]").input_value() == get_lines(name)[1]
        page.get_by_role("button", name="Run 100 steps").click()
        wait_for_status(page, "The steps are done")
        run = run_training(name, load_digits(rate))
        ends = (
            f"the loss is {run.losses[-1]:.3f}",
            f"accuracy {run.accuracies[-1]:.3f}.",
        )
        shown = page.locator(".explorer figcaption").inner_text()
        assert shown == f"After 100 steps {' and the '.join(ends)}"
    page.locator("[name=bug]").select_option("right")
    page.locator("[name=line]").fill("grad[:, y] -= 1")
    page.get_by_role("button", name="Run 100 steps").click()
    page.locator(".explorer figcaption", has_text="After ").wait_for()
    page.locator(".explorer td", has_text="−9.00").first.wait_for()
    page.get_by_role("button", name="Pause").click()
    wait_for_status(page, "Paused")
    page.locator("[name=line]").fill("grad[range(m), y -= 1")
    page.get_by_role("button", name="Run 100 steps").click()
    page.locator(".explorer figure", has_text="SyntaxError").wait_for()
    assert wrong == []


def test_without_scripts_an_explorer_is_a_figure(page_without_scripts, server):
    page = page_without_scripts
    page.goto(f"{server}index.html")
    assert page.locator(".explorer figure table").first.is_visible()
    assert not page.locator(".explorer form").is_visible()
