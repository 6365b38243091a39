"""The error that a cell promises in its first line.

``# raises IndexError`` is a promise on every NumPy, and
``# raises IndexError since NumPy 2.4`` on that release and newer ones. An older one may
do anything in such a cell.
"""

import re
from typing import NamedTuple

import numpy as np

PROMISE = re.compile(r"# raises (\w+)(?: since NumPy (\d+\.\d+))?\n")


class Promise(NamedTuple):
    """The name of an error, and the first release that raises it, or ""."""

    error: str
    since: str

    def holds(self, release: str = np.__version__) -> bool:
        """Return whether a release of NumPy must raise the error."""
        first = f"{self.since or '0.0'}.0"
        return np.lib.NumpyVersion(release) >= first


def read_promise(code: str) -> Promise | None:
    """Return what the first line of a cell promises, if it is a promise."""
    match = PROMISE.match(code)
    return Promise(match[1], match[2] or "") if match else None
