"""Softmax, cross-entropy and its gradient with respect to the logits."""

from typing import NamedTuple

import numpy as np

from examples.label_guard import check_labels, refuse_mask


def softmax(logits, axis=-1):
    """Turn logits into probabilities along the class axis.

    Parameters
    ----------
    logits : array_like of real numbers, any shape
        Integers become float64. A floating dtype is kept, and float16 is
        computed in float32.
    axis : int, optional
        The class axis.

    Returns
    -------
    ndarray, shape and floating dtype of `logits`
        Probabilities, which sum to 1 along `axis`. They are nan where
        all logits along `axis` are -inf, or any of them is +inf or nan.

    Raises
    ------
    TypeError
        If `logits` are not real numbers.
    ValueError
        If `logits` do not have this axis, or its length is 0.

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning (2006), eq. (4.62).
    """
    logits = check_logits(logits, axis)
    x = widen_float16(logits)
    with np.errstate(invalid="ignore"):  # -inf - -inf: documented above
        P = x - x.max(axis=axis, keepdims=True)
    np.exp(P, out=P)  # in place: no second array of this shape
    P /= P.sum(axis=axis, keepdims=True)
    return P.astype(logits.dtype, copy=False)


def log_softmax(logits, axis=-1):
    """Return the logarithm of `softmax`, finite where softmax underflows.

    Parameters
    ----------
    logits : array_like of real numbers, any shape
        As in `softmax`.
    axis : int, optional
        The class axis.

    Returns
    -------
    ndarray, shape and floating dtype of `logits`
        ``logits - logsumexp(logits)`` along `axis`, in nats. It is nan
        where `softmax` is nan.

    Raises
    ------
    TypeError, ValueError
        For the same reasons as `softmax`.

    References
    ----------
    Blanchard, Higham and Higham, Accurately computing the log-sum-exp
    and softmax functions, IMA Journal of Numerical Analysis 41 (2021).
    """
    logits = check_logits(logits, axis)
    x = widen_float16(logits)
    with np.errstate(invalid="ignore"):  # as in softmax
        shifted = x - x.max(axis=axis, keepdims=True)
    total = np.exp(shifted).sum(axis=axis, keepdims=True)
    return (shifted - np.log(total)).astype(logits.dtype, copy=False)


def delta_cross_entropy(X, y):
    """Return the gradient of the mean cross-entropy, in its common form.

    This function checks nothing, to stay short. Labels whose shape is not
    (m,) can give a wrong gradient without an error. Use
    `cross_entropy_grad` to have the arguments checked.

    Parameters
    ----------
    X : ndarray of floats, shape (m, K)
        Logits, one row for each example.
    y : ndarray of integers, shape (m,)
        Labels from 0 to K - 1.

    Returns
    -------
    ndarray, shape and dtype of `X`
        The derivative of the mean of the m losses with respect to the
        logits. Each row sums to 0.

    Raises
    ------
    TypeError, ValueError
        If `softmax` refuses the logits.
    IndexError
        If a label is not a column number, or there are more labels than
        rows.

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning (2006), eq. (5.18).
    """
    m = y.shape[0]
    grad = softmax(X)
    grad[range(m), y] -= 1
    return grad / m


def cross_entropy(
    logits,
    labels,
    *,
    axis=-1,
    weight=None,
    ignore_index=None,
    label_smoothing=0.0,
    reduction="mean",
):
    """Return the cross-entropy between labels and the softmax of logits.

    The options have the meanings, formulas and denominators of PyTorch's
    ``torch.nn.functional.cross_entropy``.

    Parameters
    ----------
    logits : array_like of real numbers
        One axis of length K for the classes. All other axes together are
        the batch.
    labels : array_like
        Either class indices or probabilities. Class indices are integers
        from 0 to K - 1, or `ignore_index`, and have the shape of `logits`
        without the class axis. Probabilities have a floating dtype and
        the shape of `logits`.
    axis : int, optional
        The class axis, such as -1 for (m, K) or 1 for (N, C, H, W).
    weight : array_like of real numbers, shape (K,), optional
        A factor for each class.
    ignore_index : int, optional
        Examples with this label contribute nothing. Only class indices
        can be ignored.
    label_smoothing : float from 0 to 1, optional
        The share of each label that is spread evenly over all classes.
    reduction : {"mean", "sum", "none"}, optional
        For class indices, "mean" divides by the sum of the weights of all
        labels that are not ignored. For probabilities, it divides by the
        number of examples. The mean is nan if the divisor is 0.

    Returns
    -------
    ndarray, floating dtype of `logits`
        The loss in nats. It is a scalar of shape (), except that "none"
        gives one loss for each example, in the shape of the batch.

    Raises
    ------
    TypeError
        If an argument has another dtype than above.
    ValueError
        If a shape, a label or an option is not among those above.

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning (2006), eq. (4.108);
    PyTorch's documentation of CrossEntropyLoss.
    """
    logits = check_logits(logits, axis)
    targets = build_targets(
        logits, labels, axis, weight, ignore_index, label_smoothing
    )
    logs = log_softmax(np.moveaxis(widen_float16(logits), axis, -1))
    kept = targets.kept
    terms = weigh_logs(logs[targets.cells], targets.at_label, kept)
    spread = weigh_logs(logs, targets.spread, kept[..., np.newaxis])
    losses = 0 - (terms + spread.sum(axis=-1))  # a loss of 0 is not -0.0
    loss = reduce_losses(losses, targets.total, reduction)
    return loss.astype(logits.dtype)


def cross_entropy_grad(
    logits,
    labels,
    *,
    axis=-1,
    weight=None,
    ignore_index=None,
    label_smoothing=0.0,
    reduction="mean",
):
    """Return the gradient of `cross_entropy` with respect to the logits.

    Parameters
    ----------
    logits, labels, axis, weight, ignore_index, label_smoothing
        As in `cross_entropy`.
    reduction : {"mean", "sum", "none"}, optional
        As in `cross_entropy`. For "none", the result is the gradient of
        the sum of the losses.

    Returns
    -------
    ndarray, shape and floating dtype of `logits`
        Softmax times the sum of the targets, minus the targets. For
        "mean", it is divided as the loss is. It is 0 for ignored
        examples, even if all are ignored and the loss is nan.

    Raises
    ------
    TypeError, ValueError
        For the same reasons as `cross_entropy`.

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning (2006), eq. (5.18).
    """
    logits = check_logits(logits, axis)
    targets = build_targets(
        logits, labels, axis, weight, ignore_index, label_smoothing
    )
    mean = check_reduction(reduction) == "mean"
    total = targets.total if mean else 1.0
    summed = targets.spread.sum(axis=-1) + targets.at_label
    grad = softmax(np.moveaxis(widen_float16(logits), axis, -1))
    # For class indices no other array of this shape is made.
    grad *= (summed / total).astype(grad.dtype)[..., np.newaxis]
    grad[summed == 0] = 0  # also where softmax is nan
    grad -= (targets.spread / total).astype(grad.dtype)
    grad[targets.cells] -= targets.at_label / total  # the line
    grad[~targets.kept] = 0
    return np.moveaxis(grad, -1, axis).astype(logits.dtype, copy=False)


class Targets(NamedTuple):
    """The weight of each class in the loss of each example.

    Each class has the weight `spread`, and the label's class has the
    additional weight `at_label`. The loss of an example is the sum of
    ``-weight * log_softmax`` over its classes.

    Attributes
    ----------
    spread : ndarray of floats, shape (..., K) or (K,)
        For probabilities, one weight for each class of each example. For
        class indices, the label smoothing, which is the same for all
        examples.
    at_label : ndarray of floats, shape (...)
        The label's additional weight, which is 0 for probabilities.
    cells : tuple of ndarrays of integers
        The index of the label's cell in each example, with the class
        axis last.
    kept : ndarray of booleans, shape (...)
        True for each example that is not ignored.
    total : float
        The divisor of the mean, with nan in place of 0.
    """

    spread: np.ndarray
    at_label: np.ndarray
    cells: tuple
    kept: np.ndarray
    total: float


def build_targets(logits, labels, axis, weight, ignore_index, smoothing):
    """Return the targets of a batch; raise an error for a bad argument."""
    K = logits.shape[axis]
    weight = check_weight(weight, K, np.result_type(logits, float))
    if not 0 <= smoothing <= 1:
        raise ValueError(
            f"label_smoothing is {smoothing}; expected a number from 0 to 1"
        )
    labels = refuse_mask(labels)
    if labels.shape == logits.shape and labels.dtype.kind == "f":
        if ignore_index is not None:
            raise ValueError(
                f"ignore_index is {ignore_index}; expected None, because "
                "labels are probabilities"
            )
        soft = np.moveaxis(labels.astype(float), axis, -1)
        spread = ((1 - smoothing) * soft + smoothing / K) * weight
        kept = np.full(soft.shape[:-1], True)
        picked = np.zeros(kept.shape, np.intp)
        at_label = np.zeros(kept.shape)
        total = kept.size
    else:
        kept = check_indices(labels, logits, axis, ignore_index)
        picked = np.where(kept, labels, 0).astype(np.intp)
        spread = smoothing / K * weight
        at_label = (1 - smoothing) * weight[picked]
        total = (weight[picked] * kept).sum()
    rows = np.indices(kept.shape, sparse=True)
    return Targets(spread, at_label, (*rows, picked), kept, total or np.nan)


def weigh_logs(logs, weights, kept):
    """Return logarithms times weights, with 0 for a weight of 0."""
    terms = np.zeros(logs.shape, np.result_type(logs, weights))
    used = kept & (weights != 0)
    return np.multiply(logs, weights, out=terms, where=used)


def check_logits(logits, axis):
    """Return logits as floats; raise an error if there is no class."""
    logits = np.asarray(logits)
    if logits.dtype.kind not in "iuf":
        raise TypeError(
            f"logits have dtype {logits.dtype}; expected real numbers"
        )
    if not -logits.ndim <= axis < logits.ndim:
        raise ValueError(
            f"axis is {axis}; expected {-logits.ndim} to "
            f"{logits.ndim - 1} for logits of shape {logits.shape}"
        )
    if logits.shape[axis] == 0:
        raise ValueError(
            f"logits have shape {logits.shape}; expected at least one "
            f"class along axis {axis}"
        )
    return logits if logits.dtype.kind == "f" else logits.astype(float)


def widen_float16(logits):
    """Return float16 as float32, because float16 sums stall or overflow."""
    return logits.astype(np.result_type(logits, np.float32), copy=False)


def check_weight(weight, K, dtype):
    """Return one factor for each class, which is 1 by default."""
    if weight is None:
        return np.ones(K, dtype)
    weight = np.asarray(weight)
    if weight.dtype.kind not in "iuf":
        raise TypeError(
            f"weight has dtype {weight.dtype}; expected real numbers"
        )
    if weight.shape != (K,):
        raise ValueError(
            f"weight has shape {weight.shape}; expected ({K},), one for "
            "each class"
        )
    return weight.astype(dtype)


def check_indices(labels, logits, axis, ignore_index):
    """Return which labels are not ignored; refuse a label out of range."""
    K = logits.shape[axis]
    batch = np.moveaxis(logits, axis, -1).shape[:-1]
    if labels.shape != batch:
        raise ValueError(
            f"labels have shape {labels.shape} and dtype {labels.dtype}; "
            f"expected class indices of shape {batch}, or probabilities "
            f"of shape {logits.shape} with a floating dtype"
        )
    labels = check_labels(labels, batch, K, ignored=ignore_index)
    if ignore_index is None:
        return np.full(batch, True)
    return labels != ignore_index


def check_reduction(reduction):
    """Return the name of a reduction; raise an error for another name."""
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(
            f"reduction is {reduction!r}; expected 'mean', 'sum' or 'none'"
        )
    return reduction


def reduce_losses(losses, total, reduction):
    """Return the losses, their sum, or their sum divided by `total`."""
    if check_reduction(reduction) == "none":
        return losses
    if reduction == "sum":
        return losses.sum()
    return losses.sum() / total
