"""The laws of docs/indexing/speed.md."""

import numpy as np

from examples.index_rules import read_index
from tests.laws.cases import (
    NUMBERS,
    WRITEABLE,
    arrays_and_any_indices,
    arrays_and_pairs,
)
from tests.laws.proof import proved


class Counted:
    """An index that is no array, and counts how often it is converted to one."""

    def __init__(self, entries):
        self.entries, self.converted = entries, 0

    def __array__(self, dtype=None, copy=None):
        """Be converted, and count it."""
        self.converted += 1
        return self.entries


def test_law_index_converted_twice():
    def count_conversions(x, index):
        entries = read_index(index)
        operator, method = (
            [Counted(e) if isinstance(e, np.ndarray) else e for e in entries]
            for _ in range(2)
        )
        x[tuple(operator)] -= x.dtype.type(3)
        np.subtract.at(x, tuple(method), x.dtype.type(3))
        return [e.converted for e in operator + method if isinstance(e, Counted)]

    def by(operator, method):
        def rule(x, index):
            arrays = [e for e in read_index(index) if isinstance(e, np.ndarray)]
            return [*map(operator, arrays), *map(method, arrays)]

        return rule

    def once(array):
        return 1

    def twice(array):
        return 2

    options = {"dtypes": NUMBERS, "layouts": WRITEABLE}
    cases = arrays_and_pairs(**options) | arrays_and_any_indices(**options)
    proved(
        cases,
        count_conversions,
        by(twice, once),
        by(once, once),  # and then kept
        by(twice, twice),
        by(lambda array: 2 * array.size, lambda array: array.size),  # for each entry
    )
