"""Random batches of logits, and what the laws of several losses share."""

import numpy as np
from hypothesis import strategies as st


@st.composite
def logit_batches(draw, least=1):
    """Draw logits (m, K), labels (m,), and a generator for what else is needed."""
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    m, K = draw(st.integers(least, 4)), draw(st.integers(2, 5))
    return rng.normal(size=(m, K)), rng.integers(K, size=m), rng


def log_softmax(X):
    """Return the logarithms of softmax; complex steps pass through it."""
    return X - np.log(np.exp(X).sum(axis=-1, keepdims=True))


def one_hot(X, y):
    """Return the one-hot rows of the labels."""
    return np.eye(X.shape[1])[y]
