"""The questions for a GPU can be asked: on the CPU they give the recorded answers."""

import pytest

from examples.libraries.probes import QUESTIONS
from examples.libraries.spellings import GPU_SPELLINGS, SPELLINGS, put_on_device
from examples.libraries.table import read_record
from tests.peers import ask_gpu


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_spelling_for_a_device_gives_the_same_answers_on_the_cpu(question):
    library = put_on_device(SPELLINGS["PyTorch"], "cpu")
    found = QUESTIONS[question](library)
    if not isinstance(found, float):
        said = read_record()["libraries"]["PyTorch"]["outcomes"]
        assert found == said[question]


def test_a_spelling_for_a_device_names_it_wherever_it_makes_a_tensor():
    library = GPU_SPELLINGS["PyTorch on CUDA"]
    for code in (library.array, library.rows, library.compare, library.each):
        assert 'device="cuda"' in code


def test_an_answer_that_ends_its_process_is_an_answer(monkeypatch):
    crash = "import sys; raise RuntimeError('CUDA error: device-side assert triggered')"
    monkeypatch.setattr(ask_gpu, "run", lambda *_, run=ask_gpu.run: run("-c", crash))
    assert ask_gpu.ask("CuPy", "a row") == "RuntimeError, process ended"
