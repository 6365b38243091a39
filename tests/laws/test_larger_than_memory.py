"""The laws of docs/practice/larger-than-memory.md."""

import numpy as np
from hypothesis import strategies as st

from examples.softmax_cross_entropy import cross_entropy, cross_entropy_grad
from tests.laws.proof import proved


@st.composite
def split_rows(draw):
    """Draw a layer, its labels, and a block for each of its rows."""
    m, d, K = draw(st.integers(2, 7)), draw(st.integers(1, 3)), draw(st.integers(2, 4))
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    block = draw(st.lists(st.integers(0, 2), min_size=m, max_size=m))
    A, W = rng.normal(size=(m, d)), rng.normal(size=(d, K))
    return A, W, rng.integers(K, size=m), np.array(block)


@st.composite
def split_classes(draw):
    """Draw logits, their labels, and the places where the class axis is cut."""
    m, K = draw(st.integers(1, 4)), draw(st.integers(2, 7))
    logits = st.floats(-50, 50).map(lambda x: round(x, 3))
    X = np.array(draw(st.lists(logits, min_size=m * K, max_size=m * K))).reshape(m, K)
    labels = draw(st.lists(st.integers(0, K - 1), min_size=m, max_size=m))
    cuts = draw(st.sets(st.integers(1, K - 1), max_size=3))
    return X, np.array(labels), sorted(cuts)


def joined(*parts):
    """Return numbers of any shapes as one row."""
    return np.concatenate([np.ravel(part) for part in parts])


def test_law_rows_split_exactly():
    def whole(A, W, labels, block):
        G = cross_entropy_grad(A @ W, labels)
        loss = cross_entropy(A @ W, labels)
        return joined(loss, A.T @ G, G.sum(axis=0), G @ W.T)

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
            return joined(loss, dW, db, dA)

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
        return joined(X.max(axis=1), np.logaddexp.reduce(X, axis=1))

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
                return joined(c, c + np.log(s))

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


def test_law_vocabulary_split():
    def whole(X, labels, cuts):
        grad = cross_entropy_grad(X, labels, reduction="sum")
        return joined(cross_entropy(X, labels, reduction="none"), grad)

    def over_workers(mask, shift):
        def rule(X, labels, cuts):
            firsts, parts = [0, *cuts], np.split(X, cuts, axis=1)
            tops = [part.max(axis=1) for part in parts]
            c = np.max(tops, axis=0)
            sums, picked = 0, 0
            for part, top, first in zip(parts, tops, firsts, strict=True):
                total = np.exp(part - top[:, np.newaxis]).sum(axis=1)
                sums = sums + total * (np.exp(top - c) if shift else 1)
                rows, columns = own(labels, first, part, both)
                picked = picked + np.bincount(rows, part[rows, columns], len(X))
            grads = []
            for part, first in zip(parts, firsts, strict=True):
                P = np.exp(part - c[:, np.newaxis]) / sums[:, np.newaxis]
                P[own(labels, first, part, mask)] -= 1
                grads.append(P)
            loss = c + np.log(sums) - picked
            return joined(loss, np.concatenate(grads, axis=1))

        return rule

    def own(labels, first, part, mask):
        rows = np.flatnonzero(mask(labels - first, part.shape[1]))
        return rows, labels[rows] - first

    def both(place, width):
        return (place >= 0) & (place < width)

    def no_lower_end(place, width):
        return (place >= -width) & (place < width)

    def all_but_the_last(place, width):
        return (place >= 0) & (place < width - 1)

    proved(
        split_classes(),
        whole,
        over_workers(both, shift=True),
        over_workers(both, shift=False),  # sums of different shifts, added
        over_workers(no_lower_end, shift=True),  # negative places wrap
        over_workers(all_but_the_last, shift=True),
    )
