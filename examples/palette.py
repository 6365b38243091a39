"""The few colours of all pictures, told apart without colour vision."""

from matplotlib.colors import to_rgb

INK = "#1f2328"  # text
MUTED = "#57606a"  # what a reader needs second
LINE = "#818b98"  # grids and axes
PICK = "#ffe8a3"  # the ground of a selected cell
BLUE = "#0b61a4"
ORANGE = "#a34a14"
GREEN = "#0a7a52"
PURPLE = "#7a4fc0"


def signed(values, largest):
    """Turn numbers into colours: blue above 0, orange below, clear at 0.

    Parameters
    ----------
    values : ndarray of floats, any shape
    largest : float
        The magnitude that gets the full colour.

    Returns
    -------
    list of (red, green, blue, alpha)
        One colour for each value, in order; the ground shows through.
    """
    above, below = to_rgb(BLUE), to_rgb(ORANGE)
    return [
        (*(above if value > 0 else below), min(abs(value) / largest, 1))
        for value in values.ravel()
    ]
