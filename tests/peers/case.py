"""What is compared: a call of ours, and what a peer gives for the same input.

Two right results differ by rounding alone: by a few units in the last place of the
dtype that both compute in, counted at the largest of the results, of the weights, and
of 1, because probabilities, and terms that cancel, are rounded there. The worst of all
cases took 2.9 units when this was written; ``UNITS`` are allowed, in each dtype. A nan
is expected where the peer has one, and an infinity of its sign; so are its shape and
its dtype.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from types import ModuleType

import numpy as np

UNITS = 8
EPS = {"bfloat16": 2.0**-7} | {
    np.dtype(x).name: float(np.finfo(x).eps) for x in ("f2", "f4", "f8", "g")
}
INF, NAN = np.inf, np.nan
HARD = {
    "large": [1000, 0, -1000],
    "large and equal": [1e4, 1e4, 1e4],
    "large and near": [1000.5, 1000, 999],
    "the largest and the smallest of float16": [65504, 0, -65504],
    "a class masked": [0, -INF, 1],
    "all classes but one masked": [-INF, 3, -INF],
    "all classes masked": [-INF, -INF, -INF],
    "infinite": [INF, 0, 1],
    "twice infinite": [INF, INF, 1],
    "nan": [NAN, 0, 1],
    "one class": [5],
}


@dataclass(frozen=True)
class Case:
    """A call of ours that gives what a peer gives."""

    function: str
    arguments: tuple
    options: dict
    theirs: np.ndarray
    then: Callable = field(default=np.asarray)  # what is still to be done to ours
    precision: str = ""  # of the peer, where its dtype is not one of NumPy's

    def __str__(self) -> str:
        """Write the call with shapes in the place of arrays."""
        shapes = [f"{x.dtype}{list(x.shape)}" for x in map(np.asarray, self.arguments)]
        options = [f"{name}={np.array(x)}" for name, x in self.options.items()]
        more = [f"in {self.precision}"] if self.precision else []
        return " ".join([f"{self.function}({', '.join(shapes + options)})", *more])

    def call_ours(self, functions: ModuleType) -> np.ndarray:
        """Call our function: it may overflow to infinity, but not warn of a nan."""
        with np.errstate(over="ignore", divide="raise", invalid="raise"):
            found = getattr(functions, self.function)(*self.arguments, **self.options)
            return np.asarray(self.then(found))

    def find_unit(self) -> float:
        """Return the unit in the last place, at the largest number that is rounded."""
        weight = self.options.get("weight")
        numbers = (1 if weight is None else weight, self.theirs)
        finite = [np.abs(x)[np.isfinite(x)].max(initial=1) for x in numbers]
        return EPS[self.precision or self.theirs.dtype.name] * float(max(finite))

    def describe_difference(self, ours: np.ndarray) -> str:
        """Say how ours differs from theirs; say nothing where they agree."""
        theirs = self.theirs
        if (ours.shape, ours.dtype) != (theirs.shape, theirs.dtype):
            return (
                f"ours is {ours.dtype}{list(ours.shape)}, "
                f"theirs {theirs.dtype}{list(theirs.shape)}"
            )
        allowed = UNITS * self.find_unit()
        wide = np.result_type(theirs, float)  # two float16 may be too far apart
        left, right = ours.astype(wide), theirs.astype(wide)
        near = np.isclose(left, right, rtol=0, atol=allowed, equal_nan=True)
        if near.all():
            return ""
        return (
            f"{np.sum(~near)} of {near.size} differ by more than {allowed:.1e}: "
            f"ours {left[~near][:4].tolist()}, theirs {right[~near][:4].tolist()}"
        )

    def find_fault(self, functions: ModuleType) -> str:
        """Say what is not as promised; say nothing where all is."""
        try:
            return self.describe_difference(self.call_ours(functions))
        except Exception as error:  # reported, and the next case is run
            return f"ours raises {error!r}, theirs is {self.theirs}"


@dataclass(frozen=True)
class Deviation:
    """A call of ours that gives something else than a peer, on purpose."""

    kind = "different on purpose"
    case: Case
    reason: str
    theirs: float | np.ndarray
    wanted: float | np.ndarray

    def __str__(self) -> str:
        """Write the call."""
        return str(self.case)

    def find_fault(self, functions: ModuleType) -> str:
        """Say so where the peer, or ours, does something else than is said here."""
        for found, said in (
            (self.case.theirs, self.theirs),
            (self.case.call_ours(functions), self.wanted),
        ):
            said = np.full(found.shape, said, found.dtype)
            if difference := replace(self.case, theirs=said).describe_difference(found):
                return f"{self.reason}? {difference}"
        return ""


@dataclass(frozen=True)
class Refusal:
    """A call that we refuse with a clear error; the peer may do as it likes."""

    kind = "refused by us"
    function: str
    arguments: tuple
    options: dict
    reason: str

    def __str__(self) -> str:
        """Write the call."""
        return str(Case(self.function, self.arguments, self.options, np.nan))

    def find_fault(self, functions: ModuleType) -> str:
        """Say so where we accept it."""
        try:
            ours = getattr(functions, self.function)(*self.arguments, **self.options)
        except (TypeError, ValueError) as error:
            clear = "expected" in str(error)
            return "" if clear else f"ours says only {error!r}: {self.reason}"
        return f"ours no longer refuses it, and gives {ours}: {self.reason}"


def yield_hard_logits(dtype: str) -> Iterator[np.ndarray]:
    """Yield one row each of logits at which something might go wrong."""
    for row in HARD.values():
        yield np.array([row], dtype)
