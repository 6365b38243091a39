"""How far predicted probabilities can be believed."""

import numpy as np


def measure_reliability(P, labels, bins=10):
    """Compare the confidence of answers with how often they are right.

    The answer to an example is the class with the largest probability,
    and this probability is its confidence.

    Parameters
    ----------
    P : ndarray of floats, shape (m, K)
        Probabilities, one row for each example.
    labels : ndarray of integers, shape (m,)
    bins : int, optional
        Into how many equal parts confidence, from 0 to 1, is divided.

    Returns
    -------
    count : ndarray of intp, shape (bins,)
        The answers in each bin.
    confidence, accuracy : ndarray of float64, shape (bins,)
        The mean confidence, and the share of right answers, in each bin;
        nan in an empty one.

    Raises
    ------
    ValueError
        If there is not one row for each label.

    References
    ----------
    Guo, Pleiss, Sun and Weinberger, On calibration of modern neural
    networks (2017), 2.
    """
    if P.ndim != 2 or labels.shape != P.shape[:1]:
        raise ValueError(
            f"P has shape {P.shape} and labels have shape {labels.shape}; "
            "expected (m, K) and (m,)"
        )
    sure, right = P.max(axis=1), P.argmax(axis=1) == labels
    place = np.minimum((sure * bins).astype(np.intp), bins - 1)
    count = np.bincount(place, minlength=bins)
    with np.errstate(invalid="ignore"):  # 0 / 0 in an empty bin
        confidence = np.bincount(place, sure, bins) / count
        accuracy = np.bincount(place, right, bins) / count
    return count, confidence, accuracy


def calibration_error(P, labels, bins=10):
    """Return the expected calibration error.

    Parameters
    ----------
    P, labels, bins
        As in `measure_reliability`.

    Returns
    -------
    float
        The mean distance of confidence and accuracy over the bins, each
        weighted by the answers in it.

    Raises
    ------
    ValueError
        As `measure_reliability` does.

    References
    ----------
    As for `measure_reliability`.
    """
    count, confidence, accuracy = measure_reliability(P, labels, bins)
    filled = count > 0
    gaps = np.abs(confidence - accuracy)[filled]
    return float(np.average(gaps, weights=count[filled]))
