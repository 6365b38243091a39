"""The line of a page that gives an address is found."""

import pytest
from places import find_place

PAGE = """(one)=
# Title

:::{question} Why?
:slug: why
:formerly: why-not how
:::

$$
a := b
$$ (eq-one-a)

:::{law} one-law
:::

:name: one-tab
- {moved}`one-old two`
"""


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("a/one.html", 1),
        ("a/one.html#one", 1),
        ("why", 5),
        ("q/why-not.html", 6),
        ("q/how.html", 6),
        ("a/one.html#equation-eq-one-a", 11),
        ("a/one.html#law-one-law", 13),
        ("a/one.html#one-tab", 16),
        ("a/one.html#one-old", 17),
    ],
)
def test_the_line_that_gives_an_address_is_found(address, line, tmp_path):
    path = tmp_path / "docs" / "a" / "one.md"
    path.parent.mkdir(parents=True)
    path.write_text(PAGE, "utf-8")
    assert find_place(address, tmp_path, ["a/one.md"]) == f"docs/a/one.md:{line}"


def test_an_address_that_no_page_gives_has_no_place(tmp_path):
    assert find_place("a/none.html#none", tmp_path, []) == "no page"
