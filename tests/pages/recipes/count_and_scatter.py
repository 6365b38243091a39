"""What the recipes of docs/indexing/count-and-scatter.md promise."""

import math
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from tests.pages.recipes.cases import (
    COUNTEREXAMPLES,
    EDGES,
    INTEGERS,
    NO_UINT64,
    REFUSED,
    SIZES,
    draw_array,
    draw_extreme,
    draw_labels,
    draw_table,
    recipe,
)


@recipe("count-and-scatter-group-sums")
def group_sums(draw):
    count = draw(SIZES)
    group = draw_labels(draw, count, 4, NO_UINT64)
    value = draw_extreme(draw, (count,))
    members = [[] for _ in range(4)]
    for g, v in zip(group.tolist(), value.tolist(), strict=True):
        members[g].append(v)
    means = [sum(part) / max(len(part), 1) for part in members]
    pairs = zip(group.tolist(), value.tolist(), strict=True)
    return {"group": group, "value": value}, {
        "sums": [float(sum(part)) for part in members],
        "counts": [len(part) for part in members],
        "deviations": [float(v - means[g]) for g, v in pairs],
    }


@recipe("count-and-scatter-group-max")
def group_max(draw):
    groups = draw(st.sampled_from([1, 3, 256]))
    count = draw(SIZES)
    group, value = draw_labels(draw, count, groups), draw_extreme(draw, (count,))
    largest = [-math.inf] * groups
    for g, v in zip(group.tolist(), value.tolist(), strict=True):
        largest[g] = max(largest[g], v)
    present = sorted(set(group.tolist()))
    return {"group": group, "value": value, "groups": groups}, {
        "largest": largest,
        "group[places]": present,
        "value[places]": [largest[g] for g in present],
    }


@recipe("count-and-scatter-running-count")
def running_count(draw):
    group = draw_labels(draw, draw(SIZES), 4, NO_UINT64)
    if draw(st.booleans()):
        group = np.tile(group, 90)
    wanted, seen = [], dict.fromkeys(range(4), 0)
    for g in group.tolist():
        wanted.append(seen[g])
        seen[g] += 1
    return {"group": group}, {"running": wanted}


@recipe("count-and-scatter-counts-per-row")
def counts_per_row(draw):
    K = draw(st.integers(1, 300))
    x = draw_table(draw, high=K - 1, dtypes=INTEGERS)
    wanted = [[row.count(k) for k in range(K)] for row in x.tolist()]
    return {"x": x, "K": K}, {"counts": wanted, "counts.shape": (len(x), K)}


@recipe("count-and-scatter-histogram")
def histogram(draw):
    x = draw_array(draw, (draw(SIZES),), 0, 30)
    if draw(st.booleans()):
        x = np.append(x.astype(float), [np.nan, -1.0])
    edges = [0, 2, 10, 20]
    bins = [[v for v in x.tolist() if low <= v < high] for low, high in pairwise(edges)]
    return {"x": x}, {"counts": [len(part) for part in bins]}


@recipe("count-and-scatter-confusion")
def confusion(draw):
    K, count = draw(st.integers(1, 300)), draw(SIZES)
    y, predicted = draw_labels(draw, count, K), draw_labels(draw, count, K)
    weights = draw_array(draw, (count,), 0, 9)
    triples = zip(y.tolist(), predicted.tolist(), weights.tolist(), strict=True)
    sums = {}
    for i, j, weight in triples:
        sums[i, j] = sums.get((i, j), 0) + weight
    sums = {cell: weight for cell, weight in sums.items() if weight}
    inputs = {"y": y, "predicted": predicted, "weights": weights, "K": K}
    return inputs, {
        "matrix.shape": (K, K),
        "np.argwhere(matrix)": [list(cell) for cell in sorted(sums)],
        "matrix[matrix.nonzero()]": [sums[cell] for cell in sorted(sums)],
    }


@recipe("count-and-scatter-codes")
def codes(draw):
    x = draw_array(draw, (draw(SIZES),), 0, 3)
    if draw(st.booleans()):
        x = x.astype(int).astype(str)
    names = sorted(set(x.tolist()))
    return {"x": x}, {
        "names": names,
        "codes": [names.index(value) for value in x.tolist()],
    }


@recipe("count-and-scatter-lookup")
def lookup(draw):
    palette = draw_array(draw, (draw(st.integers(1, 300)), 3), 0, 255)
    labels = draw_array(draw, (draw(SIZES), 2), 0, len(palette) - 1, INTEGERS)
    colors = palette.tolist()
    wanted = [[colors[label] for label in row] for row in labels.tolist()]
    return {"palette": palette, "labels": labels}, {"image": wanted}


@recipe("count-and-scatter-one-hot")
def one_hot(draw):
    K = draw(st.integers(1, 300))
    y = draw_labels(draw, draw(SIZES), K)
    wanted = [[int(k == label) for k in range(K)] for label in y.tolist()]
    return {"y": y, "K": K}, {
        "onehot": wanted,
        "compared": wanted,
        "onehot.argmax(axis=-1)": y.tolist(),
    }


@recipe("count-and-scatter-scatter")
def scatter(draw):
    cell = st.tuples(st.integers(0, 2), st.integers(0, 3))
    cells = draw(st.lists(cell, unique=True))
    dtype = draw(st.sampled_from(INTEGERS))
    rows, columns = np.array(cells, dtype=dtype).reshape(-1, 2).T
    values, blank = draw_extreme(draw, (len(cells),)), 0
    if draw(st.booleans()):
        values, blank = values.astype(str), ""
    x = [[blank] * 4 for _ in range(3)]
    for (i, j), value in zip(cells, values.tolist(), strict=True):
        x[i][j] = value
    return {"rows": rows, "columns": columns, "values": values}, {"x": x}


@recipe("count-and-scatter-scatter-add")
def scatter_add(draw):
    count = draw(SIZES)
    rows = draw_array(draw, (count,), 0, 1, INTEGERS)
    columns = draw_array(draw, (count,), 0, 2, INTEGERS)
    values = draw_extreme(draw, (count,))
    x = [[0] * 3 for _ in range(2)]
    places = zip(rows.tolist(), columns.tolist(), strict=True)
    for (i, j), value in zip(places, values.tolist(), strict=True):
        x[i][j] += value
    return {"rows": rows, "columns": columns, "values": values}, {"x": x}


COUNTEREXAMPLES.update(
    {
        "fractions to scatter": (
            "count-and-scatter-scatter",
            {
                "rows": np.array([0]),
                "columns": np.array([1]),
                "values": np.array([0.5]),
            },
            {"x[0, 1]": 0.5},
        ),
        "the largest of each group of floats": (
            "count-and-scatter-group-max",
            {"group": np.array([1, 0, 1]), "value": np.array([0.5, 2, 4]), "groups": 2},
            {"largest": [2.0, 4.0], "places": [1, 2]},
        ),
        "the largest of group 255 in uint8": (
            "count-and-scatter-group-max",
            {"group": np.array([255], "u1"), "value": np.array([7]), "groups": 256},
            {"largest[255]": 7.0, "places": [0]},
        ),
        "300 members of one group in uint8": (
            "count-and-scatter-running-count",
            {"group": np.zeros(300, "u1")},
            {"running": list(range(300))},
        ),
        "counts in uint64": (
            "count-and-scatter-counts-per-row",
            {"x": np.array([[1, 1]], "u8"), "K": 2},
            {"counts": [[0, 2]]},
        ),
        "a confusion matrix of 20 classes in uint8": (
            "count-and-scatter-confusion",
            {
                "y": np.array([15], "u1"),
                "predicted": np.array([2], "u1"),
                "weights": np.ones(1),
                "K": 20,
            },
            {"np.argwhere(matrix)": [[15, 2]]},
        ),
    }
)


EDGES.update(
    {
        "a value on the last edge is outside": (
            "count-and-scatter-histogram",
            {"x": np.array([20])},
            {"which": [3], "counts": [0, 0, 0]},
        ),
        "labels of -1 are the last class, or a row of zeros": (
            "count-and-scatter-one-hot",
            {"y": np.array([-1]), "K": 2},
            {"onehot": [[0, 1]], "compared": [[False, False]]},
        ),
        "names that are not known get the code of the next one": (
            "count-and-scatter-codes",
            {"x": np.array(["dog", "cat"])},
            {"np.searchsorted(names, ['cow', 'eel'])": [1, 2]},
        ),
    }
)


REFUSED.update(
    {
        "a value beyond the classes": (
            "count-and-scatter-counts-per-row",
            {"x": np.array([[3]]), "K": 3},
            ValueError,
        ),
        "a negative value": (
            "count-and-scatter-counts-per-row",
            {"x": np.array([[-1]]), "K": 3},
            ValueError,
        ),
        "a prediction beyond the classes": (
            "count-and-scatter-confusion",
            {
                "y": np.array([0]),
                "predicted": np.array([3]),
                "weights": np.ones(1),
                "K": 3,
            },
            ValueError,
        ),
    }
)
