"""The laws of docs/gradient/precision.md."""

from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from tests.laws.proof import proved


@st.composite
def sums_of_products(draw):
    """Draw products in float16, and in which order which two sums are added."""
    n = draw(st.integers(2, 30))
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    x, y = rng.uniform(0.25, 1, (2, n)) * rng.choice([-1, 1], (2, n))
    return x.astype(np.float16), y.astype(np.float16), rng


def add_pairs(x, y, rng):
    """Add the products pair by pair, in a random order, each sum rounded."""
    terms = list(x * y)
    while len(terms) > 1:
        one, other = (terms.pop(rng.integers(len(terms))) for _ in range(2))
        terms.append(one + other)
    return terms[0]


def test_law_sums_in_any_order():
    def within(bound):
        def rule(x, y, rng):
            pairs = zip(x.tolist(), y.tolist(), strict=True)
            products = [Fraction(a) * Fraction(b) for a, b in pairs]
            found = [Fraction(float(add_pairs(x, y, rng))) for _ in range(2)]
            half = Fraction(float(np.finfo(np.float16).eps)) / 2
            size = bound(products) * half * Fraction(101, 100)  # to first order
            off = max(abs(sum(products) - one) for one in found)
            return off <= size and abs(found[0] - found[1]) <= 2 * size

        return rule

    def all_terms(products):
        return len(products) * sum(map(abs, products))

    def one_rounding(products):
        return sum(map(abs, products)) / 4

    def of_the_result(products):
        return len(products) * abs(sum(products))

    rules = map(within, (all_terms, one_rounding, of_the_result))
    proved(sums_of_products(), lambda x, y, rng: True, *rules)
