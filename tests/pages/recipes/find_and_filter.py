"""What the recipes of docs/indexing/find-and-filter.md promise."""

import numpy as np
from hypothesis import strategies as st

from tests.pages.recipes.cases import (
    COUNTEREXAMPLES,
    EDGES,
    INTEGERS,
    REFUSED,
    SIZES,
    draw_array,
    draw_mask,
    draw_table,
    recipe,
)


@recipe("find-and-filter-rows-where")
def rows_where(draw):
    x = draw_table(draw, low=0, high=2)
    return {"x": x}, {"positive": [r for r in x.tolist() if all(v > 0 for v in r)]}


@recipe("find-and-filter-index-of-value")
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


@recipe("find-and-filter-flat-argmax")
def flat_argmax(draw):
    shape = draw(SIZES), draw(st.integers(1, 3)), draw(st.integers(1, 3))
    x = draw_array(draw, shape, 0, 4)
    largest = [max(map(max, matrix)) for matrix in x.tolist()]
    return {"x": x}, {
        "largest": largest,
        "x[np.arange(len(x)), rows, columns]": largest,
    }


@recipe("find-and-filter-isin")
def is_in(draw):
    x, wanted = draw_table(draw, 2, 2, high=2), draw_table(draw, 2, 2, high=2)
    rows = [row in wanted.tolist() for row in x.tolist()]
    return {"x": x, "wanted": wanted}, {"rows": rows}


@recipe("find-and-filter-unique")
def unique(draw):
    a = draw_table(draw, 1, 2, high=2)
    kept = [row for n, row in enumerate(a.tolist()) if row not in a.tolist()[:n]]
    return {"a": a}, {"kept": kept, "values": sorted(kept)}


@recipe("find-and-filter-mask-and-positions")
def mask_and_positions(draw):
    x = draw_array(draw, (draw(st.integers(1, 5)),), 0, 50)
    more = draw(st.lists(st.integers(0, len(x) - 1)))
    kept = [v for n, v in enumerate(x.tolist()) if v > 25 or n in more]
    return {"x": x, "more": more}, {"x[keep]": kept}


@recipe("find-and-filter-coordinates-to-mask")
def coordinates_to_mask(draw):
    points = draw_array(draw, (draw(SIZES), 2), 0, 2, INTEGERS)
    found = sorted({tuple(point) for point in points.tolist()})
    return {"points": points}, {
        "back": [list(point) for point in found],
        "mask": [[(i, j) in found for j in range(4)] for i in range(3)],
    }


@recipe("find-and-filter-kth-true")
def kth_true(draw):
    x = draw_array(draw, (3, 3), 1, 99, writable=True)
    mask = draw_mask(draw, x.shape)
    mask[0] = True
    places = [(i, j) for i in range(3) for j in range(3) if mask[i, j]]
    wanted, left = x.tolist(), mask.tolist()
    wanted[places[2][0]][places[2][1]] = 0
    left[places[2][0]][places[2][1]] = False
    return {"x": x, "mask": mask}, {"x": wanted, "mask": left}


COUNTEREXAMPLES.update(
    {
        "an empty batch of matrices": (
            "find-and-filter-flat-argmax",
            {"x": np.zeros((0, 2, 2))},
            {"largest": [], "rows": []},
        ),
    }
)


EDGES.update(
    {
        "a list that mixes booleans and integers is read as integers": (
            "find-and-filter-mask-and-positions",
            {"x": np.array([40, 10, 30, 20]), "more": [0]},
            {"x[[True, False, 3]]": [10, 40, 20]},
        ),
    }
)


REFUSED.update(
    {
        "matrices without entries": (
            "find-and-filter-flat-argmax",
            {"x": np.zeros((2, 0, 3))},
            ValueError,
        ),
    }
)
