"""The penalty is on the weights, and is not divided by the batch."""

import numpy as np

from examples.softmax_regression import train


def test_a_penalty_adds_its_share_of_the_weights_to_each_step():
    A, y = np.random.default_rng(0).normal(size=(6, 2)), np.arange(6) % 3
    options = {"classes": 3, "batch": 6, "rate": 0.1, "epochs": 2}
    plain, bound = train(A, y, **options), train(A, y, **options, penalty=0.5)
    np.testing.assert_allclose(bound[1][0], plain[1][0])  # from weights of 0
    less = plain[2][0] - bound[2][0]
    np.testing.assert_allclose(less, 0.1 * 0.5 * plain[1][0])
    np.testing.assert_allclose(bound[2][1], plain[2][1])  # biases are spared
