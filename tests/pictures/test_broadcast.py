"""The picture of broadcasting tells an array's own entries from its copies."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.extra import numpy as hnp
from matplotlib.colors import to_rgba

from examples.pictures.broadcast import draw_broadcast
from examples.pictures.palette import PICK
from tests.pictures.texts import list_texts


def test_each_place_holds_the_indices_that_meet_there():
    figure = draw_broadcast({"rows": [0, 3], "columns": [[2], [1], [0]]})
    assert list_texts(figure, "cell") == ["0,2", "3,2", "0,1", "3,1", "0,0", "3,0"]
    titles = list_texts(figure)
    assert {"rows, shape (2,)", "columns, shape (3, 1)"} <= set(titles)
    assert "selected, shape (3, 2)" in titles


@settings(max_examples=100, deadline=None, derandomize=True)
@given(hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=2, max_side=3))
def test_an_array_owns_as_many_cells_as_it_has_entries(shapes):
    arrays = [np.arange(np.prod(s, dtype=int)).reshape(s) for s in shapes.input_shapes]
    figure = draw_broadcast(dict(zip("ab", arrays, strict=True)))
    own = [int(text) for text in list_texts(figure, "own")]
    assert own == [n for array in arrays for n in range(array.size)]
    cells = 2 * np.prod(shapes.result_shape, dtype=int)
    assert len(list_texts(figure, "repeated")) == cells - len(own)


def test_the_places_that_were_meant_are_filled():
    rows, column = range(3), [[2], [0], [1]]
    figure = draw_broadcast({"rows": rows, "column": column}, meant=np.eye(3))
    bold = [t for t in figure.axes[0].texts if t.get_weight() == "bold"]
    meant = [t.get_text() for t in bold if t.get_label() == "cell"]
    assert meant == ["0,2", "1,0", "2,1"]
    boxes = [box.get_facecolor() for box in figure.axes[0].patches]
    assert sum(box == to_rgba(PICK) for box in boxes) == 3 + 3 + len(meant)


def test_three_arrays_give_triples():
    b, t = np.ogrid[:2, :2]
    figure = draw_broadcast({"b": b, "t": t, "y": [[4, 0], [1, 1]]})
    assert list_texts(figure, "cell") == ["0,0,4", "0,1,0", "1,0,1", "1,1,1"]


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ([[0, 1], [0, 1, 2]], "shape mismatch"),
        ([0, 0, 0, 0], "arrays has 4 arrays; expected at most 3"),
        ([[[[0]]]], r"shape \(1, 1, 1\); expected at most 2 dimensions"),
        ([[], [0]], r"shape \(0,\); expected at most 2 dimensions and 1 to 40"),
        ([range(41)], r"shape \(41,\)"),
    ],
)
def test_what_cannot_be_drawn_is_named(arrays, message):
    with pytest.raises(ValueError, match=message):
        draw_broadcast({str(n): array for n, array in enumerate(arrays)})
