"""The regions of the plane in which a classifier predicts each class."""

import numpy as np
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure

from examples.pictures.palette import BLUE, GREEN, INK, LINE, ORANGE

COLORS = (BLUE, ORANGE, GREEN)
HATCHES = ("", "////", "--")
MARKERS = ("o", "^", "s")
FINE = 65  # grid points along an axis
COLUMNS = 2  # panels side by side


def draw_regions(points, labels, models):
    """Draw the regions of classifiers, and the points of their training.

    Parameters
    ----------
    points : ndarray of floats, shape (n, 2)
    labels : ndarray of integers, shape (n,)
        Classes from 0 to at most 2.
    models : dict of str to callable
        A function for each title, which takes points of shape (q, 2) and
        returns logits of shape (q, K).

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each model. Classes differ in color, in hatching and
        in the shape of their points. Lines separate the regions.

    Raises
    ------
    ValueError
        If there are more than three classes.
    """
    if labels.max() >= len(COLORS):
        raise ValueError(
            f"labels has the class {labels.max()}; "
            f"expected 0 to {len(COLORS) - 1}"
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
    """Return the style of the points of a class."""
    return {"color": COLORS[k], "markersize": 4, "markeredgecolor": INK}


def fill_regions(axes, model, reach):
    """Fill the region of each class, where its logit is the largest."""
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
            # A separate pattern, because the fill would make it pale too.
            pattern = PathCollection(region.get_paths(), facecolors="none")
            pattern.set(hatch=HATCHES[k], edgecolor=COLORS[k], alpha=0.5)
            axes.add_collection(pattern, autolim=False)
            pattern.set_linewidth(0)
            axes.contour(side, side, lead, [0], colors=[INK], linewidths=1)
