"""What proves a law: random cases, plausible wrong versions, known counterexamples.

A law is a function of a case that predicts what NumPy does. The right one must agree
with NumPy on every case; for each wrong one a case must be found that refutes it.
"""

import numpy as np
from hypothesis import Phase, find, given, settings

SETTINGS = settings(max_examples=200, deadline=None, derandomize=True, database=None)
FIRST = settings(SETTINGS, phases=[Phase.generate])  # the smallest is not needed
NUMERIC = "biufc"


def outcome(function, case):
    """Return what a function gives for a case, or the type of its error."""
    try:
        return np.asarray(function(*case))
    except (IndexError, ValueError, OverflowError) as error:
        return type(error)


def agree(left, right) -> bool:
    """Tell whether two outcomes are one error, or one array except for rounding."""
    if isinstance(left, type) or isinstance(right, type):
        return left is right
    if left.shape != right.shape:
        return False
    if left.dtype.kind in NUMERIC and right.dtype.kind in NUMERIC:
        return np.allclose(left, right, rtol=1e-9, atol=1e-9, equal_nan=True)
    nan = left.dtype.kind in "mM"
    return np.array_equal(left, right, equal_nan=nan)


def join_arrays(*parts):
    """Return arrays of any shapes as one row, so that a rule may give several."""
    return np.concatenate([np.ravel(part) for part in parts])


def proved(cases, truth, rule, *wrong, counterexamples=None) -> None:
    """See the rule agree with the truth always, and each wrong rule fail once.

    Parameters
    ----------
    cases : hypothesis strategy
        Draws a tuple, the arguments of the functions.
    truth, rule, *wrong : functions of a case
        What NumPy does, the law, and plausible wrong versions of it.
    counterexamples : dict of str to (function, case), optional
        An earlier version of the law, and the case that refuted it, by name.
    """
    assert len(wrong) >= 2, "two plausible wrong versions belong to a law"

    def same(guess, case) -> bool:
        return agree(outcome(guess, case), outcome(truth, case))

    @SETTINGS
    @given(cases)
    def always(case):
        assert same(rule, case)

    for name, (earlier, case) in (counterexamples or {}).items():
        assert same(rule, case), f"the law is wrong for {name}"
        assert not same(earlier, case), f"not refuted by {name}"
    always()
    for guess in wrong:
        find(cases, lambda case, guess=guess: not same(guess, case), settings=FIRST)
