"""Our functions give what the peers' functions give."""

import pytest

from examples import softmax_cross_entropy
from tests.peers.case import Case
from tests.peers.material import SOURCES, material


@pytest.mark.parametrize(
    ("peer", "source"), SOURCES, ids=[f"{x}-{y.__name__}" for x, y in SOURCES]
)
def test_ours_agree_with_theirs(peer, source, count):
    faults = [] if material(source) else ["there is nothing to compare"]
    for call in material(source):
        fault = call.fault(softmax_cross_entropy)
        if fault:
            faults.append(f"{call}: {fault}")
        if isinstance(call, Case):
            count(peer, "run")
            count(peer, "agreed", not fault)
        else:
            count(f"{peer}, {call.kind}", call.reason)
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)
