"""The cheat sheet is the same in each build, and its page has it as text too."""

import hashlib
import os
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT
from pypdfium2 import PdfDocument

from examples import cheat_sheet as content
from examples.pictures.cheat_sheet import PAPERS
from extensions.cheat_sheet import save_sheet

FOLDER = "reference"
MOST_BYTES = 100_000  # of each PDF
PROGRAM = """
import hashlib
from extensions.cheat_sheet import save_sheet
for form in ("pdf", "svg"):
    print(hashlib.sha256(save_sheet("Letter", form)).hexdigest())
"""


def test_another_process_on_another_day_makes_the_same_bytes():
    other = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    other |= {"SOURCE_DATE_EPOCH": "86400", "MATPLOTLIBRC": os.devnull}
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | other,
        capture_output=True,
        text=True,
        check=True,
    )
    here = [save_sheet("Letter", form) for form in ("pdf", "svg")]
    assert done.stdout.split() == [hashlib.sha256(x).hexdigest() for x in here]


@pytest.mark.parametrize("paper", PAPERS)
def test_a_pdf_is_one_sheet_with_its_fonts_in_it(paper):
    data = save_sheet(paper, "pdf")
    assert data.count(b"/FontFile2") >= 3
    assert b"Date" not in data
    with PdfDocument(data) as pdf:
        assert len(pdf) == 1
        assert pdf[0].get_size() == pytest.approx(PAPERS[paper], abs=0.1)
        text = pdf[0].get_textpage().get_text_range()
    assert content.LINE in text
    assert "http" not in text


def test_the_sheet_has_the_address_of_the_site_where_it_is_known():
    with PdfDocument(save_sheet("A4", "pdf", "https://example.org/x/")) as pdf:
        assert "https://example.org/x/" in pdf[0].get_textpage().get_text_range()


def test_the_page_links_to_both_pdfs_and_has_the_sheet_as_text(site):
    html = (site / FOLDER / "cheat-sheet.html").read_text("utf-8")
    page = BeautifulSoup(html, "html.parser").article
    links = [x["href"] for x in page.select("a[href$='.pdf']")]
    assert links == ["cheat-sheet-a4.pdf", "cheat-sheet-letter.pdf"]
    for link in links:
        assert (site / FOLDER / link).stat().st_size <= MOST_BYTES
    assert page.select_one("figure svg[role=img]")["aria-label"]
    rows = [*content.list_shapes(), *content.list_writes(), *content.list_labels()]
    for row in [*rows, *content.list_checks()]:
        cells = {row.code, row.result, row.meaning}
        found = [{x.text.strip() for x in tr.select("td")} for tr in page.select("tr")]
        assert cells in found
