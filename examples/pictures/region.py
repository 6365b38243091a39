"""Where a classifier of points in the plane answers which class."""

import numpy as np
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure

from examples.pictures.palette import BLUE, GREEN, INK, LINE, ORANGE

COLORS = (BLUE, ORANGE, GREEN)
HATCHES = ("", "////", "--")
MARKERS = ("o", "^", "s")
FINE = 65  # grid points along an axis
COLUMNS = 2  # panels beside each other


def draw_regions(points, labels, models):
    """Draw the regions of a classifier, and the points that it learned.

    Parameters
    ----------
    points : ndarray of floats, shape (n, 2)
    labels : ndarray of integers, shape (n,)
        Classes 0, 1 and 2 at most.
    models : dict of str to callable
        For each title what maps points, shape (q, 2), to logits, shape
        (q, K).

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each model. Classes differ in colour, in hatching and
        in the shape of their points; a line runs where two classes tie.

    Raises
    ------
    ValueError
        If there are more than three classes.
    """
    if labels.max() >= len(COLORS):
        raise ValueError(
            f"labels go up to {labels.max()}; "
            f"expected at most {len(COLORS) - 1}"
        )
    rows = -(-len(models) // COLUMNS)
    figure = Figure(figsize=(5.2, 2.75 * rows))
    reach = 1.1 * np.abs(points).max()
    for place, (title, model) in enumerate(models.items()):
        axes = figure.add_subplot(rows, COLUMNS, place + 1)
        fill_regions(axes, model, reach)
        for k in np.unique(labels):
            chosen = points[labels == k]
            axes.plot(*chosen.T, MARKERS[k], **style_marker(k))
        axes.set_title(title)
        axes.set(xticks=[], yticks=[], aspect="equal")
        for spine in axes.spines.values():
            spine.set(visible=True, color=LINE)
    return figure


def style_marker(k):
    """Return how a point of a class looks."""
    return {"color": COLORS[k], "markersize": 4, "markeredgecolor": INK}


def fill_regions(axes, model, reach):
    """Fill, for each class, where its logit is the largest."""
    side = np.linspace(-reach, reach, FINE)
    grid = np.stack(np.meshgrid(side, side), axis=-1)
    X = model(grid.reshape(-1, 2)).reshape(FINE, FINE, -1)
    for k in range(X.shape[-1]):
        lead = X[..., k] - np.delete(X, k, axis=-1).max(axis=-1)
        if (lead > 0).any():
            region = axes.contourf(
                side,
                side,
                lead,
                [0, np.inf],
                colors=[COLORS[k]],
                alpha=0.15,
            )
            # A pattern over the fill: within it both would be as pale.
            pattern = PathCollection(region.get_paths(), facecolors="none")
            pattern.set(hatch=HATCHES[k], edgecolor=COLORS[k], alpha=0.5)
            axes.add_collection(pattern, autolim=False)
            pattern.set_linewidth(0)
            axes.contour(side, side, lead, [0], colors=[INK], linewidths=1)
