"""The digits of scikit-learn, without scikit-learn.

A browser finds this file as ``sklearn.datasets``.
"""

from pathlib import Path
from types import SimpleNamespace

import numpy as np


def load_digits(*, return_X_y=False):
    """Return the handwritten digits as scikit-learn's function does.

    Parameters
    ----------
    return_X_y : bool, optional
        Whether to return only `data` and `target`, as a tuple.

    Returns
    -------
    SimpleNamespace or tuple of ndarray
        `data` has the shape (1797, 64), `target` has (1797,), and `images` has
        (1797, 8, 8).
    """
    path = Path(__file__).parent / "data" / "digits.csv.gz"
    rows = np.loadtxt(path, delimiter=",")
    data, target = rows[:, :-1], rows[:, -1].astype(int)
    if return_X_y:
        return data, target
    return SimpleNamespace(data=data, target=target, images=data.reshape(-1, 8, 8))
