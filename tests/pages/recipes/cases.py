"""What each recipe promises: inputs of many dtypes and sizes, and what comes out.

CASES maps the label of a recipe to a strategy. It draws the arrays that the first
lines of the recipe make, and what the recipe must compute from them, in plain Python
from lists. COUNTEREXAMPLES are inputs that an earlier version got wrong, EDGES those
whose result the recipe states, and REFUSED those that it says are refused. The modules
of this folder that are named for a page fill them.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import strategies as st

INTEGERS = ["i1", "u1", "<i2", ">i2", "u2", "i4", "u4", "i8", ">i8", "u8"]
FLOATS = ["f2", "f4", "<f8", ">f8"]
WIDE = [*INTEGERS, *FLOATS]
# np.choose refuses uint64, and so does np.bincount before NumPy 2.2.4.
NO_UINT64 = [dtype for dtype in INTEGERS if dtype != "u8"]
SIZES = st.integers(0, 5)

CASES: dict[str, st.SearchStrategy] = {}
COUNTEREXAMPLES: dict[str, tuple[str, dict, dict[str, Any]]] = {}
EDGES: dict[str, tuple[str, dict, dict[str, Any]]] = {}
REFUSED: dict[str, tuple[str, dict, type[Exception]]] = {}


def recipe(label: str) -> Callable:
    """Register what a function draws as the cases of a recipe."""

    def register(function: Callable) -> Callable:
        CASES[label] = st.composite(function)()
        return function

    return register


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
