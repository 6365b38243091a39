"""A release is named from the data file, in sentences and beside titles."""

import re

import pytest
from conftest import copy_project, make_pages, run_sphinx
from search import list_found

from extensions.releases import quote_older_message, tabulate_facts

BODY = """
Since {release}`at-respects-read-only`, it raises an error.

(page-error)=
## `IndexError: index 7 is out of bounds for size 3`

:::{wording} flat-out-of-bounds-message
:::

(page-second)=
## A second section

:::{changed} bincount-floats-warn bincount-floats-raise
:::

:::{changes} at-respects-read-only bincount-floats-warn
:::

:::{law} a-law
:numpy: not stated there
:changed: reshape-copy-false

Text.
:::

```{code-cell}
x = 1 + 1
assert x == 2
```
"""
NOTES = "https://numpy.org/doc/stable/release"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return a site whose page names releases."""
    folder = tmp_path_factory.mktemp("releases")
    done = run_sphinx(copy_project(folder, make_pages({"page": BODY})))
    assert done.returncode == 0, done.stderr
    return folder / "_build" / "html"


@pytest.fixture(scope="module")
def html(built):
    """Return the page."""
    return (built / "page.html").read_text("utf-8")


def test_a_release_is_named_with_a_link_to_its_source(html):
    sentence = html.partition("<p>Since ")[2].partition("</p>")[0]
    assert f'href="{NOTES}/2.5.5-notes.html"' in sentence
    assert ">NumPy 2.5.5</a>, it raises an error." in sentence


def test_a_heading_names_each_release_that_changed_its_subject(html):
    heading = html.partition("<h2>A ")[2].partition("</h2>")[0]
    assert heading.startswith('second section <small class="changed">changed in ')
    assert heading.index(">NumPy 2.1</a>, ") < heading.index(">NumPy 2.5</a></small>")
    assert heading.index("</small>") < heading.index("headerlink")


def test_an_older_message_has_the_numbers_of_the_heading(html):
    older = "IndexError: index 7 is out of bounds for axis 0 with size 3"
    sentence = html.partition("<p>Before ")[2].partition("</p>")[0]
    words = re.sub("<[^>]+>", "", sentence)
    assert words == f"NumPy 2.4, the message was {older}."


def test_an_older_message_shows_that_the_heading_lacks_a_part():
    quoted = quote_older_message("take-along-axis-default", "")
    assert quoted == "TypeError: …() missing 1 required positional argument: 'axis'"


def test_a_fact_without_an_older_message_is_refused():
    with pytest.raises(ValueError, match="'index-array-overlap' has no error or warn"):
        quote_older_message("index-array-overlap", "")


def test_a_table_has_the_facts_in_the_order_of_their_releases(html):
    table = html.partition("<tbody>")[2].partition("</tbody>")[0]
    first, second = table.split("</tr>")[:2]
    assert f'href="{NOTES}/2.1.0-notes.html' in first
    assert "cuts off the fractions of a list of floats" in first
    assert ">NumPy 2.5.5</a>" in second
    assert '<span class="pre">np.subtract.at</span></code> writes' in second


def test_an_unknown_fact_in_a_table_is_refused():
    with pytest.raises(ValueError, match=r"not facts .* \['no-fact'\]"):
        tabulate_facts(["at-respects-read-only", "no-fact"])


def test_a_law_names_the_release_before_its_permalink(html):
    title = html.partition('<p class="admonition-title">')[2].partition("</p>")[0]
    assert title.startswith('Law: a law <small class="changed">changed in ')
    assert title.index(">NumPy 2.1</a></small>") < title.index("headerlink")


def test_contents_and_search_have_the_title_alone(built, html):
    assert ">A second section</a>" in html
    titles = [document.title for document in list_found(built)]
    assert "A second section" in titles
    assert not [title for title in titles if "changed" in title]
