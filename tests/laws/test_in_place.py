"""The laws of docs/indexing/in-place.md."""

from functools import partial

import numpy as np

from tests.laws.cases import any_index, arrays_and_indices, batches, changed, positions
from tests.laws.proof import proved


def test_law_augmented_assignment():
    def operator(x, index):
        x[index] -= 3

    def three_calls(x, index):
        part = x.__getitem__(index)
        part -= 3
        x.__setitem__(index, part)

    def without_the_last(x, index):
        part = x.__getitem__(index)
        part -= 3

    def one_by_one(x, index):
        np.subtract.at(x, index, 3)

    rules = (operator, three_calls, without_the_last, one_by_one)
    proved(arrays_and_indices(), *(partial(changed, change=rule) for rule in rules))


def test_law_reading_copies():
    proved(
        any_index(),
        lambda x, index: np.shares_memory(x, x[index]),
        lambda x, index: isinstance(index, slice),
        lambda x, index: True,  # indexing gives a view
        lambda x, index: isinstance(index, slice) or (np.diff(index) == 1).all(),
    )


def test_law_writing_goes_through():
    def assign(x, index):
        x[index] = -1

    def cell_by_cell(x, index):
        for position in positions(x)[index].ravel():
            x.flat[position] = -1

    def into_what_was_read(x, index):
        x[index][...] = -1

    def into_a_copy(x, index):  # as if every index made one
        x.copy()[index] = -1

    rules = (assign, cell_by_cell, into_what_was_read, into_a_copy)
    proved(any_index(), *(partial(changed, change=rule) for rule in rules))


def test_law_repeated_cell_counts_once():
    def operator(x, index):
        x[index] -= 3

    def each_cell_once(x, index):
        for position in set(positions(x)[index].ravel().tolist()):
            x.flat[position] -= 3

    def each_mention(x, index):
        for position in positions(x)[index].ravel():
            x.flat[position] -= 3

    def only_single_mentions(x, index):
        found, counts = np.unique(positions(x)[index], return_counts=True)
        x.flat[found[counts == 1]] -= 3

    rules = (operator, each_cell_once, each_mention, only_single_mentions)
    proved(arrays_and_indices(), *(partial(changed, change=rule) for rule in rules))


def test_law_distinct_rows():
    proved(
        batches(),
        lambda x, y: len(set(positions(x)[range(len(x)), y].tolist())),
        lambda x, y: len(x),
        lambda x, y: len(set(y.tolist())),  # as many as there are different labels
        lambda x, y: min(x.shape),
    )
