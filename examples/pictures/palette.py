"""The colors of all figures, told apart without color vision.

The colors are data, in `palette.json`. The figures, the style sheet and
the dark theme read them from there.
"""

import json
from pathlib import Path

from matplotlib.colors import to_rgb

COLORS = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
INK, MUTED, LINE, PICK, BLUE, ORANGE, GREEN, PURPLE = (
    color["light"] for color in COLORS.values()
)


def color_signed(values, largest):
    """Return a color for each number: blue if positive, else orange.

    Parameters
    ----------
    values : ndarray of floats, any shape
    largest : float
        The absolute value that gets the full color.

    Returns
    -------
    list of (red, green, blue, alpha)
        One color for each value, in order. Alpha is proportional to the
        absolute value, so 0 is transparent.
    """
    above, below = to_rgb(BLUE), to_rgb(ORANGE)
    return [
        (*(above if value > 0 else below), min(abs(value) / largest, 1))
        for value in values.ravel()
    ]
