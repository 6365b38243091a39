"""Each law and its test bear one name, in the file that is named for the page."""

import re

from conftest import PAGES, ROOT

from extensions.boxes import law_test


def test_every_law_has_its_test_and_every_test_its_law():
    laws = {
        law_test(page.removesuffix(".md"), name)
        for page in PAGES
        for name in re.findall(
            r"^:{3,}\{law\} (\S+)", (ROOT / "docs" / page).read_text("utf-8"), re.M
        )
    }
    tests = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in ROOT.glob("tests/laws/test_*.py")
        for name in re.findall(r"^def (test_law_\w+)", path.read_text("utf-8"), re.M)
    }
    assert laws - tests == set(), "laws without a test"
    assert tests - laws == set(), "tests without a law"
