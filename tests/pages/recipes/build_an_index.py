"""What the recipes of docs/indexing/build-an-index.md promise."""

import numpy as np
from hypothesis import strategies as st

from tests.pages.recipes.cases import (
    EDGES,
    INTEGERS,
    SIZES,
    draw_array,
    draw_extreme,
    draw_table,
    recipe,
)


@recipe("build-an-index-block")
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


@recipe("build-an-index-coordinates")
def coordinates(draw):
    x = draw_array(draw, (4, 3))
    points = draw_array(draw, (draw(SIZES), 2), 0, 2, INTEGERS)
    return {"x": x, "points": points}, {
        "values": [x.tolist()[i][j] for i, j in points.tolist()]
    }


@recipe("build-an-index-several-slices")
def several_slices(draw):
    x = draw_array(draw, (draw(st.integers(6, 12)),))
    values = x.tolist()
    return {"x": x}, {"x[index]": values[:3] + values[5:6] + values[-2:]}


@recipe("build-an-index-variable")
def variable(draw):
    x = draw_array(draw, (2, 3, 2))
    axis = draw(st.integers(0, 2))
    values = x.tolist()
    if axis == 0:
        part = values[1:]
    elif axis == 1:
        part = [rows[1:] for rows in values]
    else:
        part = [[row[1:] for row in rows] for rows in values]
    return {"x": x, "axis": axis}, {"part": part, "np.shares_memory(part, x)": True}


@recipe("build-an-index-oindex-vindex")
def oindex_vindex(draw):
    x = draw_array(draw, (draw(SIZES), 3, 4))
    places = draw(st.lists(st.tuples(st.integers(-3, 2), st.integers(-4, 3))))
    i, j = [a for a, _ in places], [b for _, b in places]
    values = x.tolist()
    return {"x": x, "i": i, "j": j}, {
        "outer": [[[rows[a][b] for b in j] for a in i] for rows in values],
        "outer.shape": (len(x), len(i), len(j)),
        "paired": [[rows[a][b] for rows in values] for a, b in places],
        "paired.shape": (len(places), len(x)),
    }


@recipe("build-an-index-mesh")
def mesh(draw):
    c = draw_array(draw, (4,), 0, 99)
    wanted = [[c.tolist()[abs(i - j)] for j in range(4)] for i in range(4)]
    return {"c": c}, {
        "toeplitz": wanted,
        "rows + columns": [[11, 12], [21, 22], [31, 32]],
    }


@recipe("build-an-index-ndenumerate")
def loop_with_indices(draw):
    x = draw_table(draw)
    found = []
    for i, row in enumerate(x.tolist()):
        for j, value in enumerate(row):
            if value > 5:
                found.append((i, j))
    return {"x": x}, {"large": found}


@recipe("build-an-index-nditer")
def loop_and_change(draw):
    x = draw_table(draw, writable=True)
    most = draw_array(draw, x.shape[1:])
    wanted = [list(map(min, row, most.tolist())) for row in x.tolist()]
    return {"x": x, "most": most}, {"x": wanted}


@recipe("build-an-index-item")
def item(draw):
    x = draw_extreme(draw, (2, draw(st.integers(1, 4))))
    value = x.tolist()[1][0]
    return {"x": x}, {"value": value, "type(value).__name__": type(value).__name__}


EDGES.update(
    {
        "a datetime in nanoseconds becomes an int": (
            "build-an-index-item",
            {"x": np.array([["2030-01-01"], ["1970-01-01"]], "M8[ns]")},
            {"value": 0, "type(value).__name__": "int"},
        ),
    }
)
