"""What an index selects from a small array, and what ``-= 1`` does."""

from typing import NamedTuple

import numpy as np

from examples.index_rules import Kind, classify_index, explain

PROBABILITIES = np.array([[7, 2, 1], [1, 8, 1], [3, 3, 4], [2, 5, 3]]) / 10


class Selection(NamedTuple):
    """What an index selects, and the three calls of ``grad[index] -= 1``.

    Attributes
    ----------
    cells : list of tuple of int
        The position of each selected cell, in the order of the result.
    kind : Kind
    steps : list of str
        The lines of `explain`.
    read : ndarray
        The result of the first call, ``grad[index]``.
    less : ndarray
        The result of the second call, which subtracts 1.
    after : ndarray
        The array after the third call, which assigns through the index.
    """

    cells: list[tuple[int, ...]]
    kind: Kind
    steps: list[str]
    read: np.ndarray
    less: np.ndarray
    after: np.ndarray


def read_expressions(labels, index, grad=PROBABILITIES):
    """Evaluate labels and an index as a reader types them.

    Parameters
    ----------
    labels : str
        An expression for y, for example ``"[0, 1, 1, 2]"``.
    index : str
        What stands between the brackets. It may use `grad`, `m`, `y`,
        and `np`.
    grad : ndarray, optional
        The array to index.

    Returns
    -------
    object
        The index.

    Raises
    ------
    Exception
        Any error of the two expressions.
    """
    names = {"np": np, "grad": grad, "m": len(grad)}
    names["y"] = np.array(eval(labels, dict(names)))
    return eval(f"np.s_[{index}]", names)


def select_cells(grad, index):
    """Return what an index selects from an array.

    Parameters
    ----------
    grad : ndarray of floats
        The array. It is not changed.
    index : any object
        The object in the brackets.

    Returns
    -------
    Selection

    Raises
    ------
    IndexError, ValueError, TypeError, OverflowError
        The error that NumPy raises for ``grad[index]``.
    """
    read = np.asarray(grad[index])
    positions = np.arange(grad.size).reshape(grad.shape)[index]
    cells = np.transpose(np.unravel_index(np.ravel(positions), grad.shape))
    less = read - 1
    after = grad.copy()
    after[index] = less
    return Selection(
        [tuple(cell) for cell in cells.tolist()],
        classify_index(index, grad.ndim),
        explain(grad.shape, index).splitlines(),
        read.copy(),
        less,
        after,
    )
