"""The laws of docs/indexing/index.md."""

import numpy as np

from examples.index_rules import is_mask, is_single, read_index
from tests.laws.cases import arrays_and_any_indices, describe_result, values
from tests.laws.proof import proved


def test_law_basic_or_advanced():
    def said(is_basic, is_single=is_single):
        def rule(x, index):
            entries = read_index(index)
            if len(entries) == x.ndim and all(map(is_single, entries)):
                return "cell"
            if not np.size(x[index]):
                return "empty"
            return "view" if all(map(is_basic, entries)) else "copy"

        return rule

    def is_basic(entry):
        return not isinstance(entry, np.ndarray)

    def is_0d(entry):
        return isinstance(entry, np.ndarray) and entry.ndim == 0

    never_0d = said(is_basic, lambda entry: isinstance(entry, int))
    wrong = (
        said(lambda entry: is_basic(entry) and entry is not None),  # newaxis copies
        said(lambda entry: is_basic(entry) or is_mask(entry)),
        said(lambda entry: is_basic(entry) or is_0d(entry)),
        never_0d,
    )
    points = values((2,), [("x", "f8"), ("y", "f8")])
    proved(
        arrays_and_any_indices() | arrays_and_any_indices(("integer", "array")),
        describe_result,
        said(is_basic),
        *wrong,
        counterexamples={
            "an index array of shape () for every axis": (
                never_0d,
                (points, (np.array(0),)),
            )
        },
    )
