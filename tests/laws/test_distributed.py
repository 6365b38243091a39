"""The laws of docs/practice/distributed.md."""

import numpy as np

from examples.softmax_cross_entropy import cross_entropy, cross_entropy_grad
from tests.laws.class_blocks import split_classes
from tests.laws.proof import join_arrays, proved


def test_law_vocabulary_split():
    def whole(X, labels, cuts):
        grad = cross_entropy_grad(X, labels, reduction="sum")
        return join_arrays(cross_entropy(X, labels, reduction="none"), grad)

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
            return join_arrays(loss, np.concatenate(grads, axis=1))

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
