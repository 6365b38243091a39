"""Curves: one value of several kinds for each x."""

from matplotlib.figure import Figure

STYLES = ("-", "--", ":", "-.")


def draw_curves(curves, ylabel, xlabel="epoch", x=None, log=False):
    """Draw a line for each name, told apart by colour and by style.

    Parameters
    ----------
    curves : dict of str to sequence of float
        The values of each line; at most four lines.
    ylabel, xlabel : str
        What the values are, and what x is.
    x : sequence of float, optional
        Where the values stand; 0, 1, 2, ... when it is not given.
    log : bool, optional
        Whether both axes are logarithmic: a power of x is then a line,
        and a value of 0 is not drawn.

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
