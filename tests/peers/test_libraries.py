"""The other libraries do what the page about them says.

Each library is asked in an interpreter of its own: JAX is then as it is by default,
and a crash ends no more than its own case. Delete ``examples/libraries/outcomes.json``
to write it anew: the session writes it, and fails once so that someone reads it.
"""

import functools
import json
import platform

import pytest

from examples.libraries.probes import LOSS_QUESTIONS, QUESTIONS, find_version
from examples.libraries.spellings import LOSSES, SPELLINGS
from examples.libraries.table import RECORD, read_record
from tests.measured_code import note_code
from tests.peers.case import UNITS
from tests.peers.process import describe_run, run_module

PLAIN = "plain Python"
KINDS = {"libraries": (SPELLINGS, QUESTIONS), "losses": (LOSSES, LOSS_QUESTIONS)}
CASES = [
    pytest.param(kind, name, question, id=f"{name}, {question}")
    for kind, (spellings, questions) in KINDS.items()
    for name in spellings
    for question in questions
]


def find_installed(kind: str, name: str) -> str:
    """Return the installed version; nothing if there is none."""
    if name == PLAIN:
        return platform.python_version()
    return find_version(KINDS[kind][0][name].package)


@functools.cache
def ask_library(kind: str, name: str) -> dict:
    """Ask a library, or a loss, everything."""
    return run_module("examples.libraries.probes", kind, name)


def write_record() -> dict:
    """Write what all libraries do; a library that is not installed stays open."""
    record = describe_run()
    for kind, (spellings, _) in KINDS.items():
        record[kind] = {}
        for name in spellings:
            version = find_installed(kind, name)
            found = ask_library(kind, name) if version else {}
            record[kind][name] = {"version": version, "outcomes": found}
    RECORD.write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    note_code("peers")
    return record


@pytest.fixture(scope="module")
def record() -> dict:
    """Return what the page shows."""
    if RECORD.exists():
        return read_record()
    entries = [entry for kind in KINDS for entry in write_record()[kind].items()]
    open_ = [name for name, entry in entries if not entry["version"]]
    pytest.fail(f"{RECORD.name} is written anew, without {open_}: read the difference")


@pytest.mark.parametrize(("kind", "name", "question"), CASES)
def test_the_table_says_what_happens(record, kind, name, question, count):
    version, entry = find_installed(kind, name), record[kind][name]
    if not version:
        count("other libraries, not executed", name)
        pytest.skip(f"{name} is not installed: its code is not executed here")
    said = entry["outcomes"].get(question, "nothing: delete the file to write it anew")
    found = ask_library(kind, name)[question]
    count("other libraries, questions asked", f"{name} {version}")
    if isinstance(said, float) and isinstance(found, float):
        assert found <= UNITS, f"{name} {version} differs from us by {found} units"
    else:
        assert found == said, f"{name} {version}: {question}? {RECORD.name} says {said}"
