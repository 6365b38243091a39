"""Which peers are asked, and what came of it, counted."""

import platform
from collections import Counter
from collections.abc import Callable
from importlib.metadata import version

import pytest
import torch

import noxfile
from tests.peers.case import EPS, UNITS

BUILD = f"CUDA {torch.version.cuda}" if torch.version.cuda else "CPU"
NAMES = ("numpy", "scipy", "scikit-learn", "jax", "torch", "distributed")
VERSIONS = {"python": platform.python_version()} | {x: version(x) for x in NAMES}
VERSIONS["torch"] += f" ({BUILD} build)"
COUNTS: dict[str, Counter] = {}


def pytest_report_header() -> str:
    """Say who is asked."""
    return "peers: " + ", ".join(f"{x} {y}" for x, y in VERSIONS.items())


@pytest.fixture
def count() -> Callable:
    """Return a function that counts something under a heading of the report."""

    def one(heading: str, what: str, times: int = 1) -> None:
        COUNTS.setdefault(heading, Counter())[what] += times

    return one


def pytest_terminal_summary(exitstatus: int) -> None:
    """Leave the counts in the report of ``nox -s peers``."""
    counts = {heading: dict(found) for heading, found in COUNTS.items()}
    allowed = {dtype: UNITS * eps for dtype, eps in EPS.items()}
    head = {"versions": VERSIONS, "allowed": allowed}
    noxfile.report("peers", {**head, **counts, "passed": exitstatus == 0})
