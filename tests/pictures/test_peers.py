"""The picture of the libraries shows the ratios that it is given."""

import pytest

from examples.pictures.peers import draw_peers

ROWS = [
    {"way": way, "m": m, "K": 10, "dtype": dtype, "ratio": ratio}
    for dtype, factor in (("float32", 1), ("float64", 2))
    for m in (1, 20)
    for way, ratio in (("base", 1), ("ours", 0.1 * factor), ("limit", 0.01 * m))
]


def test_each_way_has_its_ratios_in_each_panel():
    figure = draw_peers(ROWS, {"ours": "NumPy", "limit": "exp alone"}, "base")
    single, double = figure.axes
    for axes, ratio in ((single, 0.1), (double, 0.2)):
        one, ours, limit = axes.lines
        assert list(one.get_xdata()) == [1, 1]
        assert list(ours.get_xdata()) == [ratio, ratio]
        assert list(limit.get_xdata()) == [0.01, 0.2]
        assert list(ours.get_ydata()) == [0, 1]
        shapes = [text.get_text() for text in axes.get_yticklabels()]
        assert shapes == ["1 × 10", "20 × 10"]
    assert double.get_xlabel() == "time, base = 1"
    names = [text.get_text() for text in figure.legends[0].get_texts()]
    assert names == ["NumPy", "exp alone"]


def test_more_ways_than_marks_are_refused():
    with pytest.raises(ValueError, match="there are 8 ways; expected at most 7"):
        draw_peers(ROWS, dict.fromkeys("abcdefgh", ""), "base")
