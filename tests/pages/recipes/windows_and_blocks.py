"""What the recipes of docs/indexing/windows-and-blocks.md promise."""

import math
from itertools import chain

import numpy as np
from hypothesis import strategies as st

from tests.pages.recipes.cases import (
    COUNTEREXAMPLES,
    INTEGERS,
    REFUSED,
    SIZES,
    WIDE,
    draw_array,
    draw_extreme,
    draw_layout,
    recipe,
)
from tests.pages.recipes.run import as_lists


@recipe("windows-and-blocks-windows")
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


@recipe("windows-and-blocks-as-strided")
def as_strided(draw):
    x = draw_array(draw, (draw(st.integers(1, 12)),))
    w, step = draw(st.integers(1, len(x))), draw(st.integers(1, 4))
    starts = range(0, len(x) - w + 1, step)
    wanted = [x.tolist()[start : start + w] for start in starts]
    return {"x": x, "w": w, "step": step}, {
        "windows": wanted,
        "unchecked": wanted,
        "windows.flags.writeable or unchecked.flags.writeable": False,
    }


@recipe("windows-and-blocks-crops")
def crops(draw):
    B = draw(SIZES)
    images = draw_array(draw, (B, 4, 4), 0, 99)
    top, left = (draw_array(draw, (B,), 0, 2, INTEGERS) for _ in range(2))
    corners = zip(images.tolist(), top.tolist(), left.tolist(), strict=True)
    wanted = [[row[j : j + 2] for row in image[i : i + 2]] for image, i, j in corners]
    return {"images": images, "top": top, "left": left}, {"crops": wanted}


@recipe("windows-and-blocks-diagonal-blocks")
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


@recipe("windows-and-blocks-diagonals")
def diagonals(draw):
    B, n = draw(SIZES), draw(SIZES)
    a = draw_array(draw, (B, n, n), 0, 99)
    return {"a": a}, {
        "main": [[m[i][i] for i in range(n)] for m in a.tolist()],
        "anti": [[m[i][-1 - i] for i in range(n)] for m in a.tolist()],
    }


@recipe("windows-and-blocks-set-diagonal")
def set_diagonal(draw):
    a = np.zeros((4, 4), dtype=draw(st.sampled_from(WIDE)))
    a = draw_layout(draw, a, writable=True)
    wanted = [
        [9 if i == j else i + 1 if j == i + 1 else 0 for j in range(4)]
        for i in range(4)
    ]
    return {"a": a}, {"a": wanted, "batch[1, [0, 1, 2], [1, 2, 3]]": [1, 2, 3]}


@recipe("windows-and-blocks-add-to-diagonal")
def add_to_diagonal(draw):
    n = draw(SIZES)
    a = draw_array(draw, (n, n), writable=True)
    value = draw(st.integers(0, 99))
    wanted = [
        [v + value if i == j else v for j, v in enumerate(row)]
        for i, row in enumerate(a.tolist())
    ]
    return {"a": a, "value": value}, {"a": wanted}


@recipe("windows-and-blocks-triangle")
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


@recipe("windows-and-blocks-fill-triangle")
def fill_triangle(draw):
    n = draw(SIZES)
    values = draw_extreme(draw, (n * (n + 1) // 2,))
    flat = iter(values.tolist())
    wanted = [[next(flat) if j <= i else 0 for j in range(n)] for i in range(n)]
    return {"values": values, "n": n}, {"lower": wanted, "lower.shape": (n, n)}


@recipe("windows-and-blocks-band")
def band(draw):
    n, k = draw(SIZES), draw(st.integers(0, 3))
    a = draw_array(draw, (n, n), 1, 99)
    rows = a.tolist()
    near = [(i, j) for i in range(n) for j in range(n) if abs(i - j) <= k]
    wanted = [
        [v if (i, j) in near else 0 for j, v in enumerate(row)]
        for i, row in enumerate(rows)
    ]
    return {"a": a, "k": k}, {"band": wanted, "a[index]": [rows[i][j] for i, j in near]}


@recipe("windows-and-blocks-pairs")
def pairs(draw):
    points = draw_extreme(draw, (draw(SIZES), 2))
    n, rows = len(points), points.tolist()
    numbers = [(i, j) for i in range(n) for j in range(i + 1, n)]
    return {"points": points}, {
        "i": [i for i, _ in numbers],
        "j": [j for _, j in numbers],
        "distances": [float(math.dist(rows[i], rows[j])) for i, j in numbers],
    }


@recipe("windows-and-blocks-ragged")
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


COUNTEREXAMPLES.update(
    {
        "points in uint8 at distance 357": (
            "windows-and-blocks-pairs",
            {"points": np.array([[0, 255], [250, 0]], "u1")},
            {"distances": [math.hypot(250, 255)]},
        ),
        "a single point": (
            "windows-and-blocks-pairs",
            {"points": np.array([[3.0, 4.0]])},
            {"distances": []},
        ),
        "ragged rows of floats": (
            "windows-and-blocks-ragged",
            {"rows": [[0.5], [1.5, 2.5]]},
            {"padded": [[0.5, 0.0], [1.5, 2.5]]},
        ),
        "no ragged rows": (
            "windows-and-blocks-ragged",
            {"rows": []},
            {"padded.shape": (0, 0)},
        ),
    }
)


REFUSED.update(
    {
        "windows longer than the array": (
            "windows-and-blocks-as-strided",
            {"x": np.arange(3), "w": 4, "step": 1},
            ValueError,
        ),
        "the diagonal indices of a matrix that is not square": (
            "windows-and-blocks-add-to-diagonal",
            {"a": np.zeros((2, 3)), "value": 1},
            ValueError,
        ),
        "a corner too far to the right": (
            "windows-and-blocks-crops",
            {
                "images": np.zeros((1, 4, 4)),
                "top": np.array([0]),
                "left": np.array([3]),
            },
            IndexError,
        ),
    }
)
