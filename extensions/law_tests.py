"""Find the test of a law: its file and its name follow from the page and the law."""

import re
from pathlib import Path


def name_test(page: str, law: str) -> tuple[str, str]:
    """Return the file and the name of a law's test.

    >>> name_test("indexing/in-place", "reads-then-writes")
    ('tests/laws/test_in_place.py', 'test_law_reads_then_writes')
    """
    folder, _, name = page.rpartition("/")
    name = (folder if name == "index" else name).replace("-", "_")
    return f"tests/laws/test_{name}.py", "test_law_" + law.replace("-", "_")


def has_test(file: Path, name: str) -> bool:
    """Return whether a file defines a test."""
    code = file.read_text("utf-8") if file.is_file() else ""
    return re.search(rf"^def {re.escape(name)}\(", code, re.MULTILINE) is not None
