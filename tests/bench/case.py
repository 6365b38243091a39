"""A case: several ways to the same result, measured against each other."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from examples.stopwatch import compute_ratios, measure_peak_bytes, measure_times

COLUMNS = ("study", "way", "m", "K", "dtype", "ratio", "low", "high", "ns", "bytes")


class Case(NamedTuple):
    """Statements over the same variables; the first is what the others compare with."""

    study: str
    m: int
    K: int
    dtype: str
    prepare: Callable[[], dict]  # makes the variables, alike each time
    ways: dict[str, str]
    result: str = "grad"  # the variable that all ways leave alike ...
    apart: tuple[str, ...] = ()  # ... but for these, which do other work
    wall: bool = False  # measure the time that passes, on all processors


def check_ways(case: Case) -> None:
    """See that every way leaves the same result, before anything is timed."""
    wanted = None
    rtol = max(1e-6, 100 * np.finfo(case.dtype).eps)
    for way, statement in case.ways.items():
        names = case.prepare()
        exec(compile(statement, way, "exec"), names)
        if way not in case.apart:
            found = names[case.result]
            wanted = found if wanted is None else wanted
            message = f"{case.study}, {way}: {statement}"
            np.testing.assert_allclose(found, wanted, rtol=rtol, err_msg=message)


def measure_case(case: Case, rounds: int) -> list[tuple]:
    """Return a row of `COLUMNS` for each way; ns is for one of the m."""
    check_ways(case)
    names = case.prepare()
    times = measure_times(case.ways, names, rounds, case.wall)
    ratios = compute_ratios(times, next(iter(case.ways)))
    rows = []
    for way, statement in case.ways.items():
        low, ratio, high = ratios[way]
        ns = np.median(times[way]) / case.m * 1e9
        measured = [round_time(value) for value in (ratio, low, high, ns)]
        made = measure_peak_bytes(statement, names)
        rows.append((case.study, way, *case[1:4], *measured, made))
    return rows


def round_time(value: float) -> float:
    """Round to three digits: a measured time has no more."""
    return float(f"{value:.3g}")
