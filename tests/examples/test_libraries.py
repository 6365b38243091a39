"""The code for other libraries, as far as NumPy alone can judge it."""

import importlib
import json
import re
import sys
from dataclasses import replace

import numpy as np
import pytest
from conftest import PAGES, ROOT

from examples.libraries import probes, table
from examples.libraries.in_plain_python import gradient as plain_gradient
from examples.libraries.spellings import GPU_SPELLINGS, LOSSES, SPELLINGS
from examples.softmax_cross_entropy import cross_entropy_grad

FILES = sorted(path.stem for path in ROOT.glob("examples/libraries/in_*.py"))
NUMPY = SPELLINGS["NumPy"]
LOGITS = np.random.default_rng(0).normal(size=(5, 4))
LABELS = np.array([3, 0, 1, 1, 2])


@pytest.mark.parametrize("name", ["NumPy", "plain Python"])
def test_the_record_says_what_happens_here(name):
    said = table.read_record()["libraries"][name]["outcomes"]
    found = probes.probe_library(name)
    said.pop("integers")  # may be narrower on another machine
    for question, outcome in said.items():
        if isinstance(outcome, float):
            assert found[question] <= 8, question
        else:
            assert found[question] == outcome, question


def test_every_library_and_every_loss_has_been_asked_everything():
    record = table.read_record()
    for kind, names, questions in (
        ("libraries", SPELLINGS, probes.QUESTIONS),
        ("losses", LOSSES, probes.LOSS_QUESTIONS),
    ):
        assert list(record[kind]) == list(names)
        for name, entry in record[kind].items():
            assert list(entry["outcomes"]) == list(questions), name
            assert entry["version"], name


def test_the_record_on_a_gpu_has_every_library_with_all_answers_or_none():
    record = table.read_gpu_record()
    assert list(record["libraries"]) == list(GPU_SPELLINGS)
    for name, entry in record["libraries"].items():
        asked = list(probes.QUESTIONS) if entry["version"] else []
        assert list(entry["outcomes"]) == asked, name
        assert bool(entry["device"] and record["date"]) == bool(asked), name
        lines = table.tabulate("a row", of="gpu").split("\n")
        (line,) = [x for x in lines if x.startswith(name)]
        assert line.endswith(table.UNKNOWN) == (not asked)


def test_every_file_that_pages_quote_is_one_that_the_peers_run():
    spellings = (SPELLINGS | GPU_SPELLINGS).values()
    assert sorted({x.module for x in spellings if x.module}) == FILES
    pages = [(ROOT / "docs" / name).read_text("utf-8") for name in PAGES]
    quoted = re.findall(r"examples/libraries/(\w+)\.py$", "\n".join(pages), re.M)
    peers = [path.read_text("utf-8") for path in ROOT.glob("tests/peers/test_*.py")]
    run = re.findall(r"from examples\.libraries\.(\w+) import", "\n".join(peers))
    assert set(FILES) <= set(quoted) <= {*FILES, *run}


def test_the_code_for_cupy_is_right_with_numpy_in_the_place_of_cupy(monkeypatch):
    monkeypatch.setitem(sys.modules, "cupy", np)
    monkeypatch.delitem(sys.modules, "examples.libraries.in_cupy", raising=False)
    module = importlib.import_module("examples.libraries.in_cupy")
    monkeypatch.delitem(sys.modules, "examples.libraries.in_cupy")
    ours = cross_entropy_grad(LOGITS, LABELS)
    assert np.allclose(module.gradient(LOGITS, LABELS), ours, rtol=0, atol=1e-15)


def test_lists_of_numbers_are_enough():
    found = plain_gradient(LOGITS.tolist(), LABELS.tolist())
    ours = cross_entropy_grad(LOGITS, LABELS)
    assert np.allclose(found, ours, rtol=0, atol=1e-15)


@pytest.mark.parametrize(
    ("spelling", "question", "said"),
    [
        ({"write": "grad[rows, y] += 1"}, "label -1, written", "[0.0, 1.0, 0.0]"),
        ({"write": "grad[:, y] -= 1"}, "label -1, written", "[0.0, -1.0, -1.0]"),
        ({"write": "grad = grad - 1"}, "grad itself changes", "no: a new one"),
        ({"read": "P[rows, np.minimum(y, K - 1)]"}, "label K, read", "class 2"),
        ({"read": "P[rows, y % K]"}, "label K, read", "class 0"),
        ({"read": "P[rows, 2 - y]"}, "labels of uint8", "class 2"),
        ({"read": "P[0, :]"}, "selected cells", "view"),
        ({"each": "grad[rows, y] -= 1"}, "by accumulation", "once"),
        ({"unchecked": True}, "label K, written", "undefined"),
    ],
)
def test_a_library_that_does_something_else_is_told_from_numpy(
    spelling, question, said
):
    assert probes.QUESTIONS[question](NUMPY) != said
    found = probes.QUESTIONS[question](replace(NUMPY, **spelling))
    assert str(found).startswith(said)


def test_a_row_of_the_table_stands_for_each_library_below_its_questions():
    lines = table.tabulate("floats", "a row").split("\n")
    assert lines[0].split() == ["floats", "a", "row"]
    assert lines[1].split() == ["NumPy", "float64", "view"]
    assert len(lines) == 1 + len(SPELLINGS)
    at = lines[0].index("a row")
    assert all(line[at - 2 : at].strip() == "" for line in lines)


def test_the_summary_has_a_word_for_each_library():
    lines = [line.split("  ") for line in table.summarize().split("\n")]
    words = {line[0]: [word.strip() for word in line[1:] if word] for line in lines}
    assert words[""] == list(table.SUMMARY)
    assert words["NumPy"] == ["yes", "yes", "once", "raises", "class 2", "view"]
    assert words["JAX"][:4] == ["raises", "no", "twice", "nothing"]
    assert list(words)[1:] == list(SPELLINGS)


def test_the_line_and_the_version_of_each_library_are_listed():
    lines = table.list_spellings(), table.list_spellings("compare")
    assert all("CuPy  " in text for text in lines)
    for text in (*lines, table.list_versions(), table.summarize()):
        for name in SPELLINGS:
            assert f"\n{name}  " in f"\n{text}", name
        assert max(map(len, text.split("\n"))) <= 80
    assert "grad[np.arange(m), y] -= 1" in table.list_spellings()


def test_the_record_is_as_the_session_writes_it():
    text = table.RECORD.read_text("utf-8")
    assert text == json.dumps(table.read_record(), indent=1) + "\n"
