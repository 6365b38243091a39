"""The laws of docs/indexing/index.md."""

import numpy as np

from examples.index_rules import is_mask
from tests.laws.cases import (
    arrays_and_any_indices,
    describe_result,
    is_basic,
    predict_result,
    values,
)
from tests.laws.proof import proved


def test_law_basic_or_advanced():
    def is_0d(entry):
        return isinstance(entry, np.ndarray) and entry.ndim == 0

    never_0d = predict_result(is_single=lambda entry: isinstance(entry, int))
    wrong = (
        predict_result(lambda entry: is_basic(entry) and entry is not None),
        predict_result(lambda entry: is_basic(entry) or is_mask(entry)),
        predict_result(lambda entry: is_basic(entry) or is_0d(entry)),
        never_0d,
    )
    points = values((2,), [("x", "f8"), ("y", "f8")])
    proved(
        arrays_and_any_indices() | arrays_and_any_indices(("integer", "array")),
        describe_result,
        predict_result(),
        *wrong,
        counterexamples={
            "an index array of shape () for every axis": (
                never_0d,
                (points, (np.array(0),)),
            )
        },
    )
