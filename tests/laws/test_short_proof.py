"""The laws of docs/gradient/short-proof.md."""

import numpy as np

from examples.numerical_gradient import complex_step
from examples.softmax_cross_entropy import softmax
from tests.laws.cases import examples
from tests.laws.proof import proved


def test_law_softmax_gradient():
    def slopes(x, y):
        return complex_step(lambda x: np.log(np.exp(x).sum()) - x[y], x)

    def p_minus_one_hot(x, y):
        return softmax(x) - np.eye(len(x))[y]

    def with_respect_to_p(x, y):
        return -np.eye(len(x))[y] / softmax(x)

    def diagonal_of_the_jacobian(x, y):
        return -(1 - softmax(x)) * np.eye(len(x))[y]

    rules = (slopes, p_minus_one_hot, with_respect_to_p, diagonal_of_the_jacobian)
    proved(examples(), *rules)
