"""What each recipe promises: inputs of many dtypes and sizes, and what comes out.

CASES maps the label of a recipe to a strategy. It draws the arrays that the first
lines of the recipe make, and what the recipe must make of them, computed in plain
Python from lists. COUNTEREXAMPLES are inputs that an earlier version got wrong, EDGES
those whose result the recipe states, and REFUSED those that it says are refused.
"""

import ast
import math
from collections.abc import Callable
from itertools import chain, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from extensions.page import Cell

INTEGERS = ["i1", "u1", "<i2", ">i2", "u2", "i4", "u4", "i8", ">i8", "u8"]
FLOATS = ["f2", "f4", "<f8", ">f8"]
WIDE = [*INTEGERS, *FLOATS]
# np.choose refuses uint64, and so does np.bincount before NumPy 2.2.4.
NO_UINT64 = [dtype for dtype in INTEGERS if dtype != "u8"]
CASES: dict[str, st.SearchStrategy] = {}


def run_recipe(cell: Cell, inputs: dict[str, Any]) -> dict[str, Any]:
    """Run the cell of a recipe on other inputs, and return its variables.

    The first assignment to each input is left out, and so are the assertions, which
    are about the example, and the last line, which shows it.
    """
    *statements, _ = ast.parse(cell.code).body
    waiting, kept = set(inputs), []
    for statement in statements:
        inputs_here = waiting & assigned_names(statement)
        for part in split_assignment(statement) if inputs_here else [statement]:
            names = assigned_names(part)
            if names and names <= waiting:
                waiting -= names
            elif not isinstance(part, ast.Assert):
                kept.append(part)
    assert not waiting, f"the recipe assigns no {waiting}"
    variables = dict(inputs)
    exec(compile(ast.Module(kept, []), "recipe", "exec"), variables)
    return variables


def split_assignment(statement: ast.stmt) -> list[ast.stmt]:
    """Turn ``a, b = 1, 2`` into two assignments, and leave others as they are."""
    (target,) = statement.targets
    if not isinstance(target, ast.Tuple) or not isinstance(statement.value, ast.Tuple):
        return [statement]
    pairs = zip(target.elts, statement.value.elts, strict=True)
    parts = [ast.Assign([name], value) for name, value in pairs]
    return [ast.fix_missing_locations(part) for part in parts]


def assigned_names(statement: ast.stmt) -> set[str]:
    """Return the variables that a plain assignment binds, if it binds nothing else."""
    if not isinstance(statement, ast.Assign) or len(statement.targets) > 1:
        return set()
    (target,) = statement.targets
    parts = target.elts if isinstance(target, ast.Tuple) else [target]
    if not all(isinstance(part, ast.Name) for part in parts):
        return set()
    return {part.id for part in parts}


def same(got: Any, wanted: Any) -> bool:
    """Tell whether nested lists hold equal values; nan is equal to nan."""
    if isinstance(wanted, list | tuple):
        sizes_fit = isinstance(got, list | tuple) and len(got) == len(wanted)
        return sizes_fit and all(map(same, got, wanted))
    if isinstance(wanted, float) and not isinstance(got, list | tuple):
        return math.isclose(got, wanted, rel_tol=1e-9, abs_tol=1e-9) or (
            math.isnan(wanted) and math.isnan(got)
        )
    return bool(got == wanted)


def as_lists(value: Any) -> Any:
    """Return arrays, also inside of lists and tuples, as lists."""
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    if isinstance(value, list | tuple):
        return [as_lists(part) for part in value]
    return value


def find_faults(cell: Cell, inputs: dict[str, Any], wanted: dict[str, Any]) -> list:
    """Return each expression that has another value than the wanted one."""
    variables = run_recipe(cell, inputs)
    found = {text: as_lists(eval(text, variables)) for text in wanted}
    return [
        (text, found[text], wanted[text])
        for text in wanted
        if not same(found[text], as_lists(wanted[text]))
    ]


def recipe(label: str) -> Callable:
    """Register what a function draws as the cases of a recipe."""

    def register(function: Callable) -> Callable:
        CASES[label] = st.composite(function)()
        return function

    return register


# What is drawn.


LAYOUTS = [
    np.ascontiguousarray,
    np.asfortranarray,
    lambda array: array[::-1].copy()[::-1],
    lambda array: np.repeat(array, 2, axis=-1)[..., ::2],
    lambda array: np.stack([array, array])[1],
]


def draw_layout(draw, array: np.ndarray, *, writable=False) -> np.ndarray:
    """Return an equal array whose memory has one of several orders."""
    array = draw(st.sampled_from(LAYOUTS))(array)
    if not writable and draw(st.booleans()):
        array.setflags(write=False)
    return array


def draw_array(
    draw, shape, low=0, high=9, dtypes=WIDE, *, writable=False
) -> np.ndarray:
    """Draw whole numbers from low to high, in a dtype that can hold them."""
    fitting = [
        dtype
        for dtype in dtypes
        if np.dtype(dtype).kind == "f"
        or np.iinfo(dtype).min <= low <= high <= np.iinfo(dtype).max
    ]
    values = draw(
        st.lists(
            st.integers(low, high),
            min_size=math.prod(shape),
            max_size=math.prod(shape),
        )
    )
    array = np.array(values, dtype=object).reshape(shape)
    array = array.astype(draw(st.sampled_from(fitting)))
    return draw_layout(draw, array, writable=writable)


def draw_extreme(draw, shape, dtypes=WIDE) -> np.ndarray:
    """Draw numbers of any size that their dtype can hold; floats hold 2**24 exactly."""
    dtype = np.dtype(draw(st.sampled_from(dtypes)))
    if dtype.kind == "f":
        bound = 2**11 if dtype.itemsize == 2 else 2**24
        low, high = -bound, bound
    else:
        low = max(np.iinfo(dtype).min, -(2**50))
        high = min(np.iinfo(dtype).max, 2**50)
    return draw_array(draw, shape, low, high, [dtype.str])


def draw_table(draw, least=0, most=4, **numbers) -> np.ndarray:
    """Draw a matrix with 0 to 4 rows and columns."""
    shape = draw(st.integers(0, 4)), draw(st.integers(least, most))
    return draw_array(draw, shape, **numbers)


def draw_mask(draw, shape) -> np.ndarray:
    """Draw booleans."""
    return draw_array(draw, shape, 0, 1, ["u1"]).astype(bool)


def draw_labels(draw, count, classes, dtypes=INTEGERS) -> np.ndarray:
    """Draw classes in a dtype that may be too narrow for numbers beyond them."""
    return draw_array(draw, (count,), 0, classes - 1, dtypes)


def draw_permutation(draw, count) -> np.ndarray:
    """Draw the numbers 0 to count - 1 in another order, in any integer dtype."""
    order = np.array(draw(st.permutations(range(count))), dtype=int)
    return draw_layout(draw, order.astype(draw(st.sampled_from(INTEGERS))))


SIZES = st.integers(0, 5)


# Choose.


@recipe("recipes-top-k")
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


@recipe("recipes-columns-per-row")
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


@recipe("recipes-argmax-gather")
def argmax_gather(draw):
    scores = draw_table(draw, least=1, high=3)
    prices = draw_array(draw, scores.shape, 0, 99)
    pairs = zip(scores.tolist(), prices.tolist(), strict=True)
    picked = [row[s.index(max(s))] for s, row in pairs]
    return {"scores": scores, "prices": prices}, {"picked": picked}


@recipe("recipes-flat-argmax")
def flat_argmax(draw):
    shape = draw(SIZES), draw(st.integers(1, 3)), draw(st.integers(1, 3))
    x = draw_array(draw, shape, 0, 4)
    largest = [max(map(max, matrix)) for matrix in x.tolist()]
    return {"x": x}, {
        "largest": largest,
        "x[np.arange(len(x)), rows, columns]": largest,
    }


@recipe("recipes-nearest")
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


@recipe("recipes-first-true")
def first_true(draw):
    mask = draw_mask(draw, (draw(SIZES), draw(st.integers(1, 4))))
    first = [row.index(True) if True in row else -1 for row in mask.tolist()]
    return {"mask": draw_layout(draw, mask)}, {"first": first}


@recipe("recipes-index-of-value")
def index_of_value(draw):
    x = draw_table(draw, low=5, high=8)
    places = [
        (i, j)
        for i, row in enumerate(x.tolist())
        for j, value in enumerate(row)
        if value == 7
    ]
    return {"x": x}, {
        "rows": [i for i, _ in places],
        "columns": [j for _, j in places],
    }


@recipe("recipes-rows-where")
def rows_where(draw):
    x = draw_table(draw, low=0, high=2)
    return {"x": x}, {"positive": [r for r in x.tolist() if all(v > 0 for v in r)]}


@recipe("recipes-isin")
def is_in(draw):
    x, wanted = draw_table(draw, 2, 2, high=2), draw_table(draw, 2, 2, high=2)
    rows = [row in wanted.tolist() for row in x.tolist()]
    return {"x": x, "wanted": wanted}, {"rows": rows}


@recipe("recipes-block")
def block(draw):
    a = draw_array(draw, (4, 5), dtypes=["i1", ">i2", "i8", "f2"], writable=True)
    before = a.tolist()
    rows = draw(st.lists(st.integers(-4, 3), max_size=3))
    columns = draw(st.lists(st.integers(-5, 4), max_size=3))
    after = [[*row] for row in before]
    for i in rows:
        for j in columns:
            after[i][j] = -1
    return {"a": a, "rows": rows, "columns": columns}, {
        "block": [[before[i][j] for j in columns] for i in rows],
        "a": after,
    }


@recipe("recipes-coordinates")
def coordinates(draw):
    x = draw_array(draw, (4, 3))
    points = draw_array(draw, (draw(SIZES), 2), 0, 2, INTEGERS)
    return {"x": x, "points": points}, {
        "values": [x.tolist()[i][j] for i, j in points.tolist()]
    }


@recipe("recipes-sequence-labels")
def sequence_labels(draw):
    B, T, K = draw(SIZES), draw(SIZES), draw(st.integers(1, 4))
    x, y = draw_array(draw, (B, T, K)), draw_array(draw, (B, T), 0, K - 1, INTEGERS)
    picked = [
        [row[label] for row, label in zip(rows, labels, strict=True)]
        for rows, labels in zip(x.tolist(), y.tolist(), strict=True)
    ]
    return {"x": x, "y": y}, {"picked": picked, "picked.shape": (B, T)}


@recipe("recipes-choose")
def choose(draw):
    m, K, n = draw(SIZES), draw(SIZES), draw(st.integers(1, 4))
    layers = draw_array(draw, (n, m, K))
    which = draw_array(draw, (m, K), 0, n - 1, NO_UINT64)
    picked = [
        [layers.tolist()[n][i][j] for j, n in enumerate(row)]
        for i, row in enumerate(which.tolist())
    ]
    return {"layers": layers, "which": which}, {"picked": picked, "gathered": picked}


@recipe("recipes-different-counts")
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


@recipe("recipes-several-slices")
def several_slices(draw):
    x = draw_array(draw, (draw(st.integers(6, 12)),))
    values = x.tolist()
    return {"x": x}, {"x[index]": values[:3] + values[5:6] + values[-2:]}


@recipe("recipes-every-other")
def every_other(draw):
    count = draw(SIZES)
    a = draw_extreme(draw, (count + draw(st.integers(0, 1)),))
    b = draw_extreme(draw, (count,))
    pairs = zip(a.tolist()[:count], b.tolist(), strict=True)
    mixed = [value for pair in pairs for value in pair] + a.tolist()[count:]
    return {"a": a, "b": b}, {
        "mixed": mixed,
        "others": [value for n, value in enumerate(mixed) if n % 3],
    }


# Windows, blocks, diagonals.


@recipe("recipes-windows")
def windows(draw):
    x = draw_array(draw, (draw(st.integers(1, 6)),), 0, 99)
    n = len(x)
    w = draw(st.integers(1, n))
    parts = [x.tolist()[start : start + w] for start in range(n - w + 1)]
    return {"x": x, "w": w}, {
        "windows": parts,
        "x[index]": parts,
        "windows.max(axis=-1)": [max(part) for part in parts],
        "windows.sum(axis=-1, dtype=float)": [float(sum(part)) for part in parts],
    }


@recipe("recipes-crops")
def crops(draw):
    B = draw(SIZES)
    images = draw_array(draw, (B, 4, 4), 0, 99)
    top, left = (draw_array(draw, (B,), 0, 2, INTEGERS) for _ in range(2))
    corners = zip(images.tolist(), top.tolist(), left.tolist(), strict=True)
    wanted = [[row[j : j + 2] for row in image[i : i + 2]] for image, i, j in corners]
    return {"images": images, "top": top, "left": left}, {"crops": wanted}


@recipe("recipes-diagonal-blocks")
def diagonal_blocks(draw):
    n, b = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    a = draw_array(draw, (n * b, n * b), 0, 99)
    blocks = [
        [row[k * b : (k + 1) * b] for row in a.tolist()[k * b : (k + 1) * b]]
        for k in range(n)
    ]
    back = [
        [v if i // b == j // b else 0 for j, v in enumerate(row)]
        for i, row in enumerate(a.tolist())
    ]
    return {"a": a, "n": n, "b": b}, {
        "blocks": blocks,
        "back.reshape(a.shape)": back,
    }


@recipe("recipes-diagonals")
def diagonals(draw):
    B, n = draw(SIZES), draw(SIZES)
    a = draw_array(draw, (B, n, n), 0, 99)
    return {"a": a}, {
        "main": [[m[i][i] for i in range(n)] for m in a.tolist()],
        "anti": [[m[i][-1 - i] for i in range(n)] for m in a.tolist()],
    }


@recipe("recipes-triangle")
def triangle(draw):
    n = draw(SIZES)
    a = draw_array(draw, (n, n), 0, 99)
    rows = a.tolist()
    values = [rows[i][j] for i in range(n) for j in range(i + 1, n)]
    symmetric = [
        [0 if i == j else rows[min(i, j)][max(i, j)] for j in range(n)]
        for i in range(n)
    ]
    return {"a": a}, {"values": values, "symmetric": symmetric}


@recipe("recipes-pairs")
def pairs(draw):
    points = draw_extreme(draw, (draw(SIZES), 2))
    n, rows = len(points), points.tolist()
    numbers = [(i, j) for i in range(n) for j in range(i + 1, n)]
    return {"points": points}, {
        "i": [i for i, _ in numbers],
        "j": [j for _, j in numbers],
        "distances": [float(math.dist(rows[i], rows[j])) for i, j in numbers],
    }


# Arrange.


@recipe("recipes-sort-by")
def sort_by(draw):
    keys = draw_table(draw, high=3)
    values = draw_array(draw, keys.shape, 0, 99)
    wanted = [
        [value for _, value in sorted(zip(k, v, strict=True), key=lambda p: p[0])]
        for k, v in zip(keys.tolist(), values.tolist(), strict=True)
    ]
    return {"keys": keys, "values": values}, {"by_key": wanted}


@recipe("recipes-sort-rows")
def sort_rows(draw):
    a = draw_table(draw, 2, 2, high=3)
    return {"a": a}, {
        "by_first": sorted(a.tolist(), key=lambda row: row[0]),
        "by_both": sorted(a.tolist()),
    }


@recipe("recipes-ranks")
def ranks(draw):
    x = draw_table(draw, high=3)
    wanted = []
    for row in x.tolist():
        order = sorted(range(len(row)), key=row.__getitem__)
        wanted.append([order.index(j) for j in range(len(row))])
    return {"x": x}, {"ranks": wanted}


@recipe("recipes-inverse")
def inverse(draw):
    order = draw_permutation(draw, draw(SIZES))
    x = draw_array(draw, order.shape, 0, 99)
    return {"x": x, "order": order}, {
        "inverse": [order.tolist().index(i) for i in range(len(order))],
        "x[order][inverse]": x.tolist(),
    }


@recipe("recipes-shuffle-rows")
def shuffle_rows(draw):
    x = draw_table(draw, high=99)
    return {"x": x}, {
        "np.sort(each, axis=1)": [sorted(row) for row in x.tolist()],
        "sorted(together.T.tolist())": sorted(x.T.tolist()),
    }


@recipe("recipes-shuffle-together")
def shuffle_together(draw):
    X = draw_array(draw, (draw(st.integers(1, 4)), draw(SIZES)), 0, 99)
    y = draw_array(draw, (len(X),), 0, 99)
    pairs = sorted(zip(X.tolist(), y.tolist(), strict=True))
    return {"X": X, "y": y}, {
        "sorted(zip(X_new.tolist(), y_new.tolist()))": pairs,
        "drawn.shape": (6,),
        "((0 <= drawn) & (drawn < len(X))).all()": True,
    }


@recipe("recipes-shift")
def shift(draw):
    x = draw_table(draw, high=99)
    m, n = x.shape
    low = draw(st.sampled_from([0, -9]))
    shift = draw_array(draw, (m,), low, 9, INTEGERS)
    wanted = [
        [row[(j - s) % n] for j in range(n)]
        for row, s in zip(x.tolist(), shift.tolist(), strict=True)
    ]
    return {"x": x, "shift": shift}, {"shifted": wanted}


@recipe("recipes-swap")
def swap(draw):
    shape = draw(st.integers(3, 5)), draw(SIZES)
    a = draw_array(draw, shape, 0, 99, writable=True)
    first, second, third, *others = a.tolist()
    return {"a": a}, {"a": [third, second, first, *others]}


@recipe("recipes-unique")
def unique(draw):
    a = draw_table(draw, 1, 2, high=2)
    kept = [row for n, row in enumerate(a.tolist()) if row not in a.tolist()[:n]]
    return {"a": a}, {"kept": kept, "values": sorted(kept)}


# Scatter and count.


@recipe("recipes-one-hot")
def one_hot(draw):
    K = draw(st.integers(1, 300))
    y = draw_labels(draw, draw(SIZES), K)
    wanted = [[int(k == label) for k in range(K)] for label in y.tolist()]
    return {"y": y, "K": K}, {
        "onehot": wanted,
        "compared": wanted,
        "onehot.argmax(axis=-1)": y.tolist(),
    }


@recipe("recipes-scatter")
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


@recipe("recipes-scatter-add")
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


@recipe("recipes-coordinates-to-mask")
def coordinates_to_mask(draw):
    points = draw_array(draw, (draw(SIZES), 2), 0, 2, INTEGERS)
    found = sorted({tuple(point) for point in points.tolist()})
    return {"points": points}, {
        "back": [list(point) for point in found],
        "mask": [[(i, j) in found for j in range(4)] for i in range(3)],
    }


@recipe("recipes-group-sums")
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
        "centred": [float(v - means[g]) for g, v in pairs],
    }


@recipe("recipes-group-max")
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


@recipe("recipes-running-count")
def running_count(draw):
    group = draw_labels(draw, draw(SIZES), 4, NO_UINT64)
    if draw(st.booleans()):
        group = np.tile(group, 90)
    wanted, seen = [], dict.fromkeys(range(4), 0)
    for g in group.tolist():
        wanted.append(seen[g])
        seen[g] += 1
    return {"group": group}, {"running": wanted}


@recipe("recipes-counts-per-row")
def counts_per_row(draw):
    K = draw(st.integers(1, 300))
    x = draw_table(draw, high=K - 1, dtypes=INTEGERS)
    wanted = [[row.count(k) for k in range(K)] for row in x.tolist()]
    return {"x": x, "K": K}, {"counts": wanted, "counts.shape": (len(x), K)}


@recipe("recipes-histogram")
def histogram(draw):
    x = draw_array(draw, (draw(SIZES),), 0, 30)
    if draw(st.booleans()):
        x = np.append(x.astype(float), [np.nan, -1.0])
    edges = [0, 2, 10, 20]
    bins = [[v for v in x.tolist() if low <= v < high] for low, high in pairwise(edges)]
    return {"x": x}, {"counts": [len(part) for part in bins]}


@recipe("recipes-confusion")
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


# Build.


@recipe("recipes-lookup")
def lookup(draw):
    palette = draw_array(draw, (draw(st.integers(1, 300)), 3), 0, 255)
    labels = draw_array(draw, (draw(SIZES), 2), 0, len(palette) - 1, INTEGERS)
    colors = palette.tolist()
    wanted = [[colors[label] for label in row] for row in labels.tolist()]
    return {"palette": palette, "labels": labels}, {"image": wanted}


@recipe("recipes-codes")
def codes(draw):
    x = draw_array(draw, (draw(SIZES),), 0, 3)
    if draw(st.booleans()):
        x = x.astype(int).astype(str)
    names = sorted(set(x.tolist()))
    return {"x": x}, {
        "names": names,
        "codes": [names.index(value) for value in x.tolist()],
    }


@recipe("recipes-mesh")
def mesh(draw):
    c = draw_array(draw, (4,), 0, 99)
    wanted = [[c.tolist()[abs(i - j)] for j in range(4)] for i in range(4)]
    return {"c": c}, {
        "toeplitz": wanted,
        "rows + columns": [[11, 12], [21, 22], [31, 32]],
    }


@recipe("recipes-checkerboard")
def checkerboard(draw):
    board = np.zeros((draw(SIZES), draw(SIZES)), dtype=draw(st.sampled_from(WIDE)))
    m, K = board.shape
    return {"board": draw_layout(draw, board, writable=True)}, {
        "board": [[(i + j) % 2 for j in range(K)] for i in range(m)]
    }


@recipe("recipes-ragged")
def ragged(draw):
    lengths = draw(st.lists(st.integers(0, 3), max_size=4))
    dtype = [draw(st.sampled_from(WIDE))]
    rows = [draw_extreme(draw, (n,), dtype) for n in lengths]
    if draw(st.booleans()):
        rows = [row.tolist() for row in rows]
    if draw(st.booleans()):
        rows = [[f"word {value}" for value in row] for row in rows]
    pad = "" if any(isinstance(v, str) for row in rows for v in row) else 0
    width = max(lengths, default=0)
    lists = [list(row) for row in rows]
    return {"rows": rows}, {
        "padded": as_lists([row + [pad] * (width - len(row)) for row in lists]),
        "padded[inside]": as_lists(list(chain.from_iterable(lists))),
        "padded.shape": (len(rows), width),
    }


@recipe("recipes-sample")
def sample(draw):
    m, n = draw(SIZES), draw(SIZES)
    k = draw(st.integers(0, n))
    return {"m": m, "n": n, "k": k}, {
        "draws.shape": (m, k),
        "((0 <= draws) & (draws < n)).all()": True,
        "[len(set(row)) for row in draws.tolist()]": [k] * m,
    }


@recipe("recipes-sample-probabilities")
def sample_probabilities(draw):
    counts = draw_array(draw, (draw(SIZES), draw(st.integers(1, 4))), 0, 3)
    counts = counts[counts.any(axis=1)]
    if draw(st.booleans()):
        sums = counts.sum(axis=1, keepdims=True, dtype=float)
        counts = (counts / sums).astype(draw(st.sampled_from(FLOATS)))
    return {"P": counts}, {
        "draws.shape": counts.shape[:1],
        "(P[np.arange(len(P)), draws] > 0).all()": True,
    }


# Replace.


@recipe("recipes-mask")
def mask(draw):
    shape = draw(st.integers(1, 4)), draw(SIZES)
    x = draw_array(draw, shape, dtypes=FLOATS, writable=True)
    holes = draw_mask(draw, x.shape)
    holes[:1] = False  # a column without a number has no mean
    x[holes] = np.nan
    wanted = x.tolist()
    for j, column in enumerate(x.T.tolist()):
        present = [value for value in column if not math.isnan(value)]
        for i in np.flatnonzero(holes[:, j]):
            mean = sum(present) / len(present)
            wanted[i][j] = pytest.approx(mean, rel=2 * float(np.finfo(x.dtype).eps))
    return {"x": x}, {"x": wanted, "new": wanted}


@recipe("recipes-select")
def select(draw):
    x = draw_extreme(draw, (draw(SIZES),), INTEGERS)
    if draw(st.booleans()):
        x = draw_array(draw, x.shape, -9, 9, FLOATS) / x.dtype.type(4)

    def huber(v):
        return -v - 0.5 if v < -1 else v * v / 2 if v <= 1 else v - 0.5

    return {"x": x}, {"huber": [float(huber(v)) for v in x.tolist()]}


@recipe("recipes-translate")
def translate(draw):
    x = draw_table(draw, high=5)
    keys = st.integers(0, 9)
    values = draw(st.sampled_from([st.integers(-(2**40), 2**40), st.just(0.5)]))
    table = draw(st.dictionaries(keys, values, max_size=4))
    if draw(st.booleans()):
        x, table = x.astype(int).astype(str), {str(k): "longer" for k in table}
    wanted = [[table.get(v, v) for v in row] for row in x.tolist()]
    return {"x": x, "table": table}, {"new": wanted, "new.shape": x.shape}


@recipe("recipes-kth-true")
def kth_true(draw):
    x = draw_array(draw, (3, 3), 1, 99, writable=True)
    mask = draw_mask(draw, x.shape)
    mask[0] = True
    places = [(i, j) for i in range(3) for j in range(3) if mask[i, j]]
    wanted, left = x.tolist(), mask.tolist()
    wanted[places[2][0]][places[2][1]] = 0
    left[places[2][0]][places[2][1]] = False
    return {"x": x, "mask": mask}, {"x": wanted, "mask": left}


@recipe("recipes-after-first")
def after_first(draw):
    tokens = draw_table(draw, low=1, high=3, writable=True)
    end = draw(st.integers(1, 3))
    wanted = []
    for row in tokens.tolist():
        stop = row.index(end) + 1 if end in row else len(row)
        wanted.append(row[:stop] + [0] * (len(row) - stop))
    return {"tokens": tokens, "end": end}, {"tokens": wanted}


@recipe("recipes-forward-fill")
def forward_fill(draw):
    x = draw_table(draw, dtypes=FLOATS)
    x = np.where(draw_mask(draw, x.shape), np.nan, x).astype(x.dtype)
    wanted = []
    for row in x.tolist():
        last, filled = math.nan, []
        for value in row:
            last = value if value == value else last
            filled.append(last)
        wanted.append(filled)
    return {"x": draw_layout(draw, x)}, {"filled": wanted}


@recipe("recipes-set-diagonal")
def set_diagonal(draw):
    a = np.zeros((4, 4), dtype=draw(st.sampled_from(WIDE)))
    a = draw_layout(draw, a, writable=True)
    wanted = [
        [9 if i == j else i + 1 if j == i + 1 else 0 for j in range(4)]
        for i in range(4)
    ]
    return {"a": a}, {"a": wanted, "batch[1, [0, 1, 2], [1, 2, 3]]": [1, 2, 3]}


@recipe("recipes-border")
def border(draw):
    shape = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    a = draw_array(draw, shape, 5, 9, writable=True)
    m, K = a.shape
    wanted = [
        [1 if i in (0, m - 1) or j in (0, K - 1) else v for j, v in enumerate(row)]
        for i, row in enumerate(a.tolist())
    ]
    return {"a": a}, {"a": wanted}


@recipe("recipes-put")
def put(draw):
    a = draw_array(draw, (2, 3), 0, 99, writable=True)
    (_, *others), (kept, *_) = a.tolist()
    return {"a": a}, {"a": [[7, *others], [kept, 8, 7]]}


@recipe("recipes-place")
def place(draw):
    a = draw_array(draw, (draw(SIZES),), 0, 4, writable=True)
    b = a.copy()
    placed, put_masked = a.tolist(), a.tolist()
    odd = [n for n, value in enumerate(placed) if value % 2 == 1]
    for count, n in enumerate(odd):
        placed[n], put_masked[n] = (10, 20)[count % 2], (10, 20)[n % 2]
    return {"a": a, "b": b}, {"a": placed, "b": put_masked}


@recipe("recipes-delete")
def delete(draw):
    a = draw_array(draw, (draw(st.integers(3, 5)), draw(SIZES)), 0, 99)
    left = [row for n, row in enumerate(a.tolist()) if n not in (0, 2)]
    return {"a": a}, {"a[keep]": left, "np.delete(a, [0, 2], axis=0)": left}


@recipe("recipes-insert")
def insert(draw):
    a = draw_array(draw, (3, 2), 0, 99)
    first, second, third = a.tolist()
    return {"a": a}, {"longer": [first, [10, 10], second, third, [30, 30]]}


# Inputs that an earlier version of a recipe got wrong.

COUNTEREXAMPLES: dict[str, tuple[str, dict, dict]] = {
    "the top 0 of each row": (
        "recipes-top-k",
        {"x": np.array([[3, 9, 1], [8, 2, 6]]), "k": 0},
        {"values": [[], []], "top.shape": (2, 0)},
    ),
    "an empty batch of matrices": (
        "recipes-flat-argmax",
        {"x": np.zeros((0, 2, 2))},
        {"largest": [], "rows": []},
    ),
    "the nearest value in uint8": (
        "recipes-nearest",
        {"x": np.array([[8, 250]], "u1"), "target": np.array([9], "u1")},
        {"nearest": [8]},
    ),
    "the nearest value in int8": (
        "recipes-nearest",
        {"x": np.array([[-128, 90]], "i1"), "target": np.array([127], "i1")},
        {"nearest": [90]},
    ),
    "a row without columns": (
        "recipes-different-counts",
        {"x": np.arange(4).reshape(2, 2), "columns": [[], [1]]},
        {"picked": [3], "parts": [[], [3]]},
    ),
    "columns of no row": (
        "recipes-different-counts",
        {"x": np.zeros((0, 2)), "columns": []},
        {"parts": []},
    ),
    "points in uint8 at distance 357": (
        "recipes-pairs",
        {"points": np.array([[0, 255], [250, 0]], "u1")},
        {"distances": [math.hypot(250, 255)]},
    ),
    "a single point": (
        "recipes-pairs",
        {"points": np.array([[3.0, 4.0]])},
        {"distances": []},
    ),
    "a shift in uint64": (
        "recipes-shift",
        {"x": np.array([[1, 2, 3]]), "shift": np.array([1], "u8")},
        {"shifted": [[3, 1, 2]]},
    ),
    "fractions to scatter": (
        "recipes-scatter",
        {
            "rows": np.array([0]),
            "columns": np.array([1]),
            "values": np.array([0.5]),
        },
        {"x[0, 1]": 0.5},
    ),
    "the largest of each group of floats": (
        "recipes-group-max",
        {"group": np.array([1, 0, 1]), "value": np.array([0.5, 2, 4]), "groups": 2},
        {"largest": [2.0, 4.0], "places": [1, 2]},
    ),
    "the largest of group 255 in uint8": (
        "recipes-group-max",
        {"group": np.array([255], "u1"), "value": np.array([7]), "groups": 256},
        {"largest[255]": 7.0, "places": [0]},
    ),
    "300 members of one group in uint8": (
        "recipes-running-count",
        {"group": np.zeros(300, "u1")},
        {"running": list(range(300))},
    ),
    "counts in uint64": (
        "recipes-counts-per-row",
        {"x": np.array([[1, 1]], "u8"), "K": 2},
        {"counts": [[0, 2]]},
    ),
    "a confusion matrix of 20 classes in uint8": (
        "recipes-confusion",
        {
            "y": np.array([15], "u1"),
            "predicted": np.array([2], "u1"),
            "weights": np.ones(1),
            "K": 20,
        },
        {"np.argwhere(matrix)": [[15, 2]]},
    ),
    "ragged rows of floats": (
        "recipes-ragged",
        {"rows": [[0.5], [1.5, 2.5]]},
        {"padded": [[0.5, 0.0], [1.5, 2.5]]},
    ),
    "no ragged rows": ("recipes-ragged", {"rows": []}, {"padded.shape": (0, 0)}),
    "huber of the least int8": (
        "recipes-select",
        {"x": np.array([-128], "i1")},
        {"huber": [127.5]},
    ),
    "an empty dictionary": (
        "recipes-translate",
        {"x": np.array([[1, 2]]), "table": {}},
        {"new": [[1, 2]]},
    ),
}


# Inputs whose result the text of a recipe states.

EDGES: dict[str, tuple[str, dict, dict]] = {
    "nan is the largest of each row": (
        "recipes-top-k",
        {"x": np.array([[1.0, math.nan, 3.0]]), "k": 2},
        {"values": [[math.nan, 3.0]]},
    ),
    "nan is the nearest value": (
        "recipes-nearest",
        {"x": np.array([[1.0, math.nan]]), "target": np.array([1.0])},
        {"columns": [1]},
    ),
    "the first of two values that are equally near": (
        "recipes-nearest",
        {"x": np.array([[4, 2]]), "target": np.array([3])},
        {"nearest": [4]},
    ),
    "a value on the last edge is outside": (
        "recipes-histogram",
        {"x": np.array([20])},
        {"which": [3], "counts": [0, 0, 0]},
    ),
    "labels of -1 are the last class, or a row of zeros": (
        "recipes-one-hot",
        {"y": np.array([-1]), "K": 2},
        {"onehot": [[0, 1]], "compared": [[False, False]]},
    ),
    "rows of floats inserted among integers lose their fractions": (
        "recipes-insert",
        {"a": np.array([[1, 1], [2, 2], [3, 3]])},
        {"np.insert(a, 1, [1.5, 2.5], axis=0)[1]": [1, 2]},
    ),
    "names that are not known get the code of the next one": (
        "recipes-codes",
        {"x": np.array(["dog", "cat"])},
        {"np.searchsorted(names, ['cow', 'eel'])": [1, 2]},
    ),
}

# Inputs that the text of a recipe says are refused, and the errors.

REFUSED: dict[str, tuple[str, dict, type[Exception]]] = {
    "matrices without entries": (
        "recipes-flat-argmax",
        {"x": np.zeros((2, 0, 3))},
        ValueError,
    ),
    "the nearest value of none": (
        "recipes-nearest",
        {"x": np.zeros((1, 0)), "target": np.zeros(1)},
        ValueError,
    ),
    "layers chosen by uint64": (
        "recipes-choose",
        {"layers": np.zeros((2, 1, 1)), "which": np.zeros((1, 1), "u8")},
        TypeError,
    ),
    "a corner too far to the right": (
        "recipes-crops",
        {
            "images": np.zeros((1, 4, 4)),
            "top": np.array([0]),
            "left": np.array([3]),
        },
        IndexError,
    ),
    "a value beyond the classes": (
        "recipes-counts-per-row",
        {"x": np.array([[3]]), "K": 3},
        ValueError,
    ),
    "a negative value": (
        "recipes-counts-per-row",
        {"x": np.array([[-1]]), "K": 3},
        ValueError,
    ),
    "a prediction beyond the classes": (
        "recipes-confusion",
        {
            "y": np.array([0]),
            "predicted": np.array([3]),
            "weights": np.ones(1),
            "K": 3,
        },
        ValueError,
    ),
    "an array longer than the one that begins": (
        "recipes-every-other",
        {"a": np.array([1]), "b": np.array([2, 3])},
        ValueError,
    ),
}
