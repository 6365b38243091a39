"""The laws of docs/gradient/embedding.md."""

import numpy as np
from hypothesis import strategies as st

from examples.numerical_gradient import complex_step
from tests.laws.cases import integer_arrays
from tests.laws.proof import proved


@st.composite
def texts(draw):
    """Draw a table of word vectors, and tokens that read some of its rows."""
    words = draw(st.integers(1, 4))
    shape = draw(st.sampled_from([(), (1,), (3,), (2, 2), (0,), (1, 3)]))
    tokens = draw(integer_arrays(words, shape))
    return np.linspace(-1, 1, 2 * words).reshape(words, 2), tokens


def test_law_reading_backward_adds():
    def slopes(W, tokens):
        return complex_step(lambda W: (np.sin(W[tokens]) * weights(tokens)).sum(), W)

    def weights(tokens):
        return np.arange(1.0, 2 * tokens.size + 1).reshape(*tokens.shape, 2)

    def by(change):
        def rule(W, tokens):
            dW = np.zeros_like(W)
            change(dW, tokens, np.cos(W[tokens]) * weights(tokens))
            return dW

        return rule

    def operator(dW, tokens, dH):
        dW[tokens] += dH

    def mean(dW, tokens, dH):
        np.add.at(dW, tokens, dH)
        counts = np.bincount(tokens.ravel() % len(dW), minlength=len(dW))
        dW /= np.maximum(counts, 1)[:, None]

    proved(texts(), slopes, by(np.add.at), by(operator), by(mean))
