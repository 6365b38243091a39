"""A vocabulary over several processes, and rows over several workers."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from examples.libraries.dask_rows import compute_over_workers
from examples.pictures.split import draw_split
from examples.split_vocabulary import compute_over_processes
from tests.examples.test_chunked import assert_same, compute_whole, make_layer


@pytest.mark.parametrize("workers", [1, 3])
def test_processes_together_give_what_one_machine_gives(workers):
    given = make_layer(m=6, d=3, K=10)
    found, sent = compute_over_processes(*given, workers)
    assert_same(found, compute_whole(*given), rtol=1e-12, atol=1e-14)
    assert list(sent.values()) == [8 * 3 * 6, 8 * 2 * 6, 8 * 6 * 3]


@pytest.mark.parametrize("workers", [0, 6])
def test_each_process_needs_a_class(workers):
    with pytest.raises(ValueError, match=f"workers is {workers}; expected 1 to 5"):
        compute_over_processes(*make_layer(K=5), workers)


def test_rows_over_workers_give_what_one_machine_gives():
    A, W, b, labels = make_layer()
    cut = [slice(0, 3), slice(3, 7)]
    parts = [(A[s], labels[s]) for s in cut]
    with ThreadPoolExecutor(2) as pool:
        loss, dW, db = compute_over_workers(pool, parts, W, b)
    wanted = compute_whole(A, W, b, labels)
    for left, right in ((loss, wanted.loss), (dW, wanted.dW), (db, wanted.db)):
        np.testing.assert_allclose(left, right, rtol=1e-12, atol=1e-14)


def test_a_mistake_on_a_worker_reaches_the_caller():
    A, W, b, labels = make_layer()
    with (
        ThreadPoolExecutor(1) as pool,
        pytest.raises(ValueError, match=r"labels\[0\] is 9"),
    ):
        compute_over_workers(pool, [(A, np.full_like(labels, 9))], W, b)


def read_grids(figure) -> dict[str, list[str]]:
    """Return the values of each grid of a picture, by its title."""
    (axes,) = figure.axes
    found = {}
    titles = [t for t in axes.texts if t.get_text() and t.get_label() != "value"]
    for text in axes.texts:
        if text.get_label() == "value":
            x, y = text.get_position()
            above = [t for t in titles if t.get_position()[1] < y]
            near = [t for t in above if t.get_position()[0] < x]
            last = max(near, key=lambda t: t.get_position()[::-1])
            found.setdefault(last.get_text(), []).append(text.get_text())
    return found


def test_the_picture_shows_what_is_sent_and_the_parts_of_the_gradient():
    X, labels = np.array([[0.0, 1.0, 2.0, 2.0], [3.0, 0.0, 0.0, 0.0]]), np.array([3, 0])
    shown = read_grids(draw_split(X, labels, cut=2))
    assert shown["labels"] == ["3", "0"]
    assert shown["worker 0: X[:, 0:2]"] == ["0.00", "1.00", "3.00", "0.00"]
    first, second = (shown["max, sum, label"][n : n + 6] for n in (0, 6))
    assert first == ["1.00", f"{1 + np.exp(-1):.2f}", "", "3.00", "1.05", "3.00"]
    assert second == ["2.00", "2.00", "2.00", "0.00", "2.00", ""]
    total = 2 + np.exp(-1) + np.exp(-2)
    assert shown["c, s"][:2] == ["2.00", f"{total:.2f}"]
    gradient = np.exp(X) / np.exp(X).sum(axis=1, keepdims=True) - np.eye(4)[labels]
    parts = [*shown["G[:, 0:2]"], *shown["G[:, 2:4]"]]
    wanted = [*gradient[:, :2].ravel(), *gradient[:, 2:].ravel()]
    np.testing.assert_allclose([float(x) for x in parts], wanted, atol=0.0051)


def test_the_picture_outlines_the_labels_of_each_worker():
    X, labels = np.zeros((3, 4)), np.array([1, 2, 3])
    (axes,) = draw_split(X, labels, cut=2).axes
    outlined = [p for p in axes.patches if p.get_linewidth() == 2]
    assert len(outlined) == 2 * len(labels)


@pytest.mark.parametrize("cut", [0, 4])
def test_the_picture_needs_a_class_for_each_worker(cut):
    with pytest.raises(ValueError, match=f"cut is {cut}; expected 1 to 3"):
        draw_split(np.zeros((2, 4)), np.array([0, 1]), cut)
