"""The picture of passes shows what NumPy read and wrote, and no more."""

import numpy as np
import pytest
from matplotlib.patches import Rectangle

from examples import fast_cross_entropy as fast
from examples import fast_steps
from examples.pictures.passes import draw_passes, find_boxes, trace

X = np.random.default_rng(0).normal(size=(4, 6))
LABELS = np.array([2, 0, 5, 1])
CELLS = frozenset((np.arange(4) * 6 + LABELS).tolist())
ALL = frozenset(range(24))


def list_accesses(function, *arrays) -> list[tuple]:
    """Return operation, array and kind of each access, and whether it is whole."""
    return [
        (x.operation, x.array, "write" if x.written else "read", x.cells == ALL)
        for x in trace(function, *arrays)
    ]


def test_an_expression_writes_a_new_array_and_an_in_place_one_its_own():
    def compute(x):
        y = x + 1
        y *= x

    assert list_accesses(compute, X) == [
        ("add", 0, "read", True),
        ("add", 1, "write", True),
        ("multiply", 1, "read", True),
        ("multiply", 0, "read", True),
        ("multiply", 1, "write", True),
    ]


def test_a_view_touches_its_cells_alone_and_small_arrays_are_left_out():
    def compute(x):
        np.exp(x[1:3, ::2], out=x[1:3, ::2])
        x.max(axis=0) + x[0]

    accesses = trace(compute, X.copy())
    part = frozenset({6, 8, 10, 12, 14, 16})
    kinds = [(x.operation, x.written, x.cells) for x in accesses]
    first = frozenset(range(6))
    assert kinds == [
        ("exp", False, part),
        ("exp", True, part),
        ("max", False, ALL),
        ("add", False, first),
    ]


def test_the_line_reads_and_writes_the_cells_of_the_labels():
    def subtract(grad, y):
        grad[np.arange(4), y] -= 1

    grad = X.copy()
    read, write = trace(subtract, grad, LABELS)
    assert (read.cells, read.written) == (CELLS, False)
    assert (write.cells, write.written) == (CELLS, True)
    np.testing.assert_array_equal(grad[np.arange(4), LABELS], X.flat[sorted(CELLS)] - 1)


def test_the_textbook_makes_four_arrays_and_in_place_makes_none():
    arrays = {access.array for access in trace(fast_steps.textbook, X, LABELS)}
    assert arrays == {0, 1, 2, 3, 4}
    out = np.empty_like(X)
    arrays = {x.array for x in trace(fast_steps.write_in_place, X, LABELS, out)}
    assert arrays == {0, 1}


def test_the_fast_function_touches_the_logits_once(monkeypatch):
    monkeypatch.setattr(fast, "BLOCK", 2 * 6 * 8)
    out = np.empty_like(X)
    accesses = trace(fast.fill_rows, X, LABELS, out, 4)
    of_logits = [access for access in accesses if access.array == 0]
    assert [(x.operation, len(x.cells)) for x in of_logits] == [("exp", 12)] * 2
    wanted = fast.fast_cross_entropy(X, LABELS)[1]
    np.testing.assert_array_equal(out, wanted)


@pytest.mark.parametrize("seed", range(20))
def test_boxes_cover_the_cells_once(seed):
    rng = np.random.default_rng(seed)
    cells = frozenset(np.flatnonzero(rng.random(24) < rng.random()).tolist())
    covered = np.zeros((4, 6), dtype=int)
    for first, last, start, stop in find_boxes(cells, 6):
        covered[first:last, start:stop] += 1
    assert covered.max(initial=0) <= 1
    assert frozenset(np.flatnonzero(covered).tolist()) == cells
    assert find_boxes(ALL, 6) == [(0, 4, 0, 6)]


def test_each_access_is_drawn_in_the_column_of_its_time():
    accesses = trace(fast_steps.textbook, X, LABELS)
    (axes,) = draw_passes(accesses, X.shape, ["X"]).axes
    texts = [text.get_text() for text in axes.texts]
    assert texts[:5] == ["X", "new", "new", "new", "new"]
    assert texts[5:9] == ["max", "subtract", "exp", "sum"]
    marks = [x for x in axes.patches if isinstance(x, Rectangle) and x.get_label()]
    kinds = [x.get_label() for x in marks if x.get_label() in ("read", "written")]
    boxes = [len(find_boxes(x.cells, 6)) for x in accesses]
    assert len(kinds) == sum(boxes)
    assert kinds.count("written") == sum(
        n for n, x in zip(boxes, accesses, strict=True) if x.written
    )
