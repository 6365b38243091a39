"""Points on the arms of a spiral, which no straight line separates."""

import numpy as np


def make_spiral(each, classes=3, *, turn=4.0, noise=0.2, seed=0):
    """Draw points on arms that wind around each other, one for a class.

    Parameters
    ----------
    each : int
        The number of points on an arm, at least 2.
    classes : int, optional
        The number of arms, K.
    turn : float, optional
        The angle, in radians, by which an arm winds.
    noise : float, optional
        The standard deviation of a point's angle, in radians.
    seed : int, optional
        Of the noise.

    Returns
    -------
    points : ndarray of float64, shape (K * each, 2)
        From the centre, where all arms meet, to the radius 1.
    labels : ndarray of intp, shape (K * each,)
        The arm of each point, 0 to K - 1, in order.

    Raises
    ------
    ValueError
        If there are fewer than 2 points on an arm, or no arm.

    References
    ----------
    Stanford CS231n, Putting it together: Minimal neural network case
    study, which made such points the usual example.
    """
    if each < 2 or classes < 1:
        raise ValueError(
            f"each is {each} and classes is {classes}; "
            "expected at least 2 and 1"
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
