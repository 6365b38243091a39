"""The laws of docs/gradient/autodiff.md."""

import numpy as np
from hypothesis import strategies as st

from examples.numerical_gradient import complex_step
from tests.laws.proof import proved


@st.composite
def graphs(draw):
    """Draw a program of products and sums, and the value of its one input."""
    lines = draw(st.integers(1, 5))
    program = [
        (draw(st.sampled_from("+*")), draw(st.integers(0, n)), draw(st.integers(0, n)))
        for n in range(lines)
    ]
    return program, draw(st.sampled_from([0.5, 0.8, -0.7]))


def run(program, start):
    """Return all values of a program; each line combines two values before it."""
    values = [start]
    for sign, a, b in program:
        pair = values[a], values[b]
        values.append(pair[0] + pair[1] if sign == "+" else pair[0] * pair[1])
    return values


def uses(program, values):
    """Yield (what was made, from what, the local derivative), from the end."""
    for made, (sign, a, b) in reversed(list(enumerate(program, start=1))):
        yield made, a, 1 if sign == "+" else values[b]
        yield made, b, 1 if sign == "+" else values[a]


def test_law_reverse_mode():
    def slope(program, start):
        return complex_step(lambda x: run(program, x[0])[-1], np.array([start]))[0]

    def added(program, start):
        values = run(program, start)
        slopes = [0.0] * len(program) + [1.0]
        for made, source, local in uses(program, values):
            slopes[source] += slopes[made] * local
        return slopes[0]

    def overwritten(program, start):
        values = run(program, start)
        slopes = [0.0] * len(program) + [1.0]
        for made, source, local in uses(program, values):
            slopes[source] = slopes[made] * local
        return slopes[0]

    def handed_on_too_soon(program, start):
        values = run(program, start)
        slopes = [0.0] * len(program) + [1.0]

        def back(made):
            for user, source, local in uses(program, values):
                if user == made:
                    slopes[source] += slopes[made] * local
                    back(source)

        back(len(program))
        return slopes[0]

    proved(graphs(), slope, added, overwritten, handed_on_too_soon)
