"""The short rules predict the shape that NumPy returns, for the entries they name."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import short_index_rules
from examples.short_index_rules import predict_shape
from tests.laws.cases import arrays_with_axes, indices
from tests.laws.proof import SETTINGS


@st.composite
def arrays_and_indices(draw):
    """Draw an array of up to four axes, and an index of the entries named."""
    x = draw(arrays_with_axes(0, 2) | arrays_with_axes(3, 4))
    return x, draw(indices(x.shape, ("integer", "slice", "newaxis", "array")))


@SETTINGS
@given(arrays_and_indices())
def test_the_short_rules_predict_the_shape(case):
    x, index = case
    assert predict_shape(x.shape, index) == np.shape(x[index])


@pytest.mark.parametrize(
    ("line", "wrong", "index"),
    [
        ("if len(set(places)) == 1 else 0", "if places else 0", np.s_[:, [0], :, [1]]),
        ("places[0] if", "0 if", np.s_[:, [0]]),
        ("places.append", "np.ndim(entry) and places.append", np.s_[0, :, [1, 2]]),
        ("range(next(lengths))[entry]", "range(next(lengths))", np.s_[1:]),
    ],
)
def test_a_plausible_mistake_gives_another_shape(line, wrong, index):
    source = Path(short_index_rules.__file__).read_text("utf-8")
    assert line in source
    names = {}
    exec(source.replace(line, wrong), names)
    x = np.empty((2, 3, 4, 5))
    assert names["predict_shape"](x.shape, index) != x[index].shape
    assert predict_shape(x.shape, index) == x[index].shape


def test_a_mask_is_written_as_its_nonzero_arrays():
    x = np.empty((4, 2, 3, 5))
    mask = np.array([[True, False, True], [False, True, False]])
    index = (slice(None), *mask.nonzero())
    assert predict_shape(x.shape, index) == x[:, mask].shape


def test_index_arrays_that_do_not_broadcast_are_refused():
    with pytest.raises(ValueError, match="shape mismatch"):
        predict_shape((4, 4), ([0, 1], [0, 1, 2]))
