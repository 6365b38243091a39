"""What the cheat sheet says; NumPy computes each of its results."""

from typing import NamedTuple

import numpy as np

from examples.numerical_gradient import central_difference

CODE = """\
def softmax(X):
    exps = np.exp(X - X.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)


def delta_cross_entropy(X, y):
    m = len(y)
    grad = softmax(X)
    grad[range(m), y] -= 1
    return grad / m
"""
LINE = "grad[range(m), y] -= 1"
LOGITS = np.log([[7, 2, 1], [1, 8, 1], [3, 3, 4], [2, 5, 3]])
TRUE_CLASSES = np.array([0, 1, 1, 2])

# The formulas of each row of the sheet, by their names.
FORMULAS = (
    {
        "Softmax": r"p_{ik} = \dfrac{e^{x_{ik}}}{\sum_j \, e^{x_{ij}}}",
        "Loss": r"L_i = -\log p_{i, y_i}",
    },
    {
        "Gradient": (
            r"\dfrac{\partial L_i}{\partial x_{ik}} = p_{ik} - [k = y_i]"
        ),
        "Mean": (
            r"\nabla_X \, \dfrac{1}{m} \sum_i \, L_i = \dfrac{P - Y}{m}"
        ),
    },
    {
        "Model": (
            r"X = A W + b, \quad \nabla_W = A^{\mathrm{T}} \nabla_X, \quad "
            r"\nabla_b = \sum_i \, (\nabla_X)_i"
        ),
    },
    {
        "Stable": (
            r"\log p_{ik} = x_{ik} - c_i "
            r"- \log \sum_j \, e^{x_{ij} - c_i}, \quad c_i = \max_j x_{ij}"
        ),
    },
)
BASIC = (
    "x[1, 2]",
    "x[1]",
    "x[:, 1]",
    "x[::2, 1:3]",
    "x[..., -1]",
    "x[:, None]",
)
ADVANCED = (
    "x[[2, 0]]",
    "x[range(3), y]",
    "x[:, y]",
    "x[np.ix_([0, 2], y)]",
    "x[[0, 2], 1:]",
    "x[x % 5 == 0]",
)
SHAPES_START = "x is (5, 6, 7), i is (2, 3), j is (3,), mask is (5, 6)."
SHAPES = {
    "x[:, None, 0]": "None adds an axis, and 0 removes one.",
    "x[:, i]": "The axes of i replace the axis it indexes.",
    "x[:, i, j]": "i and j are broadcast to one shape.",
    "x[i, :, j]": "Separated by a slice, their axes come first.",
    "x[0, :, j]": "Beside an array, 0 counts as an array.",
    "x[0][:, j]": "In two steps, 0 and j do not meet.",
    "x[mask]": "One axis replaces the axes of the mask.",
}
WRITES_START = "Each starts with a = np.zeros(3, dtype=int)."
WRITES = {
    "a[[0, 0, 2]] += 1": "A repeated index adds once.",
    "np.add.at(a, [0, 0, 2], 1)": "np.add.at adds every time.",
    "a[:2][0] = 5": "The slice is a view, so a changes.",
    "a[[0, 1]][0] = 5": "The list gives a copy, so a stays.",
    "b = a; b[0] = 5": "= makes no copy.",
    "a[0] = 0.9": "The dtype stays int, so 0.9 becomes 0.",
    "a[[0]] -= 0.5": "-= does not turn 0.5 into an int.",
}
LABELS_START = "The line then changes a grad of shape (3, 4)."
LABELS = {
    "y = [2, 0, 3]": "One cell in each row.",
    "y = [[2], [0], [3]]": "A column of labels changes every row.",
    "y = [2, 0, -1]": "−1 is the last class, without an error.",
    "y = [2, 0, 4]": "Four classes have the labels 0 to 3.",
    "y = [2.0, 0.0, 3.0]": "Labels must be integers.",
    "y = np.eye(3, dtype=int)": "For one-hot rows, use y.argmax(axis=1).",
    "y = [2, 0]": "Three rows need three labels.",
}
SPELLINGS = (
    "for i in range(m): grad[i, y[i]] -= 1",
    "grad[np.arange(m), y] -= 1",
    "np.subtract.at(grad, (np.arange(m), y), 1)",
    "grad.flat[np.arange(m) * K + y] -= 1",
    "grad -= np.eye(K)[y]",
    "grad -= y[:, None] == np.arange(K)",
)
CHECKS = {
    "np.allclose(grad.sum(axis=1), 0)": "Each row sums to 0.",
    "np.allclose(slopes / m, delta_cross_entropy(X, y))": (
        "Central differences of the loss agree."
    ),
    "-np.log(softmax(np.zeros((1, 10)))[0, 0])": (
        "With 10 classes and equal logits, the loss is log 10."
    ),
    "softmax(np.array([[1000.0, 0.0]]))": (
        "Subtracting the row maximum prevents overflow."
    ),
}


class Row(NamedTuple):
    """Code of the sheet, the result that NumPy gives, and what it shows."""

    code: str
    result: str
    meaning: str = ""


class Selection(NamedTuple):
    """An index, the cells of `x` that it selects, and what it gives."""

    code: str
    chosen: np.ndarray
    kind: str


def run(code, **names):
    """Execute code; return its names, or the error that it raises.

    Parameters
    ----------
    code : str
        Statements, which know NumPy as ``np``.
    **names
        The variables that the code starts with.

    Returns
    -------
    dict of str to object, or Exception
    """
    known = {"np": np, **names}
    try:
        exec(code, known)
    except (IndexError, TypeError, ValueError) as error:
        return error
    return known


def compute(expression, **names):
    """Return the value of an expression that knows NumPy as ``np``."""
    return eval(expression, {"np": np, **names})


def name_error(error):
    """Return the name of the built-in class of an error.

    Some errors of NumPy have a class of their own, which cannot be caught
    by its name.
    """
    classes = type(error).__mro__
    return next(x.__name__ for x in classes if x.__module__ == "builtins")


def compute_line():
    """Return the probabilities, and what the line turns them into.

    Returns
    -------
    P, grad : ndarray of floats, shape (4, 3)
    """
    P = run(CODE)["softmax"](LOGITS)
    start = {"grad": P.copy(), "m": len(P), "y": TRUE_CLASSES}
    return P, run(LINE, **start)["grad"]


def list_selections(expressions):
    """Return what each expression selects from the 3 by 4 array `x`.

    Parameters
    ----------
    expressions : iterable of str
        Expressions with `x` and with `y`, one label for each row.

    Returns
    -------
    list of Selection
        The entries of `x` are their own flat positions.
    """
    x, y, found = np.arange(12).reshape(3, 4), np.array([2, 0, 3]), []
    for code in expressions:
        result = compute(code, x=x, y=y)
        kind = "view" if np.shares_memory(x, result) else "copy"
        if not isinstance(result, np.ndarray):
            kind = "scalar"
        found.append(Selection(code, np.asarray(result), kind))
    return found


def list_shapes():
    """Return the shape that each expression of `SHAPES` gives."""
    mask = np.zeros((5, 6), dtype=bool)
    mask[0, :4] = True
    i, j = np.zeros((2, 3), dtype=int), np.zeros(3, dtype=int)
    names = {"x": np.zeros((5, 6, 7)), "i": i, "j": j, "mask": mask}
    return [
        Row(code, str(compute(code, **names).shape), meaning)
        for code, meaning in SHAPES.items()
    ]


def list_writes():
    """Return what each statement of `WRITES` does to three zeros."""
    rows = []
    for code, meaning in WRITES.items():
        names = run(code, a=np.zeros(3, dtype=int))
        failed = isinstance(names, Exception)
        result = name_error(names) if failed else str(names["a"])
        rows.append(Row(code, result, meaning))
    return rows


def list_labels():
    """Return how many cells the line changes for each of the `LABELS`."""
    rows = []
    for code, meaning in LABELS.items():
        grad = np.zeros((3, 4))
        names = run(f"{code}\n{LINE}", grad=grad, m=3)
        failed = isinstance(names, Exception)
        cells = f"{np.count_nonzero(grad)} cells"
        rows.append(
            Row(code, name_error(names) if failed else cells, meaning)
        )
    return rows


def list_spellings():
    """Return each of the `SPELLINGS`, which all give what the line gives.

    Raises
    ------
    ValueError
        If a spelling gives something else.
    """
    P, wanted = compute_line()
    names = {"m": len(P), "K": P.shape[1], "y": TRUE_CLASSES}
    for code in SPELLINGS:
        if not np.array_equal(
            run(code, grad=P.copy(), **names)["grad"], wanted
        ):
            raise ValueError(f"{code} does not give what {LINE} gives")
    return [Row(code, "P − Y") for code in SPELLINGS]


def list_checks():
    """Return the value of each expression of `CHECKS`."""
    names = run(CODE)
    _, grad = compute_line()
    names |= {"X": LOGITS, "y": TRUE_CLASSES, "m": len(grad), "grad": grad}

    def sum_losses(X):
        return -np.log(
            names["softmax"](X)[range(len(X)), TRUE_CLASSES]
        ).sum()

    names["slopes"] = central_difference(sum_losses, LOGITS)
    return [
        Row(code, format_result(compute(code, **names)), meaning)
        for code, meaning in CHECKS.items()
    ]


def format_result(value):
    """Return a value as NumPy prints it, a float with four digits."""
    return f"{value:.4f}" if isinstance(value, float) else str(value)
