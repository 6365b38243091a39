"""Measure and correct how well probabilities match the accuracy."""

import numpy as np

from examples.softmax_cross_entropy import softmax


def measure_reliability(P, labels, bins=10):
    """Compare the confidence of predictions with their accuracy.

    The predicted class is the one with the largest probability, and this
    probability is the confidence.

    Parameters
    ----------
    P : ndarray of floats, shape (m, K)
        Probabilities, one row for each example.
    labels : ndarray of integers, shape (m,)
    bins : int, optional
        The number of bins of equal width for confidences from 0 to 1.

    Returns
    -------
    count : ndarray of intp, shape (bins,)
        The number of predictions in each bin.
    confidence, accuracy : ndarray of float64, shape (bins,)
        The mean confidence and the share of correct predictions in each
        bin. Both are nan in an empty bin.

    Raises
    ------
    ValueError
        If `P` does not have one row for each label.

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
        The mean absolute difference of confidence and accuracy, where
        each bin is weighted by its number of predictions.

    Raises
    ------
    ValueError
        For the same reason as `measure_reliability`.

    References
    ----------
    As for `measure_reliability`.
    """
    count, confidence, accuracy = measure_reliability(P, labels, bins)
    filled = count > 0
    gaps = np.abs(confidence - accuracy)[filled]
    return float(np.average(gaps, weights=count[filled]))


def fit_temperature(logits, labels):
    """Return the temperature that minimizes the mean cross-entropy.

    The loss is convex in the inverse temperature. Its slope is the mean
    expected logit minus the mean logit of the labels. Bisection finds
    the point where the slope is 0.

    Parameters
    ----------
    logits : ndarray of floats, shape (m, K)
        Logits of examples that were not used in training.
    labels : ndarray of integers, shape (m,)
        Classes from 0 to K - 1.

    Returns
    -------
    float
        The temperature by which to divide the logits, to about 15 digits.

    Raises
    ------
    ValueError
        If no temperature is best. The loss falls down to the temperature
        0 if every label has the largest logit of its row. It falls up to
        an infinite temperature if the labels' logits are not larger than
        the mean of all logits.

    References
    ----------
    Guo, Pleiss, Sun and Weinberger, On calibration of modern neural
    networks (2017), 4.2.
    """
    at_label = logits[np.arange(len(labels)), labels]

    def slope(inverse):
        P = softmax(inverse * logits)
        return ((P * logits).sum(axis=1) - at_label).mean()

    if (at_label == logits.max(axis=1)).all() or slope(0.0) >= 0:
        raise ValueError(
            "no temperature is best: the loss falls without end as the "
            "temperature approaches 0 or infinity"
        )
    low, high = 0.0, 1.0
    while slope(high) < 0:
        low, high = high, 2 * high
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if slope(middle) < 0 else (low, middle)
    return 1 / high
