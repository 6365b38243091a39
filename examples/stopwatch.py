"""Measure statements in turns, so that the ratios of times are reliable."""

import random
import tracemalloc
from statistics import quantiles
from time import perf_counter, process_time
from timeit import Timer

TURN = 0.002  # seconds, much longer than a step of the clock


def measure_times(ways, names, rounds=15, wall=False):
    """Measure the processor time of statements, in turns.

    Each round runs every statement, in a random order. Then a disturbance
    of the machine affects all statements alike. The first call of a turn
    is not measured, because it fills the caches.

    Parameters
    ----------
    ways : dict of str to str
        The statement of each way.
    names : dict of str to object
        The variables of the statements, which may change the objects. No
        name may begin with an underscore.
    rounds : int, optional
    wall : bool, optional
        Measure the time that passes instead: for statements that use
        several processors, on an idle machine.

    Returns
    -------
    dict of str to list of float
        The seconds of one call, with one value for each round.
    """
    clock = perf_counter if wall else process_time
    setup = "\n".join(f"{name} = _names[{name!r}]" for name in names)
    timers = {
        way: Timer(statement, setup, clock, {"_names": names})
        for way, statement in ways.items()
    }
    calls = {way: count_calls(timer) for way, timer in timers.items()}
    times = {way: [] for way in ways}
    shuffled = random.Random(0)
    for _ in range(rounds):
        for way in shuffled.sample(list(ways), len(ways)):
            timers[way].timeit(1)
            seconds = timers[way].timeit(calls[way])
            times[way].append(seconds / calls[way])
    return times


def count_calls(timer):
    """Return how many calls take as long as a turn."""
    turn, calls = max(TURN, 20 * measure_clock_step()), 1
    while timer.timeit(calls) < turn:
        calls *= 2
    return calls


def measure_clock_step():
    """Return the smallest step of the processor's clock, in seconds."""
    steps = []
    for _ in range(3):
        start = now = process_time()
        while now == start:
            now = process_time()
        steps.append(now - start)
    return min(steps)


def compute_ratios(times, base):
    """Divide each time by the time of `base` in the same round.

    Parameters
    ----------
    times : dict of str to list of float
        The result of `measure_times`, for at least two rounds.
    base : str
        The way by whose times the others are divided.

    Returns
    -------
    dict of str to (float, float, float)
        The first quartile, the median and the third quartile of the
        ratios. Half of the ratios are between the two quartiles.
    """
    ratios = {}
    for way, seconds in times.items():
        pairs = zip(seconds, times[base], strict=True)
        quotients = [mine / other for mine, other in pairs]
        ratios[way] = tuple(quantiles(quotients, n=4, method="inclusive"))
    return ratios


def measure_peak_bytes(statement, names):
    """Measure the most memory that a statement allocates at one time.

    Parameters
    ----------
    statement : str
    names : dict of str to object
        The variables of the statement, which may change the objects.

    Returns
    -------
    int
        The largest number of bytes that Python and NumPy hold at one time
        during the second call, in addition to the variables.

    References
    ----------
    Python's documentation of tracemalloc, to which NumPy reports the
    memory of its arrays.
    """
    code = compile(statement, "statement", "exec")
    names = dict(names)
    exec(code, names)
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        exec(code, names)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return peak - before
