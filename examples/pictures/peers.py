"""What several libraries take for the same work, and its lower limits."""

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from examples.pictures.palette import (
    BLUE,
    GREEN,
    INK,
    LINE,
    MUTED,
    ORANGE,
    PURPLE,
)

MARKS = (
    {"marker": "o", "color": BLUE, "markersize": 9},
    {"marker": "^", "color": ORANGE},
    {"marker": "s", "color": GREEN},
    {"marker": "D", "color": PURPLE},
    {"marker": "o", "color": MUTED, "fillstyle": "none"},
    {"marker": "|", "color": INK, "markersize": 14},
    {"marker": "|", "color": LINE, "markersize": 14},
)


def draw_peers(rows, ways, base):
    """Draw the time of each way in each shape, a panel for each dtype.

    Parameters
    ----------
    rows : list of dict
        Measurements, as `examples.measurements.select_rows` returns them.
    ways : dict of str to str
        The ways to draw, at most seven, and what the legend calls them.
    base : str
        What the ratios compare with: it is drawn as a line at 1.

    Returns
    -------
    matplotlib.figure.Figure
        The time axis is logarithmic.

    Raises
    ------
    ValueError
        If there are more than seven ways.
    """
    if len(ways) > len(MARKS):
        raise ValueError(
            f"there are {len(ways)} ways; expected at most {len(MARKS)}"
        )
    dtypes = list(dict.fromkeys(row["dtype"] for row in rows))
    shapes = list(dict.fromkeys((row["m"], row["K"]) for row in rows))
    figure = Figure(figsize=(5.2, 0.9 + 2.5 * len(dtypes)))
    shared = None
    for place, dtype in enumerate(dtypes, start=1):
        axes = figure.add_subplot(len(dtypes), 1, place, sharex=shared)
        shared = shared or axes
        axes.axvline(1, color=INK, linewidth=1)
        for (way, name), mark in zip(ways.items(), MARKS, strict=False):
            mine = [
                r for r in rows if (r["way"], r["dtype"]) == (way, dtype)
            ]
            y = [shapes.index((row["m"], row["K"])) for row in mine]
            x = [row["ratio"] for row in mine]
            style = {"markersize": 7, "linestyle": "none", **mark}
            axes.plot(x, y, label=name, **style)
        axes.set(xscale="log", ylim=(len(shapes) - 0.5, -0.5))
        axes.set_yticks(
            range(len(shapes)), [f"{m} × {K}" for m, K in shapes]
        )
        axes.set_title(dtype, loc="left")
        axes.grid(axis="y", color=LINE, alpha=0.3)
        axes.xaxis.set_major_formatter(
            FuncFormatter(lambda x, _: f"{x:,.10g}")
        )
    axes.set_xlabel(f"time, {base} = 1")
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper left", ncols=3)
    return figure
