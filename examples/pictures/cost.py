"""Curves of the cost of several ways, relative to one of them."""

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from examples.pictures.curve import STYLES
from examples.pictures.palette import INK


def draw_ratios(panels, over, base):
    """Draw ratios against a size, in panels one below the other.

    Parameters
    ----------
    panels : list of dict of str to list of dict
        The name and the rows of each line of a panel, which has at most
        four lines. `examples.measurements.select_rows` returns such rows.
    over : {"m", "K"}
        The size along the x axis.
    base : str
        The name of the way whose ratio is 1, which is a thin line.

    Returns
    -------
    matplotlib.figure.Figure
        Both axes are logarithmic. A band shows half of the rounds.

    Raises
    ------
    ValueError
        If a panel has more than four lines.
    """
    figure = Figure(figsize=(5.2, 3.4 * len(panels)))
    shared = None
    for place, lines in enumerate(panels, start=1):
        if len(lines) > len(STYLES):
            raise ValueError(
                f"panel {place} has {len(lines)} lines; "
                f"expected at most {len(STYLES)}"
            )
        axes = figure.add_subplot(
            len(panels), 1, place, sharex=shared, sharey=shared
        )
        shared = shared or axes
        axes.axhline(1, color=INK, linewidth=1)
        for (name, rows), style in zip(lines.items(), STYLES, strict=False):
            draw_line(axes, name, rows, style, over)
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1))
        axes.set_ylabel(f"time, {base} = 1")
    axes.set(xscale="log", yscale="log", xlabel=over)
    axes.margins(x=0)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:,.10g}"))
    return figure


def draw_line(axes, name, rows, style, over):
    """Draw the medians of one way, and a band with half of the rounds."""
    rows = sorted(rows, key=lambda row: row[over])
    x, middle, low, high = (
        [row[column] for row in rows]
        for column in (over, "ratio", "low", "high")
    )
    (line,) = axes.plot(x, middle, style, label=name)
    axes.fill_between(x, low, high, color=line.get_color(), alpha=0.25)
