"""The cheat sheet fits its paper, and nothing on it covers anything else."""

from itertools import combinations

import pytest
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg

from examples import cheat_sheet as content
from examples.pictures.cheat_sheet import MARGIN, PAPERS, draw_cheat_sheet
from extensions.cheat_sheet import LOOK


@pytest.fixture(scope="module", params=PAPERS)
def words(request) -> list:
    """Return each text of a sheet with its box in points."""
    with rc_context(fname=LOOK):
        figure = draw_cheat_sheet(request.param, "https://example.org/numpy/")
        figure.set_dpi(72)
        renderer = FigureCanvasAgg(figure).get_renderer()
        (axes,) = figure.axes
        width, height = figure.get_size_inches() * 72
        assert (width, height) == pytest.approx(PAPERS[request.param])
        texts = [x for x in axes.texts if x.get_text().strip()]
        boxes = [x.get_window_extent(renderer) for x in texts]
    return [(x.get_text(), box) for x, box in zip(texts, boxes, strict=True)]


def test_no_word_leaves_the_paper_or_its_margins(words):
    text, foot = words[-1]
    assert text.endswith("https://example.org/numpy/")
    right = foot.x1
    for text, box in words:
        assert MARGIN - 2 <= box.x0 < box.x1 <= right + 2, text
        assert box.y0 >= MARGIN - 4, text


def test_no_word_covers_another(words):
    lower = 0.5  # points: the box of a text is larger than its letters
    for (one, a), (other, b) in combinations(words, 2):
        apart = (
            a.x1 - lower <= b.x0
            or b.x1 - lower <= a.x0
            or a.y1 - 1.5 * lower <= b.y0
            or b.y1 - 1.5 * lower <= a.y0
        )
        assert apart, (one, other)


def test_the_sheet_has_all_that_numpy_computed(words):
    shown = {text for text, _ in words}
    rows = [
        *content.list_shapes(),
        *content.list_writes(),
        *content.list_labels(),
        *content.list_checks(),
    ]
    for row in rows:
        assert {row.code, row.result, row.meaning} <= shown
    for x in content.list_selections([*content.BASIC, *content.ADVANCED]):
        assert {x.code, f"shape {x.chosen.shape}, {x.kind}"} <= shown
    for row in content.list_spellings():
        assert row.code in shown
    assert set(filter(None, content.CODE.splitlines())) <= shown
