"""The laws of docs/practice/wrong-lines.md."""

import numpy as np
from hypothesis import strategies as st

from examples.numerical_gradient import complex_step
from examples.softmax_cross_entropy import cross_entropy
from tests.laws.cases import batches, examples
from tests.laws.proof import proved


def test_law_first_loss():
    levels = st.floats(-1000, 1000)
    cases = st.tuples(batches(), levels).map(
        lambda drawn: (np.full(drawn[0][0].shape, drawn[1]), drawn[0][1])
    )

    def log_classes(X, y):
        return np.log(X.shape[1])

    def log_examples(X, y):
        return np.log(len(X))

    def log_cells(X, y):
        return np.log(X.size)

    proved(cases, cross_entropy, log_classes, log_examples, log_cells)


def test_law_one_negative_entry():
    def truth(x, label):
        loss = lambda x: np.log(np.exp(x).sum()) - x[label]  # noqa: E731
        grad = complex_step(loss, x)
        return np.append(np.sign(grad), grad.sum())

    def signs(x, label):
        return np.append(1 - 2 * np.eye(len(x))[label], 0)

    def only_the_label(x, label):
        return np.append(-np.eye(len(x))[label], 0)

    def reversed_signs(x, label):
        return np.append(2 * np.eye(len(x))[label] - 1, 0)

    cases = examples().filter(lambda case: len(case[0]) > 1)
    proved(cases, truth, signs, only_the_label, reversed_signs)
