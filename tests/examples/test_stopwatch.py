"""The stopwatch compares fairly; how long anything takes is no test's business."""

import random

import pytest

from examples import stopwatch
from examples.stopwatch import compute_ratios, measure_peak_bytes, measure_times


@pytest.fixture
def ticking(monkeypatch):
    """Return a clock that only the measured statements move."""
    now = [0.0]
    monkeypatch.setattr(stopwatch, "process_time", lambda: now[0])
    monkeypatch.setattr(stopwatch, "measure_clock_step", lambda: 1e-9)
    return now


def tick(now: list[float], way: str, seconds: float, seen: list[str]) -> None:
    """Move the clock, and remember who did."""
    now[0] += seconds
    seen.append(way)


def test_the_time_of_one_call_is_measured(ticking):
    names = {"tick": tick, "now": ticking, "seen": []}
    ways = {w: f"tick(now, {w!r}, {s}, seen)" for w, s in (("a", 0.001), ("b", 0.004))}
    times = measure_times(ways, names, rounds=5)
    assert times["a"] == pytest.approx([0.001] * 5)
    assert times["b"] == pytest.approx([0.004] * 5)
    assert compute_ratios(times, "a")["b"] == pytest.approx((4, 4, 4))


def test_each_round_runs_every_way_in_another_order(ticking):
    seen = []
    names = {"tick": tick, "now": ticking, "seen": seen}
    ways = {way: f"tick(now, {way!r}, 0.003, seen)" for way in "abc"}
    measure_times(ways, names, rounds=8)
    turns = "".join(seen)[-8 * 6 :]  # a discarded call and a timed one in each turn
    rounds = [turns[n : n + 6] for n in range(0, len(turns), 6)]
    assert all(sorted(order) == list("aabbcc") for order in rounds)
    assert all(order[::2] == order[1::2] for order in rounds)
    assert len(set(rounds)) > 2
    assert [r[::2] for r in rounds] == record_orders(0, 8)


def record_orders(seed: int, rounds: int) -> list[str]:
    """Return the orders that a seed gives."""
    shuffled = random.Random(seed)
    return ["".join(shuffled.sample("abc", 3)) for _ in range(rounds)]


def test_a_variable_may_be_called_names():
    times = measure_times({"a": "names + x"}, {"names": 1, "x": 2}, rounds=2)
    assert len(times["a"]) == 2


def test_statements_may_assign_to_their_variables():
    times = measure_times({"a": "x += 1", "b": "x = x + 1"}, {"x": 0}, rounds=2)
    assert all(seconds >= 0 for way in times.values() for seconds in way)


def test_a_load_on_the_machine_cancels_in_the_pairs():
    load = [1, 7, 2, 30, 1.5]
    times = {"a": load, "b": [3 * x for x in load]}
    assert compute_ratios(times, "a") == {"a": (1, 1, 1), "b": (3, 3, 3)}


def test_the_outer_two_are_quartiles():
    times = {"a": [1] * 5, "b": [5, 1, 2, 4, 3]}
    assert compute_ratios(times, "a")["b"] == (2, 3, 4)


def test_what_is_held_at_once_is_counted():
    kept = measure_peak_bytes("x = bytes(100_000); y = bytes(100_000)", {})
    assert 200_000 <= kept < 201_000
    freed = measure_peak_bytes("x = len(bytes(100_000)); y = len(bytes(100_000))", {})
    assert 100_000 <= freed < 101_000
    assert measure_peak_bytes("x[0] = 1", {"x": bytearray(100_000)}) < 1000


def test_numpy_reports_its_arrays():
    import numpy as np

    names = {"np": np, "x": np.zeros((100, 100))}
    assert 80_000 <= measure_peak_bytes("x += np.ones((100, 100))", names) < 81_000
