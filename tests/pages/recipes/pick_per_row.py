"""What the recipes of docs/indexing/pick-per-row.md promise."""

import math
from itertools import chain

import numpy as np
from hypothesis import strategies as st

from tests.pages.recipes.cases import (
    COUNTEREXAMPLES,
    EDGES,
    INTEGERS,
    NO_UINT64,
    REFUSED,
    SIZES,
    WIDE,
    draw_array,
    draw_extreme,
    draw_layout,
    draw_mask,
    draw_table,
    recipe,
)


@recipe("pick-per-row-top-k")
def top_k(draw):
    x = draw_table(draw, low=0, high=3)
    k = draw(st.integers(0, x.shape[1]))
    values = [sorted(row, reverse=True)[:k] for row in x.tolist()]
    smallest = [sorted(row)[:k] for row in x.tolist()]
    return {"x": x, "k": k}, {
        "values": values,
        "values.shape": (len(x), k),
        "np.take_along_axis(x, top, axis=1)": values,
        "[len(set(row)) for row in top.tolist()]": [k] * len(x),
        "[sorted(x[i, c].tolist()) for i, c in enumerate("
        "np.argpartition(x, k - 1, axis=1)[:, :k])]": smallest,
    }


@recipe("pick-per-row-columns")
def columns_per_row(draw):
    x = draw_table(draw, least=1)
    m, K = x.shape
    columns = draw_array(draw, (m, draw(SIZES)), 0, K - 1, INTEGERS)
    pairs = zip(x.tolist(), columns.tolist(), strict=True)
    picked = [[row[j] for j in chosen] for row, chosen in pairs]
    return {"x": x, "columns": columns}, {
        "picked": picked,
        "picked.shape": columns.shape,
    }


@recipe("pick-per-row-argmax")
def argmax_gather(draw):
    scores = draw_table(draw, least=1, high=3)
    prices = draw_array(draw, scores.shape, 0, 99)
    pairs = zip(scores.tolist(), prices.tolist(), strict=True)
    picked = [row[s.index(max(s))] for s, row in pairs]
    return {"scores": scores, "prices": prices}, {"picked": picked}


@recipe("pick-per-row-nearest")
def nearest(draw):
    dtypes = [draw(st.sampled_from(WIDE))]
    shape = draw(SIZES), draw(st.integers(1, 4))
    x = draw_extreme(draw, shape, dtypes)
    target = draw_extreme(draw, shape[:1], dtypes)
    columns = []
    for row, wanted in zip(x.tolist(), target.tolist(), strict=True):
        distances = [abs(value - wanted) for value in row]
        columns.append(distances.index(min(distances)))
    picked = [row[j] for row, j in zip(x.tolist(), columns, strict=True)]
    return {"x": x, "target": target}, {"columns": columns, "nearest": picked}


@recipe("pick-per-row-first-true")
def first_true(draw):
    mask = draw_mask(draw, (draw(SIZES), draw(st.integers(1, 4))))
    first = [row.index(True) if True in row else -1 for row in mask.tolist()]
    return {"mask": draw_layout(draw, mask)}, {"first": first}


@recipe("pick-per-row-sequence-labels")
def sequence_labels(draw):
    B, T, K = draw(SIZES), draw(SIZES), draw(st.integers(1, 4))
    x, y = draw_array(draw, (B, T, K)), draw_array(draw, (B, T), 0, K - 1, INTEGERS)
    picked = [
        [row[label] for row, label in zip(rows, labels, strict=True)]
        for rows, labels in zip(x.tolist(), y.tolist(), strict=True)
    ]
    return {"x": x, "y": y}, {"picked": picked, "picked.shape": (B, T)}


@recipe("pick-per-row-choose")
def choose(draw):
    m, K, n = draw(SIZES), draw(SIZES), draw(st.integers(1, 4))
    layers = draw_array(draw, (n, m, K))
    which = draw_array(draw, (m, K), 0, n - 1, NO_UINT64)
    picked = [
        [layers.tolist()[n][i][j] for j, n in enumerate(row)]
        for i, row in enumerate(which.tolist())
    ]
    return {"layers": layers, "which": which}, {"picked": picked, "gathered": picked}


@recipe("pick-per-row-different-counts")
def different_counts(draw):
    x = draw_table(draw, least=1)
    m, K = x.shape
    part = st.lists(st.integers(0, K - 1), max_size=3)
    columns = draw(st.lists(part, min_size=m, max_size=m))
    if draw(st.booleans()):
        columns = [np.array(part, dtype="u1") for part in columns]
    pairs = zip(x.tolist(), columns, strict=True)
    parts = [[row[j] for j in chosen] for row, chosen in pairs]
    picked = list(chain.from_iterable(parts))
    return {"x": x, "columns": columns}, {"parts": parts, "picked": picked}


COUNTEREXAMPLES.update(
    {
        "the top 0 of each row": (
            "pick-per-row-top-k",
            {"x": np.array([[3, 9, 1], [8, 2, 6]]), "k": 0},
            {"values": [[], []], "top.shape": (2, 0)},
        ),
        "the nearest value in uint8": (
            "pick-per-row-nearest",
            {"x": np.array([[8, 250]], "u1"), "target": np.array([9], "u1")},
            {"nearest": [8]},
        ),
        "the nearest value in int8": (
            "pick-per-row-nearest",
            {"x": np.array([[-128, 90]], "i1"), "target": np.array([127], "i1")},
            {"nearest": [90]},
        ),
        "a row without columns": (
            "pick-per-row-different-counts",
            {"x": np.arange(4).reshape(2, 2), "columns": [[], [1]]},
            {"picked": [3], "parts": [[], [3]]},
        ),
        "columns of no row": (
            "pick-per-row-different-counts",
            {"x": np.zeros((0, 2)), "columns": []},
            {"parts": []},
        ),
    }
)


EDGES.update(
    {
        "nan is the largest of each row": (
            "pick-per-row-top-k",
            {"x": np.array([[1.0, math.nan, 3.0]]), "k": 2},
            {"values": [[math.nan, 3.0]]},
        ),
        "nan is the nearest value": (
            "pick-per-row-nearest",
            {"x": np.array([[1.0, math.nan]]), "target": np.array([1.0])},
            {"columns": [1]},
        ),
        "the first of two values that are equally near": (
            "pick-per-row-nearest",
            {"x": np.array([[4, 2]]), "target": np.array([3])},
            {"nearest": [4]},
        ),
    }
)


REFUSED.update(
    {
        "the nearest value of none": (
            "pick-per-row-nearest",
            {"x": np.zeros((1, 0)), "target": np.zeros(1)},
            ValueError,
        ),
        "layers chosen by uint64": (
            "pick-per-row-choose",
            {"layers": np.zeros((2, 1, 1)), "which": np.zeros((1, 1), "u8")},
            TypeError,
        ),
    }
)
