"""Plain Python: logits a list of m lists of K floats, labels a list."""

import math


def gradient(logits, labels):
    """Return the gradient of the mean cross-entropy."""
    grad = [softmax(row) for row in logits]
    for row, label in zip(grad, labels, strict=True):
        row[label] -= 1
    return [[value / len(labels) for value in row] for row in grad]


def softmax(row):
    """Return the probabilities of one example."""
    exps = [math.exp(logit - max(row)) for logit in row]
    total = sum(exps)
    return [value / total for value in exps]
