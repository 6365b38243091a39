"""Curves of one or several quantities."""

from matplotlib.figure import Figure

STYLES = ("-", "--", ":", "-.")


def draw_curves(curves, ylabel, xlabel="epoch", x=None, log=False):
    """Draw a line for each name, with a color and a style of its own.

    Parameters
    ----------
    curves : dict of str to sequence of float
        The values of each line, of which there are at most four.
    ylabel, xlabel : str
        The labels of the axes.
    x : sequence of float, optional
        The x of each value; by default 0, 1, 2, ...
    log : bool, optional
        True to make both axes logarithmic. Then a power of x is a
        straight line, and a value of 0 is not drawn.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there are more than four curves.
    """
    if len(curves) > len(STYLES):
        raise ValueError(
            f"curves has {len(curves)} lines; "
            f"expected at most {len(STYLES)}"
        )
    figure = Figure(figsize=(5.2, 3))
    axes = figure.add_subplot()
    if log:
        axes.set(xscale="log", yscale="log")
    for (name, values), style in zip(curves.items(), STYLES, strict=False):
        places = range(len(values)) if x is None else x
        axes.plot(places, values, style, label=name)
    figure.legend(loc="outside upper center", ncols=len(curves))
    axes.set(xlabel=xlabel, ylabel=ylabel)
    axes.margins(x=0)
    if not log and min(min(values) for values in curves.values()) >= 0:
        axes.set_ylim(0, None)
    return figure
