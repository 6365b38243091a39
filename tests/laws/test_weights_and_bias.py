"""The laws of docs/gradient/weights-and-bias.md."""

import numpy as np
from hypothesis import strategies as st

from examples.numerical_gradient import complex_step
from tests.laws.cases import arrays_and_indices
from tests.laws.proof import proved


@st.composite
def layers(draw):
    """Draw inputs and weights of a layer, and a gradient of its result."""
    m, d, K = (draw(st.integers(1, 4)) for _ in range(3))
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    return rng.normal(size=(m, d)), rng.normal(size=(d, K)), rng.normal(size=(m, K))


def test_law_weights_gradient():
    def slopes(A, W, G):
        to_W = complex_step(lambda W: (G * (A @ W)).sum(), W)
        to_A = complex_step(lambda A: (G * (A @ W)).sum(), A)
        return np.concatenate([to_W.ravel(), to_A.ravel()])

    def products(A, W, G):
        return np.concatenate([(A.T @ G).ravel(), (G @ W.T).ravel()])

    def divided_again(A, W, G):
        return products(A, W, G) / len(A)

    def transposed(A, W, G):
        return np.concatenate([(G.T @ A).ravel(), (W @ G.T).ravel()])

    proved(layers(), slopes, products, divided_again, transposed)


def test_law_broadcast_sums():
    def slopes(x, index):
        small = np.asarray(np.sin(index[0].astype(float)))
        big = np.cos(np.broadcast_to(small, np.broadcast_shapes(*shapes(index))))
        return complex_step(lambda a: (a * big).sum(), small)

    def shapes(index):
        return [part.shape for part in index]

    def combined(over, combine=np.sum):
        def rule(x, index):
            small = np.asarray(np.sin(index[0].astype(float)))
            big = np.cos(np.broadcast_to(small, np.broadcast_shapes(*shapes(index))))
            extra = big.ndim - small.ndim
            sides = zip(big.shape, (1,) * extra + small.shape, strict=True)
            axes = [n for n, (b, s) in enumerate(sides) if over(n, extra, b, s)]
            found = combine(big, axis=tuple(axes), keepdims=True)
            return found.reshape(small.shape)

        return rule

    def along_broadcast(n, extra, big, small):
        return n < extra or big != small

    def only_new_axes(n, extra, big, small):
        return n < extra

    def only_the_first(n, extra, big, small):
        return n == 0

    mean = combined(along_broadcast, np.mean)
    wrong = map(combined, (only_new_axes, only_the_first))
    proved(arrays_and_indices(), slopes, combined(along_broadcast), mean, *wrong)
