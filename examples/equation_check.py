"""The check of each equality that the site displays."""

from itertools import pairwise

import numpy as np


def holds(formula, *sides, rtol=1e-12, atol=1e-12):
    """Check that each side of an equality equals the next one.

    The build compares `formula` with the formulas of the page. It refuses
    a formula that has no check, and a check that has no formula.

    Parameters
    ----------
    formula : str
        The LaTeX of the equality, exactly as on the page.
    *sides : array_like of numbers, or SymPy expressions
        The value of each side, in order, computed independently. A scalar
        may represent an array of equal values. Otherwise the shapes must
        agree.
    rtol, atol : float, optional
        The tolerances of `numpy.allclose`.

    Returns
    -------
    str
        What was compared, and how closely.

    Raises
    ------
    ValueError
        If there are fewer than two sides, or their shapes do not agree.
    AssertionError
        If two neighboring sides differ. A side that is nan differs from
        every other side.

    References
    ----------
    NumPy's documentation of numpy.allclose.
    """
    if len(sides) < 2:
        raise ValueError(
            f"sides has length {len(sides)} for {formula}; "
            "expected 2 or more"
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
    # If the other side is 0, only the absolute tolerance applies.
    close = max(rtol, atol) if any(map(np.any, sides[1:])) else atol
    return f"holds: {count} value{'s' * (count > 1)}, to {close:.0e}"


def find_symbolic_difference(left, right):
    """Describe the difference of two expressions; return "" if it is 0."""
    import sympy  # only for pages that calculate with symbols

    difference = sympy.simplify(left - right)
    if difference == 0 * difference:  # 0, or a matrix of zeros
        return ""
    return f"the sides differ by {difference}"


def find_numeric_difference(left, right, rtol, atol):
    """Describe the difference of two arrays; return "" if they agree."""
    left, right = np.asarray(left), np.asarray(right)
    if left.shape != right.shape and left.ndim and right.ndim:
        raise ValueError(
            f"sides have shapes {left.shape} and {right.shape}; "
            "expected equal shapes, or a scalar"
        )
    if np.allclose(left, right, rtol=rtol, atol=atol):
        return ""
    return f"the sides differ by up to {np.abs(left - right).max():.3g}"
