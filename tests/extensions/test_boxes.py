"""What the boxes of a page say below their content."""

import re

import pytest
from conftest import copy_project, make_pages, run_sphinx

LAW = """\
:::{law} %s
%s

Text.
:::

```{code-cell}
x = 1 + 1
assert x == 2
```

"""

# law: (its option, what its footer says before the test is named)
FOOTERS = {
    "in-numpy": (
        ":numpy: Indexing <user/basics.indexing.html>",
        "NumPy’s documentation: Indexing.",
    ),
    "not-in-numpy": (
        ":numpy: not stated there",
        "Not stated in NumPy’s documentation.",
    ),
    "in-a-book": (":source: A Book, 1.2 <https://example.org>", "Source: A Book, 1.2."),
    "derived": (":source: derived here", "Derived on this page."),
}


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> str:
    """Build one page that has a law for each kind of source."""
    laws = "".join(LAW % (name, option) for name, (option, _) in FOOTERS.items())
    folder = copy_project(tmp_path_factory.mktemp("boxes"), make_pages({"laws": laws}))
    run = run_sphinx(folder)
    assert run.returncode == 0, run.stderr
    return (folder / "_build" / "html" / "laws.html").read_text("utf-8")


@pytest.mark.parametrize("law", FOOTERS)
def test_a_law_says_where_it_is_stated(law, page):
    box = page[page.index(f'id="law-{law}"') :]
    footer = re.search(r'<p class="law-source">(.+?)</p>', box)[1]
    assert re.sub(r"<.*?>", "", footer).startswith(FOOTERS[law][1])
