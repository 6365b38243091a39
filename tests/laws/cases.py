"""Random arrays and indices that the laws of several pages share.

`arrays` and `indices` draw from everything that the laws of indexing are about: every
kind of dtype, shape, memory layout and index entry. The section "Scope of the laws" of
docs/indexing/index.md says what that is.
"""

import warnings
from itertools import product
from math import prod
from tempfile import TemporaryFile

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from examples.index_rules import is_single, read_index
from examples.index_sample import ArrayLike, Index

NUMBERS = ("i1", "u1", ">i4", "u8", "f2", "f8", "c8")
DTYPES = ["?", *NUMBERS, "M8[s]", "m8[D]", "U3", "S3", "O", [("a", "i2"), ("b", "f4")]]
if hasattr(np.dtypes, "StringDType"):  # since NumPy 2.0
    DTYPES.append(np.dtypes.StringDType())
SIDES = st.sampled_from([3, 2, 4, 1, 3, 2, 4, 0])
SHAPES = st.lists(SIDES, max_size=3).map(tuple) | st.sampled_from([(300,), (2, 300)])
BASIC = ("integer", "slice", "newaxis", "ellipsis")
KINDS = (*BASIC, "array", "mask", "boolean")
ENDS = st.none() | st.integers(-6, 6)
SLICES = st.builds(slice, ENDS, ENDS, st.sampled_from([None, -3, -1, 1, 2]))
# The shapes to which the index arrays of an index broadcast.
COMMON = st.sampled_from([(3,), (2,), (2, 3), (), (1,), (3, 1), (4, 2), (0,), (2, 0)])


def positions(x):
    """Number the cells of an array."""
    return np.arange(x.size).reshape(x.shape)


def values(shape, dtype=np.int64):
    """Return an array with a different value in each cell, as far as its dtype can."""
    numbers = positions(np.empty(shape)) * 10 + 7
    return np.asarray(numbers % 4 == 1 if dtype == "?" else numbers).astype(dtype)


POINTS = values((2,), [("x", "f8"), ("y", "f8")])  # a structured array


def describe_result(x, index):
    """Tell whether NumPy gives a cell, a view or a copy; an empty array is neither."""
    result = x[index]
    if not isinstance(result, np.ndarray):
        return "cell"
    if not result.size:
        return "empty"
    return "view" if np.shares_memory(x, result) else "copy"


def is_basic(entry):
    """Tell whether an entry, as `read_index` reads it, is none of the arrays."""
    return not isinstance(entry, np.ndarray)


def predict_result(is_basic=is_basic, is_single=is_single):
    """Return a rule that tells what `describe_result` does, from the entries alone."""

    def rule(x, index):
        entries = read_index(index)
        if len(entries) == x.ndim and all(map(is_single, entries)):
            return "cell"
        if not np.size(x[index]):
            return "empty"
        return "view" if all(map(is_basic, entries)) else "copy"

    return rule


def in_fortran_order(x):
    """Return an array with the first axis contiguous in memory."""
    return x.copy(order="F")


def with_negative_strides(x):
    """Return an array that runs backward through its memory."""
    backward = (..., *(slice(None, None, -1) for _ in x.shape))
    return x[backward].copy()[backward]


def with_gaps(x):
    """Return an array that uses every other place of its memory."""
    return np.repeat(x[..., np.newaxis], 2, axis=-1)[..., 0]


def unaligned(x):
    """Return an array whose cells begin at odd addresses."""
    if x.dtype.hasobject:
        return x
    packed = np.empty(x.shape, [("gap", "i1"), ("cell", x.dtype)])
    packed["cell"] = x
    return packed["cell"]


def memory_mapped(x):
    """Return an array whose memory is a file."""
    if x.dtype.hasobject or not x.size:
        return x
    with TemporaryFile() as file:
        mapped = np.memmap(file, x.dtype, "w+", shape=x.shape)
    mapped[...] = x
    return mapped


def read_only(x):
    """Forbid writing into an array."""
    x.setflags(write=False)
    return x


def broadcast(x):
    """Return a read-only array whose rows are one row in memory."""
    return np.broadcast_to(x[:1], x.shape) if x.ndim and len(x) else x


WRITEABLE = (
    np.asarray,
    in_fortran_order,
    with_negative_strides,
    with_gaps,
    unaligned,
    memory_mapped,
)
LAYOUTS = (*WRITEABLE, read_only, broadcast)
# Options for `arrays` that one can subtract from.
NUMERIC = {"dtypes": (*NUMBERS, "O"), "layouts": WRITEABLE}
# The functions of NumPy 1 refuse an np.memmap where they return one cell.
PLAIN = tuple(layout for layout in LAYOUTS if layout is not memory_mapped)


@st.composite
def arrays(draw, shapes=SHAPES, dtypes=DTYPES, layouts=LAYOUTS):
    """Draw an array with numbered cells, of any dtype and in any memory layout."""
    x = values(draw(shapes), draw(st.sampled_from(dtypes)))
    return draw(st.sampled_from(layouts))(x)


def arrays_with_axes(least, most=3, **options):
    """Draw an array with at least and at most so many axes."""
    shapes = st.lists(SIDES, min_size=least, max_size=most).map(tuple)
    return arrays(shapes=shapes, **options)


def integer_forms(i):
    """Return an integer as Python, NumPy and other classes write it."""
    small = [np.int8(i)] if -128 <= i < 128 else []
    unsigned = [np.uint64(i)] if i >= 0 else []
    return [i, np.intp(i), Index(i), *small, *unsigned]


def array_forms(numbers):
    """Return an array of intp in the ways that give the same index array."""
    forms = [numbers, numbers.astype(">i4"), with_negative_strides(numbers)]
    forms += [ArrayLike(numbers)]
    if (abs(numbers) < 128).all():
        forms.append(numbers.astype(np.int8))
    if (numbers >= 0).all():
        forms.append(numbers.astype(np.uint64))
    if numbers.shape == (0,) or (numbers.ndim and numbers.size):
        forms += [numbers.tolist(), tuple(numbers.tolist())]
    if numbers.ndim == 1 and (np.diff(numbers) == 1).all():
        forms.append(
            range(*numbers[:1], *numbers[-1:] + 1) if numbers.size else range(0)
        )
    return forms


def mask_forms(mask):
    """Return a boolean array in the ways that give the same mask."""
    lists = [mask.tolist()] if mask.ndim and mask.size else []
    return [mask, mask.copy(order="F"), read_only(mask.copy()), *lists]


@st.composite
def integers(draw, side):
    """Draw a position on an axis, counted from either end."""
    return draw(st.sampled_from(integer_forms(draw(st.integers(-side, side - 1)))))


@st.composite
def integer_arrays(draw, side, shape):
    """Draw an array of positions on an axis, counted from either end."""
    size = prod(shape)
    numbers = st.lists(st.integers(-side, side - 1), min_size=size, max_size=size)
    return np.array(draw(numbers) if size else [], np.intp).reshape(shape)


@st.composite
def index_arrays(draw, side, shape):
    """Draw an integer array, or a sequence that NumPy takes for one."""
    return draw(st.sampled_from(array_forms(draw(integer_arrays(side, shape)))))


@st.composite
def masks(draw, shape, counts=None):
    """Draw a mask of a shape, with one of these numbers of True."""
    size = prod(shape)
    count = draw(st.sampled_from(counts) if counts else st.integers(0, min(size, 6)))
    true = st.lists(
        st.integers(0, size - 1), min_size=count, max_size=count, unique=True
    )
    mask = np.zeros(size, dtype=bool)
    mask[draw(true) if count else []] = True
    return draw(st.sampled_from(mask_forms(mask.reshape(shape))))


def shapes_within(common):
    """Return shapes that broadcast with each other and with a common shape to it."""
    return [
        shape
        for start in range(len(common) + 1)
        for shape in product(*({side, 1} for side in common[start:]))
    ]


@st.composite
def entry_and_axes(draw, kind, sides, common):
    """Draw an entry of a kind, and how many of the next axes it takes.

    Where the kind does not fit, an integer on an empty axis for example, the
    entry is a slice.
    """
    if kind == "integer" and sides[0]:
        return draw(integers(sides[0])), 1
    shapes = [shape for shape in shapes_within(common) if sides[0] or 0 in shape]
    if kind == "array" and shapes:
        return draw(index_arrays(sides[0], draw(st.sampled_from(shapes)))), 1
    taken = draw(st.integers(1, len(sides)))
    counts = {1, *common[-1:]} | ({0} if common[-1:] in ((), (1,)) else set())
    counts = [count for count in counts if count <= prod(sides[:taken])]
    if kind == "mask" and counts:
        return draw(masks(sides[:taken], sorted(counts))), taken
    return draw(SLICES), 1


@st.composite
def entries_for(draw, sides, kinds, common):
    """Draw entries that take all of these axes, and others that take none."""
    extras = [None] if "newaxis" in kinds else []
    if "boolean" in kinds:
        extras += [True, np.True_, np.array(True)]
        extras += [False] if common[-1:] in ((), (0,), (1,)) else []
    extra = st.sampled_from([[]] * 8 + [[entry] for entry in extras])
    takers = [kind for kind in kinds if kind in ("integer", "slice", "array", "mask")]
    found = draw(extra)
    while sides:
        kind = draw(st.sampled_from(takers))
        entry, taken = draw(entry_and_axes(kind, sides, common))
        found = [*found, entry, *draw(extra)]
        sides = sides[taken:]
    return found


@st.composite
def indices(draw, shape, kinds=KINDS):
    """Draw a tuple of entries of these kinds, all in bounds, for a shape."""
    common = draw(COMMON)
    start = draw(st.integers(0, len(shape)))
    index = draw(entries_for(shape[:start], kinds, common))
    if "ellipsis" in kinds and draw(st.booleans()):
        stop = draw(st.integers(start, len(shape)))
        index = [*index, ..., *draw(entries_for(shape[stop:], kinds, common))]
    return tuple(index)


@st.composite
def arrays_and_pairs(draw, least=1, most=3, **options):
    """Draw an array, and an index array for each of its axes."""
    x = draw(arrays_with_axes(least, most, **options))
    common = (0,) if 0 in x.shape else draw(COMMON)
    shapes = [shape for shape in shapes_within(common) if x.size or 0 in shape]
    parts = [draw(st.sampled_from(shapes)) for _ in x.shape]
    return x, tuple(map(draw, map(index_arrays, x.shape, parts)))


@st.composite
def arrays_and_any_indices(draw, kinds=KINDS, **options):
    """Draw an array, and a tuple of entries of these kinds that selects from it."""
    x = draw(arrays(**options))
    return x, draw(indices(x.shape, kinds))


@st.composite
def arrays_and_indices(draw):
    """Draw an array of integers, and an array of positions for each of its axes."""
    shape = draw(hnp.array_shapes(min_dims=2, max_dims=3, max_side=4))
    shapes = hnp.mutually_broadcastable_shapes(
        num_shapes=len(shape), max_dims=2, max_side=3
    )
    parts = draw(shapes).input_shapes
    return values(shape), tuple(map(draw, map(integer_arrays, shape, parts)))


@st.composite
def batches(draw):
    """Draw a matrix and a label for each of its rows."""
    m, K = draw(st.integers(1, 6)), draw(st.integers(1, 4))
    labels = draw(hnp.arrays(np.intp, m, elements=st.integers(0, K - 1)))
    return values((m, K)), labels


@st.composite
def matrices_and_labels(draw):
    """Draw any matrix, and a label of any integer dtype for each of its rows."""
    x = draw(arrays(shapes=st.tuples(st.integers(0, 5), st.integers(1, 4))))
    y = draw(integer_arrays(x.shape[1], x.shape[:1])) % x.shape[1]
    return x, y.astype(draw(st.sampled_from(["i1", "u1", ">i4", "u8", np.intp])))


@st.composite
def examples(draw):
    """Draw the logits of one example and its label."""
    logits = draw(st.lists(st.floats(-5, 5), min_size=1, max_size=5))
    return np.array(logits), draw(st.integers(0, len(logits) - 1))


def read_labels(x, y):
    """Return the cell of each row at its label."""
    return x[np.arange(len(x)), y]


def changed(x, index, change):
    """Return what an array holds after a change at an index, and undo the change."""
    before = x.copy()
    try:
        change(x, index)
        return x.copy()
    finally:
        x[...] = before


def change_copy(change):
    """Return a rule that gives a changed copy of an array, or the name of an error.

    The change may lose an imaginary part, of which NumPy warns.
    """

    def rule(x, *case):
        x = x.copy()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                change(x, *case)
            except (TypeError, RuntimeError) as error:
                return type(error).__name__
        return x

    return rule
