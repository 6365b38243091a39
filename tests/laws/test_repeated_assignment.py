"""The laws of docs/indexing/repeated-assignment.md."""

from functools import partial

import numpy as np
from hypothesis import strategies as st

from tests.laws.cases import WRITEABLE, arrays, changed, integer_arrays, values
from tests.laws.proof import proved


@st.composite
def assignments(draw):
    """Draw an array, and an index and values of two dimensions in any memory order."""
    x = draw(arrays(shapes=st.just((3,)), layouts=WRITEABLE))
    index = draw(integer_arrays(3, (2, 2))) % 3
    v = values((3, 2, 2), x.dtype)[2]
    order = st.sampled_from("CF")
    return x, index.copy(draw(order)), v.copy(draw(order))


def test_law_order_not_promised():
    def is_one_of(chosen):
        def rule(x, index, v):
            after = changed(x, index, partial(assign, v=v))
            return all(
                any(after[n] == value for value in chosen(v[index == n]))
                for n in np.unique(index)
            )

        return rule

    def assign(x, index, v):
        x[index] = v

    given = is_one_of(lambda values: values)
    wrong = is_one_of(lambda values: values[-1:]), is_one_of(lambda values: values[:1])
    proved(assignments(), lambda *case: True, given, *wrong)
