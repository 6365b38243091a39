"""The error of a difference quotient for each step, which has a V shape."""

import numpy as np
from matplotlib.figure import Figure

from examples.pictures.palette import LINE, MUTED

STYLES = ("-", "--", ":")


def draw_errors(steps, errors, marked=(), slopes=None):
    """Draw errors against the step, on logarithmic axes.

    Parameters
    ----------
    steps : ndarray of floats, shape (n,)
        The steps h, all positive.
    errors : dict of str to sequence of float, length n
        The errors of at most three methods. An error of 0 is not drawn.
    marked : iterable of str, optional
        The methods whose smallest error gets a dot.
    slopes : dict of str to (float, float, float, float), optional
        The name of each thin line to compare with. The tuple
        ``(factor, power, low, high)`` gives the line ``factor * h**power``
        from ``h = low`` to ``h = high``.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there are more than three methods.
    """
    if len(errors) > len(STYLES):
        raise ValueError(
            f"errors has {len(errors)} methods; "
            f"expected at most {len(STYLES)}"
        )
    figure = Figure(figsize=(5.4, 3.8))
    axes = figure.add_subplot()
    axes.set(xscale="log", yscale="log", xlabel="step h")
    axes.set_ylabel("relative error")
    for (name, values), style in zip(errors.items(), STYLES, strict=False):
        (line,) = axes.plot(steps, values, style, label=name)
        if name in marked:
            best = int(np.argmin(values))
            dot = {"color": line.get_color(), "markersize": 7}
            axes.plot(steps[best], values[best], "o", **dot)
    for name, (factor, power, low, high) in (slopes or {}).items():
        ends = np.array([low, high])
        axes.plot(ends, factor * ends**power, color=LINE, linewidth=1)
        text = axes.text(low, factor * low**power, f"{name}  ")
        text.set(color=MUTED, ha="right", va="center")
    axes.margins(x=0)
    figure.legend(loc="outside upper center", ncols=len(errors))
    return figure
