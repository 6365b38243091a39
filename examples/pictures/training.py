"""Figures of a training: the gradient, the weights and the predictions."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from examples.pictures.map import draw_map
from examples.pictures.palette import INK, LINE


def draw_gradient(P, grad, labels):
    """Draw the probabilities and the gradient of a batch as two maps.

    Parameters
    ----------
    P, grad : ndarray of floats, shape (m, K)
        The arrays before and after ``grad[range(m), y] -= 1``.
    labels : ndarray of integers, shape (m,)
        The true classes, whose cells are outlined.

    Returns
    -------
    matplotlib.figure.Figure
        Blue is positive, and orange with smaller squares is negative.
        Paler colors are nearer to 0.
    """
    figure = Figure(figsize=(5.2, 3.6))
    for place, (name, values) in enumerate({"P": P, "P − Y": grad}.items()):
        axes = figure.add_subplot(1, 2, place + 1)
        draw_map(axes, values, 1)
        for row, label in enumerate(labels):
            box = Rectangle((label, row), 1, 1, fill=False, edgecolor=INK)
            box.set_clip_on(False)
            axes.add_patch(box)
        axes.set_title(name)
        axes.set(xlabel="class", ylabel="" if place else "example")
        axes.set_xticks(np.arange(P.shape[1]) + 0.5, range(P.shape[1]))
        axes.set_yticks([])
    return figure


def draw_weights(W, shape):
    """Draw the weights of each class as an image with the input's shape.

    Parameters
    ----------
    W : ndarray of floats, shape (d, K)
    shape : (int, int)
        The numbers of rows and columns of an input, whose product is d.

    Returns
    -------
    matplotlib.figure.Figure
        Blue pixels raise the logit of the class. Orange pixels, which are
        smaller, lower it.
    """
    pictures = {str(k): w.reshape(shape) for k, w in enumerate(W.T)}
    return draw_pictures(pictures, np.abs(W).max())


def draw_answers(images, labels, answers):
    """Draw images, each with its true class and the predicted class.

    Parameters
    ----------
    images : ndarray of floats from 0 to 1, shape (n, rows, columns)
    labels, answers : ndarray of integers, shape (n,)

    Returns
    -------
    matplotlib.figure.Figure
    """
    titles = [
        f"{true} ✓" if true == said else f"{true}, not {said}"
        for true, said in zip(labels, answers, strict=True)
    ]
    return draw_pictures(list(zip(titles, images, strict=True)), 1, INK)


def draw_pictures(pictures, largest, ink=None):
    """Draw images with titles, in rows of five."""
    pairs = list(
        pictures.items() if isinstance(pictures, dict) else pictures
    )
    rows = -(-len(pairs) // 5)
    figure = Figure(figsize=(5.2, 1.25 * rows))
    for place, (title, values) in enumerate(pairs):
        axes = figure.add_subplot(rows, 5, place + 1)
        draw_map(axes, values, largest, ink)
        axes.set_title(title)
        axes.set_xticks([])
        axes.set_yticks([])
        for spine in axes.spines.values():
            spine.set(visible=True, color=LINE)
    return figure
