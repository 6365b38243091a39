"""The test of a law follows from its page and its name."""

import pytest

from extensions.law_tests import has_test, name_test


@pytest.mark.parametrize(
    ("page", "law", "file", "name"),
    [
        ("indexing/in-place", "reads-first", "in_place", "reads_first"),
        ("indexing/index", "three-kinds", "indexing", "three_kinds"),
    ],
)
def test_a_law_names_its_test(page, law, file, name):
    assert name_test(page, law) == (f"tests/laws/test_{file}.py", f"test_law_{name}")


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("def test_law_a():\n    pass\n", True),
        ("import x\n\n\ndef test_law_a(y):\n    pass\n", True),
        ("# def test_law_a():\n", False),
        ("def test_law_a_b():\n    pass\n", False),
        ("    def test_law_a():\n        pass\n", False),
    ],
)
def test_a_test_is_found_by_its_whole_name(code, found, tmp_path):
    file = tmp_path / "test_laws.py"
    file.write_text(code, encoding="utf-8")
    assert has_test(file, "test_law_a") == found


def test_a_file_that_does_not_exist_has_no_test(tmp_path):
    assert not has_test(tmp_path / "test_laws.py", "test_law_a")
