"""Random indices of every kind, to try the rules on.

Each kind has a function that draws an entry and the lengths of the axes
that it fits, so that most indices are accepted. Some shapes are changed
afterwards.
"""

import numpy as np

SIDES = (1, 2, 3, 4)
DTYPES = ("i1", "u1", "<i2", ">i2", "u4", ">i4", "i8", ">i8", "u8", ">u8")
SPOILT = 0.14  # the share of shapes that are changed afterwards
RARE = 0.7  # how often the kind that NumPy refuses is drawn, others 1


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


def random_index(rng):
    """Draw a shape, an index, and the kinds of its entries.

    Parameters
    ----------
    rng : numpy.random.Generator

    Returns
    -------
    shape : tuple of int
        At most a few thousand cells.
    index : object
        What stands in the brackets: a tuple, or sometimes one entry.
    kinds : list of str
        The kind of each entry, from `KINDS`.
    """
    weights = [RARE if kind == "refused" else 1 for kind in KINDS]
    count = rng.choice(6, p=[0.01, 0.2, 0.29, 0.25, 0.15, 0.1])
    p = np.array(weights) / sum(weights)
    kinds = [str(kind) for kind in rng.choice(list(KINDS), count, p=p)]
    target = [pick(rng, (1, 2, 3)) for _ in range(pick(rng, (1, 1, 2)))]
    if "empty" in kinds:
        target[-1] = 0
    drawn = [KINDS[kind](rng, tuple(target)) for kind in kinds]
    shape = [side for _, axes in drawn for side in axes]
    if "Ellipsis" not in kinds:
        shape += sides(rng, pick(rng, (0, 0, 1)))
    if rng.random() < SPOILT:
        spoil(rng, shape)
    index = tuple(entry for entry, _ in drawn)
    bare = (
        count == 1
        and not isinstance(index[0], tuple)
        and rng.random() < 0.7
    )
    return tuple(shape), index[0] if bare else index, kinds


def spoil(rng, shape):
    """Take an axis away, or give it another length."""
    if shape and rng.random() < 0.4:
        shape.pop(rng.integers(len(shape)))
    elif shape:
        shape[rng.integers(len(shape))] = pick(rng, (0, 1, 2, 3, 5))


def pick(rng, things):
    """Draw one of a few things, as it is."""
    return things[rng.integers(len(things))]


def sides(rng, count):
    """Draw the lengths of axes; one in twenty is 0."""
    return [
        0 if rng.random() < 0.05 else pick(rng, SIDES) for _ in range(count)
    ]


def part(rng, target):
    """Draw a shape that broadcasts to a target; one in fifty may not."""
    if rng.random() < 0.02:
        return (pick(rng, (2, 3, 5)),)
    cut = rng.integers(len(target))
    return tuple(n if rng.random() < 0.8 else 1 for n in target[cut:])


def numbers(rng, target):
    """Draw an integer array and the length of its axis."""
    side = pick(rng, SIDES)
    shape = part(rng, target)
    array = np.asarray(rng.integers(-side, side, shape))
    if rng.random() < 0.02 or (array.size == 0 and rng.random() < 0.5):
        array = array + side
    return array, [side]


def integer(rng, target):
    """Draw a Python integer."""
    array, axes = numbers(rng, (1,))
    return int(array[0]), axes


def integer_object(rng, target):
    """Draw a NumPy integer, or an object with ``__index__``."""
    number, axes = integer(rng, target)
    kinds = (Index, np.int64, np.int8) + (np.uint64, np.uint8) * (
        number >= 0
    )
    return pick(rng, kinds)(number), axes


def integer_0d(rng, target):
    """Draw a 0-d integer array."""
    number, axes = integer(rng, target)
    return np.array(number, "i8" if number < 0 else pick(rng, DTYPES)), axes


def a_slice(rng, target):
    """Draw a slice of any integers, within its axis or far beyond it."""
    ends = [None, 0, 1, 2, 3, -1, -2, -4, 9, -9, 10**30]
    step = pick(rng, (None, None, 1, 2, -1, -2, 7, -(10**30), np.int8(1)))
    return slice(pick(rng, ends), pick(rng, ends), step), sides(rng, 1)


def ellipsis(rng, target):
    """Draw an Ellipsis, with no axis to stand for or with some."""
    return ..., sides(rng, pick(rng, (0, 1, 1, 2)))


def newaxis(rng, target):
    """Draw newaxis."""
    return None, []


def integer_array(rng, target):
    """Draw an integer array of any dtype, byte order and memory order."""
    array, axes = numbers(rng, target)
    dtype = pick(rng, DTYPES)
    if (array < 0).any() and "u" in dtype and rng.random() < 0.9:
        dtype = "i8"  # else the dtype wraps negative numbers around
    array = np.array(array, order=pick(rng, "CF")).astype(dtype)
    strided = np.repeat(array[::-1], 2, axis=-1)[..., ::2][::-1]
    return pick(rng, (array, strided)), axes


def a_mask(rng, target):
    """Draw a boolean array of one to three axes, and their lengths."""
    last = target[-1] if rng.random() < 0.95 else pick(rng, (0, 1, 2, 3))
    count = last if last == 0 or rng.random() < 0.8 else 1
    axes = [pick(rng, SIDES) for _ in range(pick(rng, (1, 1, 2, 3)))]
    axes[0] = max(axes[0], count)
    mask = np.zeros(axes, bool)
    mask.flat[rng.choice(mask.size, count, replace=False)] = True
    return np.array(mask, order=pick(rng, "CF")), axes


def boolean_0d(rng, target):
    """Draw a boolean without axes: Python's, NumPy's or a 0-d array."""
    value = target[-1] > 1 or rng.random() < 0.5
    return pick(rng, (bool, np.bool_, np.array))(value), []


def a_list(rng, target):
    """Draw a list of integers or booleans, nested or not."""
    array, axes = (a_mask if rng.random() < 0.25 else numbers)(rng, target)
    return array.tolist(), axes


def a_range(rng, target):
    """Draw a range."""
    length = target[-1] if rng.random() < 0.9 else pick(rng, (1, 2, 4))
    step = pick(rng, (1, -1, 2))
    start = 0 if step > 0 else -1
    side = max(abs(step) * length, 1)
    return range(start, start + step * length, step), [side]


def tuple_inside(rng, target):
    """Draw a tuple, which is a sequence when it stands inside an index."""
    array, axes = numbers(rng, target)
    return tuple(array.tolist()), axes


def array_like(rng, target):
    """Draw an object that NumPy turns into an array."""
    array, axes = pick(rng, (integer_0d, integer_array, a_mask))(
        rng, target
    )
    return ArrayLike(array), axes


def empty(rng, target):
    """Draw an index array or a sequence without an entry."""
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
    chosen = pick(rng, choices)
    mask = isinstance(chosen, np.ndarray) and chosen.dtype == bool
    return chosen, list(chosen.shape) if mask else sides(rng, 1)


def refused(rng, target):
    """Draw something that NumPy refuses, or wraps around."""
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
    return pick(rng, choices), sides(rng, 1)


KINDS = {
    "integer": integer,
    "integer object": integer_object,
    "0-d integer": integer_0d,
    "slice": a_slice,
    "Ellipsis": ellipsis,
    "newaxis": newaxis,
    "integer array": integer_array,
    "boolean array": a_mask,
    "0-d boolean": boolean_0d,
    "list": a_list,
    "range": a_range,
    "tuple inside": tuple_inside,
    "array-like": array_like,
    "empty": empty,
    "refused": refused,
}


def sample_table(draws, raising):
    """Tell how often each kind was drawn, alone and with each other one.

    Parameters
    ----------
    draws : list of lists of str
        The kinds of the entries of each index, from `random_index`.
    raising : array_like of bool, shape (len(draws),)
        Which of the indices raised an error.

    Returns
    -------
    str
        For each kind: the share of indices that have it, the share of
        these that raised, and the kind that is most rarely beside it.
    """
    shares = pair_shares(draws)
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


def pair_shares(draws):
    """Return the share of indices that have both of two kinds.

    Parameters
    ----------
    draws : list of lists of str

    Returns
    -------
    ndarray, shape (len(KINDS), len(KINDS))
        On the diagonal, the share that has one kind.
    """
    has = np.array([[kind in kinds for kind in KINDS] for kinds in draws])
    return has.T.astype(float) @ has / len(draws)
