"""What a page shows as recorded is the output of the code above it."""

import pytest
from conftest import PAGES, ROOT

from extensions.page import open_page
from extensions.recorded import read_record


def list_cells(page: str) -> list[tuple[str, str]]:
    """Return the tools and the code of each recorded cell of a page."""
    cells = open_page(ROOT / "docs" / page).recorded
    return [(cell.tools, cell.code) for cell in cells]


def test_the_record_holds_exactly_the_cells_of_the_pages():
    said = {
        f"{name}.md": [(cell["tools"], "\n".join(cell["code"])) for cell in cells]
        for name, cells in read_record()["pages"].items()
    }
    assert said == {page: cells for page in PAGES if (cells := list_cells(page))}


@pytest.mark.parametrize("name", read_record()["pages"])
def test_no_recorded_output_names_a_machine_or_an_address_in_memory(name):
    for cell in read_record()["pages"][name]:
        shown = "\n".join(cell["output"])
        assert " at 0x" not in shown
        assert "/site-packages/" not in shown
