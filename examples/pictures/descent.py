"""Figures of gradient descent, by step and by learning rate."""

from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter

from examples.pictures.curve import draw_curves
from examples.pictures.palette import INK, MUTED


def draw_falls(curves, ylabel, xlabel="epoch", x=None):
    """Draw values that fall by powers of ten, on a logarithmic axis.

    Parameters
    ----------
    curves : dict of str to sequence of float
        The values of each run, all above 0. There are at most four runs.
    ylabel, xlabel : str
        The labels of the axes.
    x : sequence of int, optional
        The x of each value; by default 0, 1, 2, ...

    Returns
    -------
    matplotlib.figure.Figure
    """
    lowest = min(min(values) for values in curves.values())
    highest = max(max(values) for values in curves.values())
    figure = draw_curves(curves, ylabel, xlabel, x)
    (axes,) = figure.axes
    axes.set(yscale="log", ylim=(lowest / 1.5, highest * 1.5))
    if highest < 100 * lowest:  # too few powers of ten for the ticks
        axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.yaxis.set_major_formatter("{x:g}")
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    return figure


def draw_rates(rates, losses, limit, ylabel):
    """Draw the loss against the learning rate, on logarithmic axes.

    Parameters
    ----------
    rates : sequence of float
        The learning rates.
    losses : dict of str to sequence of float
        The losses of each kind of run, one for each rate.
    limit : float
        The rate up to which descent is guaranteed, which is a dotted line.
    ylabel : str
        The label of the y axis.

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure = draw_curves(losses, ylabel, "learning rate", rates, log=True)
    (axes,) = figure.axes
    axes.axvline(limit, color=MUTED, linewidth=1.5, linestyle=(0, (1, 2)))
    high = axes.get_ylim()[1]
    text = axes.text(limit, high, " 2/β", color=INK, size=9)
    text.set(ha="left", va="top")
    return figure
