"""What people ask about the cost of indexing, beside the line."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from tests.bench.case import Case

COUNTS = {
    "at": "np.add.at(x, y, 1.0)",
    "at int": "np.add.at(x, y, 1)",
    "bincount": "x += np.bincount(y, minlength=K)",
}
SUMS = {
    "at": "np.add.at(x, y, w)",
    "at float32": "np.add.at(x, y, w32)",
    "bincount": "x += np.bincount(y, weights=w, minlength=K)",
}
ROWS = {
    "at": "np.add.at(x, y, w)",
    "loop": "for k, row in zip(y, w): x[k] += row",
    "product": "x += (y == np.arange(K)[:, np.newaxis]).astype(x.dtype) @ w",
}
READ = {
    "positions": "out = v[positions]",
    "take": "out = v.take(positions)",
    "mask": "out = v[mask]",
    "made positions": "out = v[np.flatnonzero(mask)]",
    "mask in blocks": "out = v[blocks]",
}
FRONT = {
    "array": "out = v[front]",
    "list": "out = v[numbers]",
    "slice": "out = v[:m]",
}
AXES = {
    "three arrays": "out = x[i, j, k]",
    "flat": "out = entries[flat]",
    "made flat": "out = entries[np.ravel_multi_index((i, j, k), x.shape)]",
}
GRIDS = {
    "open grids": "out = x[i, j, z]",
    "along axis": "out = np.take_along_axis(x, z[..., np.newaxis], axis=2)[..., 0]",
    "mask": "out = x[z[..., np.newaxis] == np.arange(K)].reshape(z.shape)",
}
TAKE = {
    "brackets": "out = x[rows]",
    "take": "out = x.take(rows, axis=0)",
}


def make_sums() -> dict:
    """Return many values and the places that they are added to."""
    rng = np.random.default_rng(0)
    y, w = rng.integers(1000, size=100_000), rng.integers(8, size=100_000) / 8
    names = {"np": np, "K": 1000, "x": np.zeros(1000), "y": y}
    return {**names, "w": w, "w32": w.astype(np.float32)}


def make_rows() -> dict:
    """Return 200 rows of 300 values and the places that they are added to."""
    rng = np.random.default_rng(0)
    y, w = rng.integers(1000, size=200), rng.integers(8, size=(200, 300)) / 8
    return {"np": np, "K": 1000, "x": np.zeros((1000, 300)), "y": y, "w": w}


def make_vector() -> dict:
    """Return a million values and half of their positions, twice."""
    m = 1_000_000
    mask = np.random.default_rng(0).random(m) < 0.5
    v, blocks = np.arange(m) / 8, np.arange(m) % 1000 < 500
    positions = np.flatnonzero(mask)
    return {"np": np, "v": v, "mask": mask, "positions": positions, "blocks": blocks}


def make_front() -> dict:
    """Return ten million values and the positions of the first million."""
    m, v = 1_000_000, np.zeros(10_000_000)
    return {"v": v, "m": m, "front": np.arange(m), "numbers": list(range(m))}


def make_cube() -> dict:
    """Return an array of three axes and 100,000 of its cells."""
    x = np.random.default_rng(0).random((50, 60, 70))
    i, j, k = np.random.default_rng(1).integers([[50], [60], [70]], size=(3, 100_000))
    flat = np.ravel_multi_index((i, j, k), x.shape)
    names = {"np": np, "x": x, "entries": x.reshape(-1), "flat": flat}
    return {**names, "i": i, "j": j, "k": k}


def make_layers() -> dict:
    """Return an array of three axes and one label for each cell of the first two."""
    x = np.random.default_rng(0).random((100, 100, 50))
    z = np.random.default_rng(1).integers(50, size=(100, 100))
    i, j = np.ogrid[:100, :100]
    return {"np": np, "x": x, "z": z, "i": i, "j": j, "K": 50}


def make_columns_first() -> dict:
    """Return an array in Fortran order and ten of its rows."""
    x = np.asfortranarray(np.random.default_rng(0).random((10_000, 100)))
    return {"x": x, "rows": np.arange(0, 10_000, 1000)}


def make_rows_first(K: int) -> dict:
    """Return an array of K columns in C order, and as many random rows as it has."""
    rng = np.random.default_rng(0)
    return {"x": rng.random((1000, K)), "rows": rng.integers(1000, size=1000)}


def cases() -> Iterator[Case]:
    """Yield what is measured about these questions."""

    def case(
        study: str,
        m: int,
        K: int,
        prepare: Callable[[], dict],
        ways: dict[str, str],
        result: str = "out",
        apart: tuple[str, ...] = (),
    ) -> Case:
        return Case(study, m, K, "float64", prepare, ways, result, apart)

    yield case("counts", 100_000, 1000, make_sums, COUNTS, "x")
    yield case("sums", 100_000, 1000, make_sums, SUMS, "x")
    yield case("rows", 200, 1000, make_rows, ROWS, "x")
    yield case("read", 500_000, 1, make_vector, READ, apart=("mask in blocks",))
    yield case("front", 1_000_000, 1, make_front, FRONT)
    yield case("axes", 100_000, 1, make_cube, AXES)
    yield case("grids", 10_000, 50, make_layers, GRIDS)
    yield case("take", 10, 100, make_columns_first, TAKE)
    for K in (1, 5, 20, 100, 300):
        yield case("take in C order", 1000, K, partial(make_rows_first, K), TAKE)
