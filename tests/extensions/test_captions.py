"""A number in a caption or in alternative text is in the figure or in its page."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from extensions.captions import find_unshown
from extensions.kernel import draw_svg


@pytest.fixture(scope="module")
def svg() -> str:
    """Return a figure with two texts and a curve."""
    figure = Figure()
    axes = figure.add_subplot(xlabel="epochs of 1,000 steps", yticks=[0, 40])
    axes.plot(np.linspace(0, 7, 3), [0.123, 69.6, 2.5])
    axes.text(0, 0, "−0.25")
    return draw_svg(figure)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("-0.25 after 1000 epochs, up to 40", []),
        ("It begins at 0.12, climbs to nearly 70 and ends at 2.5 for 7.", []),
        (
            "It begins at 0.13, climbs to nearly 60 and ends at 2.6.",
            ["0.13", "60", "2.6"],
        ),
        ("The cell has 10_000 numbers in W2, and `x[9]` is code.", []),
        ("The cell has 30 numbers, about eighty-five.", ["30"]),
        ("No value is below 1e-16, or above 1e5.", ["1e-16"]),
    ],
)
def test_a_number_that_nothing_shows_is_found(text, wrong, svg):
    assert list(find_unshown(text, svg, "x = np.ones(10_000) * 1e5")) == wrong
