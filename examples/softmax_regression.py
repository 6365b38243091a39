"""Softmax regression: a linear classifier trained with the line."""

import numpy as np

from examples.label_guard import check_labels
from examples.softmax_cross_entropy import softmax


def train(
    features, labels, classes, *, epochs, batch, rate, penalty=0, seed=0
):
    """Train a linear classifier by mini-batch gradient descent.

    Parameters
    ----------
    features : ndarray of floats, shape (n, d)
        One row for each example.
    labels : ndarray of integers, shape (n,)
        Classes from 0 to `classes` - 1.
    classes : int
        The number of classes, K.
    epochs : int
        How often the training uses every example.
    batch : int
        The number m of examples in a step. The last step of an epoch may
        have fewer.
    rate : float
        The learning rate. Each step is `rate` times the gradient of the
        batch's mean loss.
    penalty : float, optional
        The factor of half the sum of the squared weights, which is added
        to the mean loss. Biases are not penalized.
    seed : int, optional
        The seed of the random order of the examples.

    Returns
    -------
    list of (W, b), of length epochs + 1
        Weights (d, K) and biases (K,) before and after each epoch. The
        logits are ``features @ W + b``.

    Raises
    ------
    TypeError
        If the labels are not integers.
    ValueError
        If the shapes do not agree, a label is out of range, or `batch`
        is less than 1.

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning (2006), 4.3.4.
    """
    check_training_data(features, labels, classes, batch)
    rng = np.random.default_rng(seed)
    W, b = np.zeros((features.shape[1], classes)), np.zeros(classes)
    history = [(W.copy(), b.copy())]
    for _ in range(epochs):
        order = rng.permutation(len(features))
        for start in range(0, len(order), batch):
            rows = order[start : start + batch]
            A, y, m = features[rows], labels[rows], len(rows)
            grad = softmax(A @ W + b)
            grad[range(m), y] -= 1
            grad /= m
            W -= rate * (A.T @ grad + penalty * W)
            b -= rate * grad.sum(axis=0)
        history.append((W.copy(), b.copy()))
    return history


def check_training_data(features, labels, classes, batch):
    """Raise an error for data that would silently train a wrong model."""
    if features.ndim != 2:
        raise ValueError(
            f"features have shape {features.shape}; expected (n, d)"
        )
    check_labels(labels, len(features), classes)
    if batch < 1:
        raise ValueError(f"batch is {batch}; expected 1 or more")
