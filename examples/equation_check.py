"""The check that stands beside each displayed equality of the site."""

from itertools import pairwise

import numpy as np


def holds(formula, *sides, rtol=1e-12, atol=1e-12):
    """Check that the sides of an equality are equal, link by link.

    The build compares `formula` with the page, and refuses a formula that
    no cell checks, so that page and check cannot part.

    Parameters
    ----------
    formula : str
        The equality in LaTeX, exactly as the page writes it.
    *sides : array_like of numbers, or SymPy expressions
        The value of each side, in order, each computed by code of its own.
        A scalar may stand for an array that is constant; other shapes
        must agree.
    rtol, atol : float, optional
        Tolerances of numbers, as in `numpy.allclose`.

    Returns
    -------
    str
        What was compared, and how closely.

    Raises
    ------
    ValueError
        If there are fewer than two sides, or shapes that do not agree.
    AssertionError
        If two neighbouring sides differ; nan equals nothing.
    """
    if len(sides) < 2:
        raise ValueError(
            f"{len(sides)} sides of {formula}; expected 2 or more"
        )
    symbolic = any(hasattr(side, "free_symbols") for side in sides)
    for link, (left, right) in enumerate(pairwise(sides), start=1):
        if symbolic:
            fault = find_symbolic_difference(left, right)
        else:
            fault = find_numeric_difference(left, right, rtol, atol)
        if fault:
            raise AssertionError(f"link {link} of {formula}: {fault}")
    if symbolic:
        return "holds: symbolically"
    count = max(np.size(side) for side in sides)
    # Beside 0 a relative tolerance allows nothing.
    close = max(rtol, atol) if any(map(np.any, sides[1:])) else atol
    return f"holds: {count} value{'s' * (count > 1)}, to {close:.0e}"


def find_symbolic_difference(left, right):
    """Return the simplified difference of two expressions, or nothing."""
    import sympy  # only for pages that calculate with symbols

    difference = sympy.simplify(left - right)
    if difference == 0 * difference:  # 0, or a matrix of zeros
        return ""
    return f"the sides differ by {difference}"


def find_numeric_difference(left, right, rtol, atol):
    """Say how far two arrays are apart, or nothing when they agree."""
    left, right = np.asarray(left), np.asarray(right)
    if left.shape != right.shape and left.ndim and right.ndim:
        raise ValueError(
            f"sides have shapes {left.shape} and {right.shape}; "
            "expected one shape, or a scalar"
        )
    if np.allclose(left, right, rtol=rtol, atol=atol):
        return ""
    return f"the sides differ by up to {np.abs(left - right).max():.3g}"
