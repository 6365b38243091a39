"""Random indices of every kind, to test the rules with.

Each kind has a function that draws an entry and the lengths of the axes
that it fits, so NumPy accepts most indices. Some shapes are changed
afterwards.
"""

import numpy as np

SIDES = (1, 2, 3, 4)
DTYPES = ("i1", "u1", "<i2", ">i2", "u4", ">i4", "i8", ">i8", "u8", ">u8")
SPOILT = 0.14  # the share of shapes that are changed afterwards
RARE = 0.7  # the weight of the kind that NumPy refuses; the others have 1


class Index:
    """An object that is an integer by its ``__index__``."""

    def __init__(self, number):
        self.number = number

    def __index__(self):
        """Return the integer."""
        return self.number

    def __repr__(self):
        """Show the integer."""
        return f"Index({self.number})"


class ArrayLike:
    """An object that NumPy turns into an array by its ``__array__``."""

    def __init__(self, array):
        self.array = array

    def __array__(self, dtype=None, copy=None):
        """Return the array."""
        return self.array

    def __repr__(self):
        """Show the array."""
        return f"ArrayLike({self.array!r})"


def sample_index(rng):
    """Draw a shape, an index, and the kinds of its entries.

    Parameters
    ----------
    rng : numpy.random.Generator

    Returns
    -------
    shape : tuple of int
        The shape of an array of at most a few thousand cells.
    index : object
        The object in the brackets: a tuple, or sometimes one entry.
    kinds : list of str
        The kind of each entry, from `KINDS`.
    """
    weights = [RARE if kind == "refused" else 1 for kind in KINDS]
    count = rng.choice(6, p=[0.01, 0.2, 0.29, 0.25, 0.15, 0.1])
    p = np.array(weights) / sum(weights)
    kinds = [str(kind) for kind in rng.choice(list(KINDS), count, p=p)]
    target = [
        pick_one(rng, (1, 2, 3)) for _ in range(pick_one(rng, (1, 1, 2)))
    ]
    if "empty" in kinds:
        target[-1] = 0
    drawn = [KINDS[kind](rng, tuple(target)) for kind in kinds]
    shape = [side for _, axes in drawn for side in axes]
    if "Ellipsis" not in kinds:
        shape += draw_sides(rng, pick_one(rng, (0, 0, 1)))
    if rng.random() < SPOILT:
        spoil_shape(rng, shape)
    index = tuple(entry for entry, _ in drawn)
    bare = (
        count == 1
        and not isinstance(index[0], tuple)
        and rng.random() < 0.7
    )
    return tuple(shape), index[0] if bare else index, kinds


def spoil_shape(rng, shape):
    """Remove an axis, or change its length."""
    if shape and rng.random() < 0.4:
        shape.pop(rng.integers(len(shape)))
    elif shape:
        shape[rng.integers(len(shape))] = pick_one(rng, (0, 1, 2, 3, 5))


def pick_one(rng, things):
    """Draw one item of a sequence, without converting it to an array."""
    return things[rng.integers(len(things))]


def draw_sides(rng, count):
    """Draw the lengths of axes; one in twenty is 0."""
    return [
        0 if rng.random() < 0.05 else pick_one(rng, SIDES)
        for _ in range(count)
    ]


def draw_part(rng, target):
    """Draw a shape; all but one in fifty broadcast to the target."""
    if rng.random() < 0.02:
        return (pick_one(rng, (2, 3, 5)),)
    cut = rng.integers(len(target))
    return tuple(n if rng.random() < 0.8 else 1 for n in target[cut:])


def draw_numbers(rng, target):
    """Draw an integer array and the length of its axis."""
    side = pick_one(rng, SIDES)
    shape = draw_part(rng, target)
    array = np.asarray(rng.integers(-side, side, shape))
    if rng.random() < 0.02 or (array.size == 0 and rng.random() < 0.5):
        array = array + side
    return array, [side]


def draw_integer(rng, target):
    """Draw a Python integer."""
    array, axes = draw_numbers(rng, (1,))
    return int(array[0]), axes


def draw_integer_object(rng, target):
    """Draw a NumPy integer, or an object with ``__index__``."""
    number, axes = draw_integer(rng, target)
    kinds = (Index, np.int64, np.int8) + (np.uint64, np.uint8) * (
        number >= 0
    )
    return pick_one(rng, kinds)(number), axes


def draw_integer_0d(rng, target):
    """Draw a 0-d integer array."""
    number, axes = draw_integer(rng, target)
    return np.array(
        number, "i8" if number < 0 else pick_one(rng, DTYPES)
    ), axes


def draw_slice(rng, target):
    """Draw a slice with bounds inside its axis or far outside."""
    ends = [None, 0, 1, 2, 3, -1, -2, -4, 9, -9, 10**30]
    step = pick_one(
        rng, (None, None, 1, 2, -1, -2, 7, -(10**30), np.int8(1))
    )
    return slice(
        pick_one(rng, ends), pick_one(rng, ends), step
    ), draw_sides(rng, 1)


def draw_ellipsis(rng, target):
    """Draw an Ellipsis for no axis, for one or for two."""
    return ..., draw_sides(rng, pick_one(rng, (0, 1, 1, 2)))


def draw_newaxis(rng, target):
    """Draw newaxis."""
    return None, []


def draw_integer_array(rng, target):
    """Draw an integer array of any dtype, byte order and memory order."""
    array, axes = draw_numbers(rng, target)
    dtype = pick_one(rng, DTYPES)
    if (array < 0).any() and "u" in dtype and rng.random() < 0.9:
        dtype = "i8"  # else the dtype wraps negative numbers around
    array = np.array(array, order=pick_one(rng, "CF")).astype(dtype)
    strided = np.repeat(array[::-1], 2, axis=-1)[..., ::2][::-1]
    return pick_one(rng, (array, strided)), axes


def draw_mask(rng, target):
    """Draw a boolean array of one to three axes, and their lengths."""
    last = (
        target[-1] if rng.random() < 0.95 else pick_one(rng, (0, 1, 2, 3))
    )
    count = last if last == 0 or rng.random() < 0.8 else 1
    axes = [
        pick_one(rng, SIDES) for _ in range(pick_one(rng, (1, 1, 2, 3)))
    ]
    axes[0] = max(axes[0], count)
    mask = np.zeros(axes, bool)
    mask.flat[rng.choice(mask.size, count, replace=False)] = True
    return np.array(mask, order=pick_one(rng, "CF")), axes


def draw_boolean_0d(rng, target):
    """Draw a boolean without axes: Python's, NumPy's or a 0-d array."""
    value = target[-1] > 1 or rng.random() < 0.5
    return pick_one(rng, (bool, np.bool_, np.array))(value), []


def draw_list(rng, target):
    """Draw a list of integers or booleans, nested or not."""
    array, axes = (draw_mask if rng.random() < 0.25 else draw_numbers)(
        rng, target
    )
    return array.tolist(), axes


def draw_range(rng, target):
    """Draw a range."""
    length = target[-1] if rng.random() < 0.9 else pick_one(rng, (1, 2, 4))
    step = pick_one(rng, (1, -1, 2))
    start = 0 if step > 0 else -1
    side = max(abs(step) * length, 1)
    return range(start, start + step * length, step), [side]


def draw_tuple(rng, target):
    """Draw a tuple, which inside an index is read like a list."""
    array, axes = draw_numbers(rng, target)
    return tuple(array.tolist()), axes


def draw_array_like(rng, target):
    """Draw an object that NumPy turns into an array."""
    array, axes = pick_one(
        rng, (draw_integer_0d, draw_integer_array, draw_mask)
    )(rng, target)
    return ArrayLike(array), axes


def draw_empty(rng, target):
    """Draw an index array or a sequence that is empty."""
    choices = [
        [],
        (),
        range(0),
        np.empty(0, np.intp),
        np.empty((1, 0), "u1"),
    ]
    choices += [
        [[]],
        np.zeros(0, bool),
        np.zeros((0, 2), bool),
        [np.array([])],
    ]
    chosen = pick_one(rng, choices)
    mask = isinstance(chosen, np.ndarray) and chosen.dtype == bool
    return chosen, list(chosen.shape) if mask else draw_sides(rng, 1)


def draw_refused(rng, target):
    """Draw an object that NumPy refuses, or a number that wraps around."""
    choices = [0.0, np.float64(1), 1j, "a", "", b"0", object(), {0}, {0: 0}]
    choices += [
        [0.0],
        ["0"],
        [None],
        [slice(1)],
        [[0], [0, 0]],
        [2**64],
        [2**63],
    ]
    choices += [
        np.array(0.0),
        np.array([0.0]),
        np.array([]),
        np.array([0], "m8[s]"),
    ]
    choices += [np.array([0], object), np.array(2**63, "u8"), 2**63, 10**30]
    choices += [
        slice(0, 1, 0),
        slice(0.0),
        slice("a"),
        slice(np.array([0])),
    ]
    return pick_one(rng, choices), draw_sides(rng, 1)


KINDS = {
    "integer": draw_integer,
    "integer object": draw_integer_object,
    "0-d integer": draw_integer_0d,
    "slice": draw_slice,
    "Ellipsis": draw_ellipsis,
    "newaxis": draw_newaxis,
    "integer array": draw_integer_array,
    "boolean array": draw_mask,
    "0-d boolean": draw_boolean_0d,
    "list": draw_list,
    "range": draw_range,
    "tuple inside": draw_tuple,
    "array-like": draw_array_like,
    "empty": draw_empty,
    "refused": draw_refused,
}


def tabulate_sample(draws, raising):
    """Tabulate how often each kind of entry was drawn, and with which.

    Parameters
    ----------
    draws : list of lists of str
        The kinds of the entries of each index, from `sample_index`.
    raising : array_like of bool, shape (len(draws),)
        True for each index that raised an error.

    Returns
    -------
    str
        One line for each kind: the share of indices that contain it, the
        share of these that raised an error, and the kind that occurs
        least often together with it.
    """
    shares = compute_pair_shares(draws)
    has = np.array([[kind in kinds for kind in KINDS] for kinds in draws])
    raises = np.asarray(raising, float) @ has / has.sum(axis=0)
    pairs = np.where(np.eye(len(KINDS), dtype=bool), 1, shares)
    names = list(KINDS)
    lines = ["kind            in sample  of these raise  rarest beside it"]
    for n, name in enumerate(names):
        rarest = pairs[n].argmin()
        line = f"{name:16}{shares[n, n]:9.1%}  {raises[n]:14.1%}  "
        lines.append(f"{line}{pairs[n, rarest]:.1%} {names[rarest]}")
    lines.append(f"all {len(draws):12,}   100.0%  {np.mean(raising):14.1%}")
    return "\n".join(lines)


def compute_pair_shares(draws):
    """Return the share of indices that contain both of two kinds.

    Parameters
    ----------
    draws : list of lists of str

    Returns
    -------
    ndarray, shape (len(KINDS), len(KINDS))
        The shares. The diagonal has the share of each kind alone.
    """
    has = np.array([[kind in kinds for kind in KINDS] for kinds in draws])
    return has.T.astype(float) @ has / len(draws)
