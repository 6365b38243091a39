"""The laws of docs/practice/larger-than-memory.md."""

import numpy as np
from hypothesis import strategies as st

from examples.softmax_cross_entropy import cross_entropy, cross_entropy_grad
from tests.laws.class_blocks import split_classes
from tests.laws.proof import join_arrays, proved


@st.composite
def split_rows(draw):
    """Draw a layer, its labels, and a block for each of its rows."""
    m, d, K = draw(st.integers(2, 7)), draw(st.integers(1, 3)), draw(st.integers(2, 4))
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    block = draw(st.lists(st.integers(0, 2), min_size=m, max_size=m))
    A, W = rng.normal(size=(m, d)), rng.normal(size=(d, K))
    return A, W, rng.integers(K, size=m), np.array(block)


def test_law_rows_split_exactly():
    def whole(A, W, labels, block):
        G = cross_entropy_grad(A @ W, labels)
        loss = cross_entropy(A @ W, labels)
        return join_arrays(loss, A.T @ G, G.sum(axis=0), G @ W.T)

    def added(divide):
        def rule(A, W, labels, block):
            used = np.unique(block)
            loss, dW, db, dA = 0, 0, 0, np.zeros(A.shape)
            for rows in (np.flatnonzero(block == n) for n in used):
                X, y = A[rows] @ W, labels[rows]
                G = cross_entropy_grad(X, y, reduction="sum")
                by = divide(len(rows), len(used), len(A))
                loss += cross_entropy(X, y, reduction="sum") / by
                dW, db = dW + A[rows].T @ G / by, db + G.sum(axis=0) / by
                dA[rows] = G @ W.T / by
            return join_arrays(loss, dW, db, dA)

        return rule

    proved(
        split_rows(),
        whole,
        added(lambda rows, blocks, m: m),
        added(lambda rows, blocks, m: rows),  # the sum of the blocks' means
        added(lambda rows, blocks, m: rows * blocks),  # the mean of their means
    )


def test_law_online_log_sum_exp():
    def whole(X, labels, cuts):
        return join_arrays(X.max(axis=1), np.logaddexp.reduce(X, axis=1))

    def in_parts(merge):
        def rule(X, labels, cuts):
            parts = np.split(X, cuts, axis=1)
            states = [
                (part.max(axis=1), np.exp(part - part.max(axis=1, keepdims=True)))
                for part in parts
            ]
            c, s = states[0][0], states[0][1].sum(axis=1)
            for c2, exps in states[1:]:
                c, s = merge(c, s, c2, exps.sum(axis=1))
            with np.errstate(divide="ignore"):
                return join_arrays(c, c + np.log(s))

        return rule

    def rescaled(c1, s1, c2, s2):
        c = np.maximum(c1, c2)
        return c, s1 * np.exp(c1 - c) + s2 * np.exp(c2 - c)

    def added(c1, s1, c2, s2):
        return np.maximum(c1, c2), s1 + s2

    def only_the_old_one_rescaled(c1, s1, c2, s2):
        c = np.maximum(c1, c2)
        return c, s1 * np.exp(c1 - c) + s2

    rules = (rescaled, added, only_the_old_one_rescaled)
    proved(split_classes(), whole, *map(in_parts, rules))
