"""Reliability diagrams, which compare confidence with accuracy."""

import numpy as np
from matplotlib.figure import Figure

from examples.calibration import calibration_error, measure_reliability
from examples.pictures.palette import BLUE, LINE, MUTED


def draw_reliability(models, labels, columns=3):
    """Draw the accuracy of each model against its confidence.

    Parameters
    ----------
    models : dict of str to ndarray of floats, shape (m, K)
        The probabilities of each model for the same examples.
    labels : ndarray of integers, shape (m,)
    columns : int, optional
        The number of panels side by side.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each model, with a dot for each bin. The dot is larger
        if the bin has more predictions. A line leads from the dot to the
        diagonal, where confidence and accuracy agree. Predictions above
        the diagonal are correct more often than the model says.
    """
    columns = min(columns, len(models))
    rows = -(-len(models) // columns)  # rounded up
    figure = Figure(figsize=(5.2, 2.4 * rows))
    for place, (name, P) in enumerate(models.items()):
        axes = figure.add_subplot(rows, columns, place + 1)
        axes.plot([0, 1], [0, 1], "--", color=LINE, linewidth=1)
        count, confidence, accuracy = measure_reliability(P, labels)
        axes.vlines(confidence, confidence, accuracy, color=MUTED)
        sizes = 8 + 90 * np.sqrt(count / count.max())
        axes.scatter(
            confidence, accuracy, sizes, color=BLUE, zorder=3, clip_on=False
        )
        title = f"{name}\nECE {calibration_error(P, labels):.3f}"
        axes.set_title(title, pad=10)
        axes.set(xlim=(0, 1), ylim=(0, 1), aspect="equal")
        axes.set(xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
        last_row = place >= columns * (rows - 1)
        axes.set_xlabel("confidence" if last_row else "")
        axes.set_ylabel("" if place % columns else "accuracy")
    return figure
