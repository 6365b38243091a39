"""Our functions give what the peers' functions give."""

import pytest

from examples import softmax_cross_entropy
from tests.peers.case import Case
from tests.peers.material import SOURCES, collect_cases


@pytest.mark.parametrize(
    ("peer", "source"), SOURCES, ids=[f"{x}-{y.__name__}" for x, y in SOURCES]
)
def test_ours_agree_with_theirs(peer, source, count):
    faults = [] if collect_cases(source) else ["there is nothing to compare"]
    for call in collect_cases(source):
        fault = call.find_fault(softmax_cross_entropy)
        if fault:
            faults.append(f"{call}: {fault}")
        if isinstance(call, Case):
            count(peer, "run")
            count(peer, "agreed", not fault)
        else:
            count(f"{peer}, {call.kind}", call.reason)
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)
