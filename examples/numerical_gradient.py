"""Gradients computed from function values only, to check formulas."""

import numpy as np


def central_difference(f, x, step=1e-6):
    """Estimate the gradient of `f` at `x` from two values for each entry.

    Parameters
    ----------
    f : callable
        Takes an array of the shape of `x` and returns a real number or an
        array of real numbers. For an array, the result is the gradient of
        its sum. Each number is subtracted before the sum is taken, so
        the sum of many losses loses no more digits than one loss.
    x : ndarray of float64, any shape
        The point. It is not changed.
    step : float, optional
        The distance h of ``(f(x + h) - f(x - h)) / (2 h)``.
        `rounding_bound` estimates the rounding error for a cross-entropy.

    Returns
    -------
    ndarray of float64, shape of `x`

    Raises
    ------
    TypeError
        If `x` is not float64. A smaller dtype would round the step away.

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
    """Estimate the largest relative error of a correct gradient in a check.

    The rounding error of a mean cross-entropy is about ``eps * size`` or
    less. Here `size` is the loss plus the largest absolute logit plus
    log K, because no intermediate result is larger. A central difference
    divides the error by the step. The relative error divides it by the
    largest entry of the gradient. The result is not a strict bound, because
    some numbers are rounded more than once. It leaves out the truncation
    error, which is at most ``step**2 / 6`` with respect to the logits.

    Parameters
    ----------
    loss : float
        The mean loss, or 0 if `central_difference` gets the losses as an
        array.
    logits : ndarray of floats, shape (m, K)
        The logits of the batch.
    grad : ndarray of floats, any shape
        The gradient to check, with respect to the logits or to anything
        that determines them.
    step : float, optional
        The step of the central difference.

    Returns
    -------
    float
        The estimate for float64, or inf if the whole gradient is 0.

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
        Takes a complex array of the shape of `x` and returns a complex
        scalar. It must use analytic operations only, so not `abs` or
        `max`.
    x : ndarray of float64, any shape
        The point. It is not changed.
    step : float, optional
        The h of ``f(x + i h).imag / h``. It can be so small that its
        square underflows, because nothing is subtracted.

    Returns
    -------
    ndarray of float64, shape of `x`
        The gradient. The step adds no error, but the result contains the
        rounding errors of `f` itself.

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
        ``max|a - b| / max(|a|, |b|)``. Each maximum is taken over all
        entries, so entries near 0 do not dominate. The result is 0.0 if
        all entries are 0.

    Raises
    ------
    ValueError
        If the shapes differ, or the arrays are empty.

    References
    ----------
    Higham, Accuracy and Stability of Numerical Algorithms (2002), 1.2.
    """
    a, b = np.asarray(a), np.asarray(b)
    if a.shape != b.shape or a.size == 0:
        raise ValueError(
            f"a has shape {a.shape} and b has shape {b.shape}; "
            "expected equal shapes with at least one entry"
        )
    size = max(np.abs(a).max(), np.abs(b).max())
    return float(np.abs(a - b).max() / size) if size else 0.0


def check_point(x):
    """Return `x`; raise an error if its dtype is not float64."""
    if getattr(x, "dtype", None) != np.float64:
        kind = getattr(x, "dtype", type(x).__name__)
        raise TypeError(f"x has dtype {kind}; expected float64")
    return x


def evaluate(f, x):
    """Return ``f(x)``; raise an error if it is not a scalar."""
    value = np.asarray(f(x))
    if value.shape != ():
        raise ValueError(
            f"f returned shape {value.shape}; expected a scalar, shape ()"
        )
    return value[()]
