"""Measure statements against each other, so that ratios can be trusted."""

import random
import tracemalloc
from statistics import quantiles
from time import process_time
from timeit import Timer

TURN = 0.002  # seconds: many steps of the clock


def measure_cpu_times(ways, names, rounds=15):
    """Measure the processor time of statements, in turns.

    Each round runs every statement, in a random order, so that what
    disturbs the machine disturbs all of them alike. The first call of a
    turn is discarded: it finds cold caches.

    Parameters
    ----------
    ways : dict of str to str
        The statement of each way.
    names : dict of str to object
        The variables of the statements; these may change the objects.
    rounds : int, optional

    Returns
    -------
    dict of str to list of float
        Seconds for one call, one value for each round.
    """
    setup = "\n".join(f"{name} = names[{name!r}]" for name in names)
    timers = {
        way: Timer(statement, setup, process_time, {"names": names})
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
    """Find how many calls take as long as a turn should."""
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
        As `measure_cpu_times` returns it; at least two rounds.
    base : str
        The way whose ratio is 1.

    Returns
    -------
    dict of str to (float, float, float)
        The first quartile, the median and the third quartile of the
        ratios: half of the rounds lie between the outer two.
    """
    ratios = {}
    for way, seconds in times.items():
        pairs = zip(seconds, times[base], strict=True)
        quotients = [mine / other for mine, other in pairs]
        ratios[way] = tuple(quantiles(quotients, n=4, method="inclusive"))
    return ratios


def measure_peak_bytes(statement, names):
    """Measure how much memory a statement holds at once, beyond its names.

    Parameters
    ----------
    statement : str
    names : dict of str to object
        The variables of the statement, which may change the objects.

    Returns
    -------
    int
        The largest sum of the bytes that Python and NumPy had allocated
        at one time during the second call.

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
