"""Gradients from values of a function alone, to check formulas against."""

import numpy as np


def central_difference(f, x, step=1e-6):
    """Estimate the gradient of `f` at `x` from two values for each entry.

    Parameters
    ----------
    f : callable
        Maps an array of the shape of `x` to a real scalar.
    x : ndarray of float64, any shape
        Not changed.
    step : float, optional
        The distance h of ``(f(x + h) - f(x - h)) / (2 h)``. Its error
        is of order ``h**2 + eps / h``.

    Returns
    -------
    ndarray of float64, shape of `x`

    Raises
    ------
    TypeError
        If `x` is not float64: a smaller dtype rounds the step away.
    ValueError
        If `f` does not return a scalar.

    References
    ----------
    Higham, Accuracy and Stability of Numerical Algorithms (2002), 27.4.
    """
    grad = np.empty_like(check_point(x))
    for index in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[index] += step
        below[index] -= step
        grad[index] = (evaluate(f, above) - evaluate(f, below)) / (2 * step)
    return grad


def complex_step(f, x, step=1e-20):
    """Compute the gradient of `f` at `x` without any cancellation.

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
        Exact to rounding.

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
