"""Gradients from values of a function alone, to check formulas against."""

import numpy as np


def central_difference(f, x, step=1e-6):
    """Estimate the gradient of `f` at `x` from two values for each entry.

    Parameters
    ----------
    f : callable
        Maps an array of the shape of `x` to a real number. It may also
        return an array of numbers: then the gradient of their sum is
        estimated, and each number is subtracted from its own before the
        differences are added, so that a sum of many losses rounds no
        more than one loss does.
    x : ndarray of float64, any shape
        Not changed.
    step : float, optional
        The distance h of ``(f(x + h) - f(x - h)) / (2 h)``.
        `rounding_bound` says what it leaves of a cross-entropy.

    Returns
    -------
    ndarray of float64, shape of `x`

    Raises
    ------
    TypeError
        If `x` is not float64: a smaller dtype rounds the step away.

    References
    ----------
    LeVeque, Finite Difference Methods for Ordinary and Partial
    Differential Equations (2007), 1.1.
    """
    grad = np.empty_like(check_point(x))
    for index in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[index] += step
        below[index] -= step
        change = np.subtract(f(above), f(below))
        grad[index] = change.sum() / (2 * step)
    return grad


def rounding_bound(loss, logits, grad, step=1e-6):
    """Bound the relative error of a right gradient in a check.

    A mean cross-entropy is computed to within ``eps * size``, where
    `size` is the loss, plus the largest logit without its sign, plus
    log K: no number that is rounded on the way is larger. A central
    difference divides that by the step, and the relative error divides
    it by the largest entry of the gradient. The truncation comes on top.
    With respect to the logits it is at most ``step**2 / 6``.

    Parameters
    ----------
    loss : float
        The mean loss. Give 0 if each loss is subtracted from its own
        before they are added, as `central_difference` can.
    logits : ndarray of floats, shape (m, K)
        The logits of the batch.
    grad : ndarray of floats, any shape
        The gradient that is checked: with respect to the logits or to
        anything that they are computed from.
    step : float, optional
        The step of the central difference.

    Returns
    -------
    float
        In float64; inf where the gradient is 0 everywhere.

    References
    ----------
    Nocedal and Wright, Numerical Optimization (2006), 8.1.
    """
    size = loss + np.abs(logits).max() + np.log(logits.shape[-1])
    with np.errstate(divide="ignore"):
        bound = np.finfo(float).eps * size / step / np.abs(grad).max()
    return float(bound)


def complex_step(f, x, step=1e-20):
    """Compute the gradient of `f` at `x` without subtracting two values.

    Parameters
    ----------
    f : callable
        Maps a complex array of the shape of `x` to a complex scalar, by
        operations that are analytic: no `abs`, no `max`.
    x : ndarray of float64, any shape
        Not changed.
    step : float, optional
        The h of ``f(x + i h).imag / h``. It may be so small that its
        square vanishes, since nothing is subtracted.

    Returns
    -------
    ndarray of float64, shape of `x`
        The step adds no error. Whatever `f` itself rounds away is lost:
        next to a probability of 1, p - 1 is 0.

    Raises
    ------
    TypeError
        If `x` is not float64.
    ValueError
        If `f` does not return a scalar.

    References
    ----------
    Squire and Trapp, Using complex variables to estimate derivatives of
    real functions, SIAM Review 40 (1998).
    """
    grad = np.empty_like(check_point(x))
    for index in np.ndindex(x.shape):
        beside = x.astype(complex)
        beside[index] += step * 1j
        grad[index] = evaluate(f, beside).imag / step
    return grad


def relative_error(a, b):
    """Return the largest difference, relative to the largest entry.

    Parameters
    ----------
    a, b : array_like of real numbers, one shape

    Returns
    -------
    float
        ``max|a - b| / max(|a|, |b|)``: the maxima are taken before they
        are divided, so that entries near 0 do not decide. 0.0 when both
        are 0 everywhere.

    Raises
    ------
    ValueError
        If the shapes differ or nothing is compared.

    References
    ----------
    Higham, Accuracy and Stability of Numerical Algorithms (2002), 1.2.
    """
    a, b = np.asarray(a), np.asarray(b)
    if a.shape != b.shape or a.size == 0:
        raise ValueError(
            f"a has shape {a.shape} and b has shape {b.shape}; "
            "expected one shape, not empty"
        )
    size = max(np.abs(a).max(), np.abs(b).max())
    return float(np.abs(a - b).max() / size) if size else 0.0


def check_point(x):
    """Return `x`, or say why it cannot be differentiated at."""
    if getattr(x, "dtype", None) != np.float64:
        kind = getattr(x, "dtype", type(x).__name__)
        raise TypeError(f"x has dtype {kind}; expected float64")
    return x


def evaluate(f, x):
    """Return the value of `f`, or say that it is none."""
    value = np.asarray(f(x))
    if value.shape != ():
        raise ValueError(
            f"f returns shape {value.shape}; expected a scalar, ()"
        )
    return value[()]
