"""The laws of docs/gradient/jacobian-proof.md."""

import numpy as np

from examples.numerical_gradient import complex_step
from examples.softmax_cross_entropy import softmax
from tests.laws.cases import examples
from tests.laws.proof import proved


def test_law_softmax_jacobian():
    def slopes(x, label):
        parts = [lambda x, j=j: (np.exp(x) / np.exp(x).sum())[j] for j in range(len(x))]
        return np.stack([complex_step(part, x) for part in parts])

    def diagonal_less_outer(x, label):
        p = softmax(x)
        return np.diag(p) - np.outer(p, p)

    def diagonal(x, label):
        p = softmax(x)
        return np.diag(p * (1 - p))

    def sigmoid_everywhere(x, label):
        p = softmax(x)
        return np.outer(p, 1 - p)

    proved(examples(), slopes, diagonal_less_outer, diagonal, sigmoid_everywhere)


def test_the_jacobian_of_probabilities_that_underflow_has_a_smaller_rank():
    for logits, rank in [([0, 0, -1], 2), ([0, 0, -800], 1), ([0, -800, -800], 0)]:
        p = softmax(logits)
        assert np.linalg.matrix_rank(np.diag(p) - np.outer(p, p)) == rank


def test_law_jacobian_product():
    def product(x, label):
        p, v = softmax(x), np.cos(x + label)
        return v @ (np.diag(p) - np.outer(p, p))

    def through(mean):
        def rule(x, label):
            p, v = softmax(x), np.cos(x + label)
            return p * (v - mean(v, p))

        return rule

    means = (lambda v, p: (v * p).sum(), lambda v, p: v.mean(), lambda v, p: v * p)
    proved(examples(), product, *map(through, means))
