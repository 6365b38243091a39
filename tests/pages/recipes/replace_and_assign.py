"""What the recipes of docs/indexing/replace-and-assign.md promise."""

import math

import numpy as np
import pytest
from hypothesis import strategies as st

from tests.pages.recipes.cases import (
    COUNTEREXAMPLES,
    FLOATS,
    INTEGERS,
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


@recipe("replace-and-assign-mask")
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


@recipe("replace-and-assign-select")
def select(draw):
    x = draw_extreme(draw, (draw(SIZES),), INTEGERS)
    if draw(st.booleans()):
        x = draw_array(draw, x.shape, -9, 9, FLOATS) / x.dtype.type(4)

    def huber(v):
        return -v - 0.5 if v < -1 else v * v / 2 if v <= 1 else v - 0.5

    return {"x": x}, {"huber": [float(huber(v)) for v in x.tolist()]}


@recipe("replace-and-assign-translate")
def translate(draw):
    x = draw_table(draw, high=5)
    keys = st.integers(0, 9)
    values = draw(st.sampled_from([st.integers(-(2**40), 2**40), st.just(0.5)]))
    table = draw(st.dictionaries(keys, values, max_size=4))
    if draw(st.booleans()):
        x, table = x.astype(int).astype(str), {str(k): "longer" for k in table}
    wanted = [[table.get(v, v) for v in row] for row in x.tolist()]
    return {"x": x, "table": table}, {"new": wanted, "new.shape": x.shape}


@recipe("replace-and-assign-forward-fill")
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


@recipe("replace-and-assign-after-first")
def after_first(draw):
    tokens = draw_table(draw, low=1, high=3, writable=True)
    end = draw(st.integers(1, 3))
    wanted = []
    for row in tokens.tolist():
        stop = row.index(end) + 1 if end in row else len(row)
        wanted.append(row[:stop] + [0] * (len(row) - stop))
    return {"tokens": tokens, "end": end}, {"tokens": wanted}


@recipe("replace-and-assign-copyto")
def copyto(draw):
    x = draw_table(draw, writable=True)
    fitting = [d for d in WIDE if np.can_cast(d, x.dtype, "same_kind")]
    values = draw_array(draw, (len(x), 1), 0, 99, fitting)
    wanted = [
        [new if old % 2 == 0 else old for old in row]
        for row, (new,) in zip(x.tolist(), values.tolist(), strict=True)
    ]
    return {"x": x, "values": values}, {"x": wanted}


@recipe("replace-and-assign-place")
def place(draw):
    a = draw_array(draw, (draw(SIZES),), 0, 4, writable=True)
    b = a.copy()
    placed, put_masked = a.tolist(), a.tolist()
    odd = [n for n, value in enumerate(placed) if value % 2 == 1]
    for count, n in enumerate(odd):
        placed[n], put_masked[n] = (10, 20)[count % 2], (10, 20)[n % 2]
    return {"a": a, "b": b}, {"a": placed, "b": put_masked}


@recipe("replace-and-assign-put")
def put(draw):
    a = draw_array(draw, (2, 3), 0, 99, writable=True)
    (_, *others), (kept, *_) = a.tolist()
    return {"a": a}, {"a": [[7, *others], [kept, 8, 7]]}


@recipe("replace-and-assign-border")
def border(draw):
    shape = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    a = draw_array(draw, shape, 5, 9, writable=True)
    m, K = a.shape
    wanted = [
        [1 if i in (0, m - 1) or j in (0, K - 1) else v for j, v in enumerate(row)]
        for i, row in enumerate(a.tolist())
    ]
    return {"a": a}, {"a": wanted}


@recipe("replace-and-assign-checkerboard")
def checkerboard(draw):
    board = np.zeros((draw(SIZES), draw(SIZES)), dtype=draw(st.sampled_from(WIDE)))
    m, K = board.shape
    return {"board": draw_layout(draw, board, writable=True)}, {
        "board": [[(i + j) % 2 for j in range(K)] for i in range(m)]
    }


@recipe("replace-and-assign-strings")
def strings(draw):
    text = st.text("abc", max_size=4)
    before = draw(st.lists(text, min_size=1))
    dtype = draw(st.sampled_from(["U", ">U5", "S"]))
    names, new = np.array(before, dtype=dtype), draw(text)
    if dtype == "S":
        before, new = [name.encode() for name in before], new.encode()
    width = names.itemsize // (1 if dtype == "S" else 4)
    return {"names": names, "new": new}, {
        "wide": [new, *before[1:]],
        "names[0]": new[:width],
    }


@recipe("replace-and-assign-dates")
def dates(draw):
    minutes = st.integers(-(2**30), 2**30)
    unit = draw(st.sampled_from(["D", "h", "M"]))
    before = draw(st.lists(minutes, min_size=1))
    days = np.array(before, dtype="M8[m]").astype(f"M8[{unit}]")
    new = np.datetime64(draw(minutes), "m")
    kept = days.astype("M8[m]").tolist()
    return {"days": days, "new": new}, {
        "times": [new.item(), *kept[1:]],
        "days[0]": new.astype(days.dtype).item(),
    }


@recipe("replace-and-assign-fields")
def fields(draw):
    count = draw(SIZES)
    source = np.zeros(count, dtype=[("id", "i4"), ("score", ">f8")])
    source["id"] = draw_array(draw, (count,), 0, 99)
    source["score"] = draw_array(draw, (count,), 0, 99) / 4
    target = np.ones(count, dtype=[("score", "f4"), ("id", "u2")])
    wanted = [(score, number) for number, score in source.tolist()]
    return {"source": draw_layout(draw, source), "target": target}, {"target": wanted}


COUNTEREXAMPLES.update(
    {
        "huber of the least int8": (
            "replace-and-assign-select",
            {"x": np.array([-128], "i1")},
            {"huber": [127.5]},
        ),
        "an empty dictionary": (
            "replace-and-assign-translate",
            {"x": np.array([[1, 2]]), "table": {}},
            {"new": [[1, 2]]},
        ),
    }
)


REFUSED.update(
    {
        "floats to copy into integers": (
            "replace-and-assign-copyto",
            {"x": np.array([[2]]), "values": np.array([[0.5]])},
            TypeError,
        ),
        "a structured array with one field more": (
            "replace-and-assign-fields",
            {
                "source": np.zeros(1, "i4, f8"),
                "target": np.zeros(1, "i4, f8, f8"),
            },
            TypeError,
        ),
    }
)
