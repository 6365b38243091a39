"""Points on the arms of a spiral, which no straight line separates."""

import numpy as np


def make_spiral(each, classes=3, *, turn=4.0, noise=0.2, seed=0):
    """Return points on arms that wind around each other, one per class.

    Parameters
    ----------
    each : int
        The number of points on an arm, at least 2.
    classes : int, optional
        The number of arms, K.
    turn : float, optional
        The angle between the two ends of an arm, in radians.
    noise : float, optional
        The standard deviation of a point's angle, in radians.
    seed : int, optional
        The seed of the noise.

    Returns
    -------
    points : ndarray of float64, shape (K * each, 2)
        The points of each arm, from the center to radius 1.
    labels : ndarray of intp, shape (K * each,)
        The arm of each point, from 0 to K - 1.

    Raises
    ------
    ValueError
        If `each` is less than 2, or `classes` is less than 1.

    References
    ----------
    Stanford CS231n, Putting it together: Minimal neural network case
    study.
    """
    if each < 2 or classes < 1:
        raise ValueError(
            f"each is {each} and classes is {classes}; expected each to be "
            "at least 2 and classes at least 1"
        )
    radius = np.tile(np.linspace(0, 1, each), classes)
    labels = np.repeat(np.arange(classes), each)
    angle = turn * radius + 2 * np.pi * labels / classes
    angle += np.random.default_rng(seed).normal(
        scale=noise, size=angle.size
    )
    points = np.stack(
        [radius * np.cos(angle), radius * np.sin(angle)], axis=1
    )
    return points, labels
