"""Each question of the bank is answered in full at one address, or still open."""

import json
import re

import pytest
from places import find_place

from tests.answers.bank import NO_PROOF, NOT_YET, find_answers, read_bank
from tests.answers.visible_text import SMALL, fold_text, read_address, read_texts

ROWS = read_bank()
ANSWERED = [row for row in ROWS if row.address != NOT_YET]
SLUG, LABEL = r"[a-z0-9-]+", r"[\w/-]+\.html#[\w-]+"


def test_each_id_occurs_once():
    ids = [row.id for row in ROWS]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[A-Z]\d+", x) for x in ids)


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_a_row_has_every_column(row):
    assert all(text and text == text.strip() for text in row)
    assert re.fullmatch(f"{NOT_YET}|{SLUG}|{LABEL}", row.address), row.address
    assert (row.address == NOT_YET) == (row.proof == NOT_YET)
    if row.proof.startswith(NO_PROOF):
        assert len(row.proof.removeprefix(NO_PROOF).split()) >= 3, "give the reason"


@pytest.mark.parametrize("row", ANSWERED, ids=[row.id for row in ANSWERED])
def test_every_fact_is_visible_at_the_address(row, site):
    text = read_address(site, row.address)
    missing = [proof for proof in row.proofs if fold_text(proof) not in text]
    said = f"{row.address} does not show {missing}, only:\n{text}"
    assert not missing, f"{find_place(row.address)}: {said}"


def test_a_question_and_its_rows_name_each_other():
    told = {row.id: [row.address] for row in ANSWERED if "#" not in row.address}
    assert find_answers() == told


def test_a_question_keeps_the_straight_quotes_of_a_message(site):
    published = json.loads((site / "questions.json").read_text("utf-8"))
    assert any("'" in entry["question"] for entry in published)
    assert not [x for x in published if re.search("[‘’“”]", x["question"])]


def test_no_question_is_open():
    assert [row.id for row in ROWS if row.address == NOT_YET] == []


PAGE = """<section id="a"><h2>Title</h2><p>Text <math><mi>x</mi><annotation>y
</annotation></math>.</p><div class="cell_input"><pre>code</pre></div>
<div class="cell_output"><pre>[1  2]</pre></div><pre>quoted</pre>
<details><summary>Show</summary><div class="cell_output">folded</div></details>
<img src="x"><section id="b">below</section></section>"""


def test_only_what_a_reader_sees_counts_as_proof():
    texts = read_texts(PAGE)
    assert texts["a"] == "Title Text x. [1 2]"
    assert texts["b"] == "below"
    small = f'<h1>Question</h1><div class="answer">It’s so.</div>{PAGE}'
    assert read_texts(small)[SMALL] == "It's so. [1 2]"
