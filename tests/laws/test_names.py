"""Each test of a law bears the name of a law; the build checks the converse."""

import re

from conftest import PAGES, ROOT

from extensions.law_tests import name_test


def test_every_test_of_a_law_has_its_law():
    laws = {
        name_test(page.removesuffix(".md"), name)
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
    assert tests - laws == set(), "tests without a law"
