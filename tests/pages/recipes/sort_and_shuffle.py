"""What the recipes of docs/indexing/sort-and-shuffle.md promise."""

import numpy as np
from hypothesis import strategies as st

from tests.pages.recipes.cases import (
    COUNTEREXAMPLES,
    EDGES,
    FLOATS,
    INTEGERS,
    REFUSED,
    SIZES,
    draw_array,
    draw_extreme,
    draw_permutation,
    draw_table,
    recipe,
)


@recipe("sort-and-shuffle-sort-rows")
def sort_rows(draw):
    a = draw_table(draw, 2, 2, high=3)
    return {"a": a}, {
        "by_first": sorted(a.tolist(), key=lambda row: row[0]),
        "by_both": sorted(a.tolist()),
    }


@recipe("sort-and-shuffle-sort-by")
def sort_by(draw):
    keys = draw_table(draw, high=3)
    values = draw_array(draw, keys.shape, 0, 99)
    wanted = [
        [value for _, value in sorted(zip(k, v, strict=True), key=lambda p: p[0])]
        for k, v in zip(keys.tolist(), values.tolist(), strict=True)
    ]
    return {"keys": keys, "values": values}, {"by_key": wanted}


@recipe("sort-and-shuffle-ranks")
def ranks(draw):
    x = draw_table(draw, high=3)
    wanted = []
    for row in x.tolist():
        order = sorted(range(len(row)), key=row.__getitem__)
        wanted.append([order.index(j) for j in range(len(row))])
    return {"x": x}, {"ranks": wanted}


@recipe("sort-and-shuffle-inverse")
def inverse(draw):
    order = draw_permutation(draw, draw(SIZES))
    x = draw_array(draw, order.shape, 0, 99)
    return {"x": x, "order": order}, {
        "inverse": [order.tolist().index(i) for i in range(len(order))],
        "x[order][inverse]": x.tolist(),
    }


@recipe("sort-and-shuffle-each-row")
def shuffle_rows(draw):
    x = draw_table(draw, high=99)
    return {"x": x}, {
        "np.sort(each, axis=1)": [sorted(row) for row in x.tolist()],
        "sorted(together.T.tolist())": sorted(x.T.tolist()),
    }


@recipe("sort-and-shuffle-together")
def shuffle_together(draw):
    X = draw_array(draw, (draw(st.integers(1, 4)), draw(SIZES)), 0, 99)
    y = draw_array(draw, (len(X),), 0, 99)
    pairs = sorted(zip(X.tolist(), y.tolist(), strict=True))
    return {"X": X, "y": y}, {
        "sorted(zip(X_new.tolist(), y_new.tolist()))": pairs,
        "drawn.shape": (6,),
        "((0 <= drawn) & (drawn < len(X))).all()": True,
    }


@recipe("sort-and-shuffle-sample")
def sample(draw):
    m, n = draw(SIZES), draw(SIZES)
    k = draw(st.integers(0, n))
    return {"m": m, "n": n, "k": k}, {
        "draws.shape": (m, k),
        "((0 <= draws) & (draws < n)).all()": True,
        "[len(set(row)) for row in draws.tolist()]": [k] * m,
    }


@recipe("sort-and-shuffle-sample-probabilities")
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


@recipe("sort-and-shuffle-shift")
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


@recipe("sort-and-shuffle-swap")
def swap(draw):
    shape = draw(st.integers(3, 5)), draw(SIZES)
    a = draw_array(draw, shape, 0, 99, writable=True)
    first, second, third, *others = a.tolist()
    return {"a": a}, {"a": [third, second, first, *others]}


@recipe("sort-and-shuffle-interleave")
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


@recipe("sort-and-shuffle-columns")
def columns(draw):
    X = draw_table(draw)
    return {"X": X}, {
        "with_ones": [[1, *row] for row in X.tolist()],
        "with_ones.dtype": X.dtype.newbyteorder("="),
        "with_ones.shape": (len(X), X.shape[1] + 1),
    }


@recipe("sort-and-shuffle-insert")
def insert(draw):
    a = draw_array(draw, (3, 2), 0, 99)
    first, second, third = a.tolist()
    return {"a": a}, {"longer": [first, [10, 10], second, third, [30, 30]]}


@recipe("sort-and-shuffle-delete")
def delete(draw):
    a = draw_array(draw, (draw(st.integers(3, 5)), draw(SIZES)), 0, 99)
    left = [row for n, row in enumerate(a.tolist()) if n not in (0, 2)]
    return {"a": a}, {"a[keep]": left, "np.delete(a, [0, 2], axis=0)": left}


COUNTEREXAMPLES.update(
    {
        "a shift in uint64": (
            "sort-and-shuffle-shift",
            {"x": np.array([[1, 2, 3]]), "shift": np.array([1], "u8")},
            {"shifted": [[3, 1, 2]]},
        ),
    }
)


EDGES.update(
    {
        "rows of floats inserted among integers lose their fractions": (
            "sort-and-shuffle-insert",
            {"a": np.array([[1, 1], [2, 2], [3, 3]])},
            {"np.insert(a, 1, [1.5, 2.5], axis=0)[1]": [1, 2]},
        ),
    }
)


REFUSED.update(
    {
        "an array longer than the one that begins": (
            "sort-and-shuffle-interleave",
            {"a": np.array([1]), "b": np.array([2, 3])},
            ValueError,
        ),
    }
)
