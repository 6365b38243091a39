"""The laws of docs/indexing/failed-assignment.md."""

import numpy as np
from hypothesis import strategies as st

from tests.laws.cases import (
    NUMERIC,
    arrays_and_any_indices,
    changed,
    values,
)
from tests.laws.proof import proved


@st.composite
def assignments_that_may_fail(draw):
    """Draw an array, an index in or out of bounds, and values of any number."""
    x, index = draw(arrays_and_any_indices(**NUMERIC))
    if index and np.size(x[index]) and draw(st.booleans()):
        n = draw(st.integers(0, len(index) - 1))
        index = (*index[:n], draw(st.sampled_from([9, [-9], [0, 9]])), *index[n + 1 :])
        v = values((), x.dtype)
    else:
        shape = np.shape(x[index])
        shape = draw(st.sampled_from([shape, (*shape, 2), shape[:-1], (5,), ()]))
        v = values(shape, x.dtype)
    return x, index, v


def test_law_failure_is_atomic():
    def left_by(operation):
        def rule(x, index, v):
            return changed(x, None, lambda x, _: attempt(operation, x, index, v))

        return rule

    def attempt(operation, x, index, v):
        try:
            operation(x, index, v)
        except (IndexError, ValueError, TypeError):
            return
        x[...] = np.zeros((), x.dtype)[()]  # it did not fail

    def assign(x, index, v):
        x[index] = v

    def subtract(x, index, v):
        x[index] -= v

    def fail_after(written):
        def operation(x, index, v):
            try:
                x.copy()[index] = v
            except (IndexError, ValueError, TypeError):
                written(x, v)
                raise

        return operation

    def nothing(x, v):
        pass

    def first_cell(x, v):
        x.flat[:1] = 0

    def every_cell(x, v):
        x[...] = 0

    for operation in (assign, subtract):
        rules = map(left_by, (operation, fail_after(nothing)))
        wrong = map(left_by, map(fail_after, (first_cell, every_cell)))
        proved(assignments_that_may_fail(), *rules, *wrong)
