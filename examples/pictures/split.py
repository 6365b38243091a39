"""Figures of a vocabulary that is split over two workers."""

import numpy as np

from examples.chunked import (
    find_label_cells,
    merge_summaries,
    summarize_block,
)
from examples.pictures.grid import (
    draw_grid,
    fit_figure,
    format_value,
    make_figure,
)
from examples.pictures.palette import MUTED

GAP = 1.7  # cells between neighbors
NEXT = 1.5  # cells from one stage to the next


def draw_split(X, labels, cut):
    """Draw the logits, the messages and the gradients of two workers.

    Parameters
    ----------
    X : ndarray of floats, shape (m, K)
        Logits, one row for each example.
    labels : ndarray of integers, shape (m,)
        Labels from 0 to K - 1.
    cut : int
        The first class of the second worker, from 1 to K - 1.

    Returns
    -------
    matplotlib.figure.Figure
        A column for each worker, with its logits, the three numbers that
        it sends for each row, and its part of the summed gradient. The
        cells of its labels are outlined. Between the columns are the
        labels, and the two numbers for each row that both receive.

    Raises
    ------
    ValueError
        If `cut` leaves a worker without a class.
    """
    K = X.shape[1]
    if not 1 <= cut < K:
        raise ValueError(f"cut is {cut}; expected 1 to {K - 1}")
    parts = [slice(0, cut), slice(cut, K)]
    exps = [X[:, part].copy() for part in parts]
    sent = [
        summarize_block(exps[n], labels, parts[n].start) for n in range(2)
    ]
    whole = merge_summaries(*sent)
    figure, axes = make_figure()
    middle, below = max(cut, 3) + GAP, len(X) + NEXT
    lefts = [0, middle + 2 + GAP]
    draw_grid(axes, labels[:, np.newaxis], (middle, 0), "labels", [])
    both = np.stack(whole[:2], axis=1)
    draw_grid(axes, both, (middle, below), "c, s", [])
    for n, (part, left) in enumerate(zip(parts, lefts, strict=True)):
        span = f"{part.start}:{part.stop}"
        own = find_label_cells(labels, part.start, part.stop - part.start)
        cells = np.ravel_multi_index(own, exps[n].shape)
        scale = np.exp(sent[n].largest - whole.largest) / whole.total
        G = exps[n] * scale[:, np.newaxis]
        G[own] -= 1
        title = f"worker {n}: X[:, {span}]"
        draw_grid(axes, X[:, part], (left, 0), title, cells)
        numbers = format_summary(sent[n], own[0])
        draw_grid(axes, numbers, (left, below), "max, sum, label", [])
        draw_grid(axes, G, (left, 2 * below), f"G[:, {span}]", cells)
        ends = (left + 3, middle) if n == 0 else (left, middle + 2)
        draw_exchange(axes, left + 0.6, ends, below, len(X))
    for text in list(axes.texts):
        if text.get_label() == "order":
            text.remove()  # each row has one label, so there is no order
    right = lefts[1] + max(K - cut, 3)
    return fit_figure(figure, axes, right, 2 * below + len(X))


def format_summary(state, own):
    """Return the numbers that a worker sends, as text."""
    columns = [[format_value(x) for x in column] for column in state]
    rows = np.array(columns).T
    rows[np.isin(range(len(rows)), own, invert=True), 2] = ""
    return rows


def draw_exchange(axes, down, ends, below, rows):
    """Draw the arrows of one worker: down, to the middle, and back."""
    edge, side = ends
    inward = 0.25 if edge < side else -0.25
    there, back = below + 0.7, below + rows - 0.7
    arrows = [
        ((down, rows + 0.15), (down, below - 0.75)),
        ((edge + inward, there), (side - inward, there)),
        ((side - inward, back), (edge + inward, back)),
        ((down, below + rows + 0.15), (down, 2 * below - 0.75)),
    ]
    for start, end in arrows:
        style = {"arrowstyle": "-|>", "color": MUTED, "lw": 1.5}
        axes.annotate("", xy=end, xytext=start, arrowprops=style)
