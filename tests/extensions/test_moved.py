"""The address of a section that moved keeps working."""

import re

import pytest
from conftest import copy_project, make_pages, run_sphinx
from sphinx.util.inventory import InventoryFile

NEW = "(two-place)=\n## The new place\n\nText.\n"
LAW = """:::{law} sum-of-one
:source: derived here
The sum of 1 is 1.
:::
```{code-cell}
assert sum([1]) == 1
```
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build a page that a section left, and the page that it moved to."""
    old = (
        ":::{moved} one-place two-place\n:::\n\nSee {ref}`the section <one-place>`.\n\n"
        "- {moved}`one-item two-place`\n"
    )
    other = "Both {ref}`one-place` and {ref}`one-item` have moved.\n"
    pages = make_pages({"one": old, "two": NEW, "three": other})
    folder = copy_project(tmp_path_factory.mktemp("moved"), pages)
    run = run_sphinx(folder)
    assert run.returncode == 0, run.stderr
    return folder / "_build" / "html"


def test_the_old_address_leads_to_the_new_place(built):
    html = (built / "one.html").read_text("utf-8")
    (line,) = re.findall(r'<p class="moved" id="one-place">.*?</p>', html)
    assert 'href="two.html#two-place"' in line
    assert "The new place" in line


def test_other_projects_can_still_refer_to_the_old_label(built):
    inventory = InventoryFile.loads((built / "objects.inv").read_bytes(), uri="")
    assert inventory.data["std:label"]["one-place"].uri == "one.html#one-place"
    assert 'href="#one-place"' in (built / "one.html").read_text("utf-8")


def test_an_item_of_a_list_keeps_the_old_address_and_leads_on(built):
    html = (built / "one.html").read_text("utf-8")
    (item,) = re.findall(r'<li>.*?<span class="moved" id="one-item">.*?</li>', html)
    assert 'href="two.html#two-place"' in item
    assert re.sub("<.*?>", "", item) == "The new place"


def test_a_link_to_the_old_label_leads_to_the_new_place(built):
    html = (built / "three.html").read_text("utf-8")
    links = re.findall(r'href="two.html#two-place"><span .*?>(.*?)</span>', html)
    assert links == ["The new place"] * 2


STUBS = [
    ":::{moved} one-place two-place\n:with: law-sum-of-one equation-eq-one\n:::\n",
    "- {moved}`one-place two-place law-sum-of-one equation-eq-one`\n",
]


@pytest.fixture(scope="module", params=STUBS)
def with_law(request, tmp_path_factory):
    """Build a page that a law left, and the page that has it under its old name."""
    old = f"{request.param}\nSee {{ref}}`law-sum-of-one`.\n"
    folder = tmp_path_factory.mktemp("with_law")
    pages = make_pages({"one": old, "two": NEW + LAW})
    run = run_sphinx(copy_project(folder, pages))
    assert run.returncode == 0, run.stderr
    return folder / "_build" / "html"


@pytest.mark.parametrize("address", ["law-sum-of-one", "equation-eq-one"])
def test_the_addresses_inside_a_section_move_with_it(with_law, address):
    html = (with_law / "one.html").read_text("utf-8")
    line = html[html.index('class="moved"') :].partition("</p>")[0]
    assert line.count(f'id="{address}"') == 1


def test_a_law_that_moved_keeps_its_name_on_the_new_page(with_law):
    html = (with_law / "one.html").read_text("utf-8")
    assert 'href="two.html#law-sum-of-one"' in html
    assert 'id="law-sum-of-one"' in (with_law / "two.html").read_text("utf-8")
