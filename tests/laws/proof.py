"""What proves a law: many random cases, and two plausible wrong versions.

A law is a function of a case that predicts what NumPy does. The right one must agree
with NumPy on every case; for each wrong one a case must be found that refutes it.
"""

import numpy as np
from hypothesis import find, given, settings

SETTINGS = settings(max_examples=200, deadline=None, derandomize=True, database=None)


def outcome(function, case):
    """Return what a function gives for a case, or the type of its error."""
    try:
        return np.asarray(function(*case))
    except (IndexError, ValueError) as error:
        return type(error)


def agree(left, right) -> bool:
    """Tell whether two outcomes are one error, or one array but for rounding."""
    if isinstance(left, type) or isinstance(right, type):
        return left is right
    return left.shape == right.shape and np.allclose(left, right, rtol=1e-9, atol=1e-9)


def proved(cases, truth, rule, *wrong) -> None:
    """See the rule agree with the truth always, and each wrong rule fail once."""
    assert len(wrong) >= 2, "two plausible wrong versions belong to a law"

    def same(guess, case) -> bool:
        return agree(outcome(guess, case), outcome(truth, case))

    @SETTINGS
    @given(cases)
    def always(case):
        assert same(rule, case)

    always()
    for guess in wrong:
        find(cases, lambda case, guess=guess: not same(guess, case), settings=SETTINGS)
