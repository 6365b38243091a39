"""The picture of memory shows where each cell of a result lies."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from examples.pictures.memory import draw_memory, list_addresses


def read_strips(figure) -> dict[str, dict[str, str]]:
    """Read back, for each title, the value and the number of each cell."""
    texts = figure.axes[0].texts
    found = {}
    for title in [t for t in texts if t.get_family() == ["monospace"]]:
        top = title.get_position()[1] + 0.25
        on = [t for t in texts if 0 < t.get_position()[1] - top < 1]
        orders = {
            int(np.floor(t.get_position()[0])): t.get_text()
            for t in on
            if t.get_label() == "order"
        }
        found[title.get_text()] = {
            t.get_text(): orders.get(int(np.floor(t.get_position()[0])), "")
            for t in on
            if t.get_label() == "value"
        }
    return found


def test_a_view_is_drawn_in_the_memory_of_the_array():
    a = np.arange(6).reshape(2, 3)
    found = read_strips(draw_memory(a, "a", {"a[:, ::2]": a[:, ::2], "a.T": a.T}))
    assert found["a[:, ::2]: memory of a"] == {
        "0": "0",
        "1": "",
        "2": "1",
        "3": "2",
        "4": "",
        "5": "3",
    }
    assert list(found["a.T: memory of a"].values()) == list("024135")


def test_a_copy_is_drawn_as_memory_of_its_own_in_its_own_order():
    a = np.arange(6).reshape(2, 3)
    copy = np.asfortranarray(a[:, [0, 2]])
    found = read_strips(draw_memory(a, "a", {"copy": copy}))
    assert found["copy: memory of its own"] == {"0": "0", "3": "2", "2": "1", "5": "3"}


def test_a_cell_that_is_read_twice_has_two_numbers():
    a = np.arange(2)
    found = read_strips(draw_memory(a, "a", {"b": np.broadcast_to(a, (2, 2))}))
    assert found["b: memory of a"] == {"0": "0,2", "1": "1,3"}


@settings(max_examples=100, deadline=None, derandomize=True)
@given(hnp.array_shapes(max_dims=3, max_side=3), st.data())
def test_the_addresses_lead_to_the_values(shape, data):
    a = np.arange(np.prod(shape)).reshape(shape)
    view = a[data.draw(hnp.basic_indices(shape))]
    found = (list_addresses(np.asarray(view)) - list_addresses(a).min()) // a.itemsize
    if isinstance(view, np.ndarray):  # and not a scalar, which is a copy
        assert a.ravel()[found].tolist() == np.ravel(view).tolist()


def test_an_array_with_gaps_is_refused():
    with pytest.raises(ValueError, match=r"a has strides \(16,\); expected"):
        draw_memory(np.arange(6, dtype=np.int64)[::2], "a", {})
