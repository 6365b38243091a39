"""The explorers show numbers as tables, and nothing that a reader types as HTML."""

import re

import numpy as np
import pytest
from bs4 import BeautifulSoup

from extensions import explorer_html
from extensions.explorer_html import PRESETS, Training, format_number, show_selection
from extensions.explorers import write_index_explorer, write_training_explorer

GRAD = explorer_html.PROBABILITIES


def find_selected(html: str) -> np.ndarray:
    """Return a mask of the cells that the first table marks."""
    rows = BeautifulSoup(html, "html.parser").table.select("tbody tr")
    marked = [["selected" in (x.get("class") or []) for x in row("td")] for row in rows]
    return np.array(marked)


@pytest.mark.parametrize("name", PRESETS)
def test_the_marked_cells_are_those_that_numpy_assigns_to(name):
    _, labels, index = PRESETS[name]
    names = {"np": np, "m": 4, "grad": GRAD, "y": np.array(eval(labels))}
    wanted = np.zeros(GRAD.shape, dtype=bool)
    exec(f"wanted[{index}] = True", names, {"wanted": wanted})
    assert np.array_equal(find_selected(show_selection(labels, index)), wanted)


def test_a_cell_that_is_selected_twice_is_named():
    html = show_selection("[0]", "[1, 1], [2, 2]")
    assert "Cell (1, 2) is selected 2 times" in html
    assert "<small>0,1</small>" in html


@pytest.mark.parametrize("typed", ["<b>", "'<b>'", "<img src=x onerror=alert(1)>"])
def test_what_a_reader_types_never_becomes_html(typed):
    assert "<b" not in show_selection(typed, typed) + show_selection("[0]", typed)
    html = Training("right", typed, 1.5, 200).take_steps(1)
    assert not re.search("<(b|img)", html)


def test_a_training_that_overflows_goes_on():
    html = Training("no-shift", "exps = np.exp(1e4 * X)", 1e4, 200).take_steps(3)
    assert "After 3 steps the loss is nan" in html


def test_an_error_of_a_step_stays_after_the_next_step():
    training = Training("right", "grad[range(m), Y] -= 1", 1.5, 200)
    first, second = training.take_steps(1), training.take_steps(1)
    assert first == second
    assert "NameError" in second


def test_an_explorer_starts_with_what_its_page_asks_for():
    html = BeautifulSoup(write_index_explorer("grid"), "html.parser")
    pressed = html.select_one("button[aria-pressed=true]")
    assert pressed["value"] == "grid"
    assert "np.ix_(range(m), y)" in html.figure.figcaption.text
    assert len(html.select("template")) == len(PRESETS)
    html = BeautifulSoup(write_training_explorer("every-row"), "html.parser")
    assert html.select_one("option[selected]")["value"] == "every-row"
    assert "After 100 steps" in html.figure.figcaption.text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, ".50"),
        (-0.5, "−.50"),
        (-0.001, ".00"),
        (1.0, "1.00"),
        (-9.0, "−9.00"),
        (123.4, "123"),
        (np.nan, "nan"),
        (-np.inf, "−inf"),
    ],
)
def test_a_number_is_short(value, text):
    assert format_number(value) == text
