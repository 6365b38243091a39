"""The laws of docs/gradient/cancellation.md."""

import numpy as np
from hypothesis import strategies as st
from scipy.special import logsumexp

from tests.laws.proof import proved


@st.composite
def confident_rows(draw):
    """Draw the logits of one example whose label, 0, is ahead by some margin."""
    others = draw(st.lists(st.floats(-5, 0), min_size=1, max_size=4))
    return (np.array([draw(st.floats(0, 600)), *others]),)


def test_law_label_from_the_others():
    # Logarithms are compared, so that a relative error shows at any size.
    def to_all_digits(x):
        return logsumexp(x[1:]) - logsumexp(x)

    def rule_of(entry):
        def rule(x):
            exps = np.exp(x - x.max())
            with np.errstate(divide="ignore"):
                return np.log(-entry(exps / exps.sum(), x - logsumexp(x), exps))

        return rule

    others = rule_of(lambda p, log_p, exps: -p[1:].sum())
    subtracted = rule_of(lambda p, log_p, exps: p[0] - 1)
    expm1 = rule_of(lambda p, log_p, exps: np.expm1(-np.log(exps.sum() / exps[0])))
    proved(confident_rows(), to_all_digits, others, subtracted, expm1)
