"""The picture of costs shows the ratios that it is given."""

import pytest

from examples.pictures.cost import draw_ratios


def make_rows(*ratios: float) -> list[dict]:
    """Return measurements at m = 1, 10, ..., a band of 10 % around each."""
    return [
        {"m": 10**n, "ratio": ratio, "low": 0.9 * ratio, "high": 1.1 * ratio}
        for n, ratio in enumerate(ratios)
    ]


def test_lines_are_the_ratios_and_bands_hold_half_of_the_rounds():
    figure = draw_ratios([{"a": make_rows(2, 4), "b": make_rows(1, 8)}], "m", "base")
    (axes,) = figure.axes
    one, a, b = axes.lines
    assert list(one.get_ydata()) == [1, 1]
    assert list(a.get_xdata()) == [1, 10]
    assert (list(a.get_ydata()), list(b.get_ydata())) == ([2, 4], [1, 8])
    assert a.get_linestyle() != b.get_linestyle()
    heights = axes.collections[0].get_paths()[0].vertices[:, 1]
    assert heights.min() == pytest.approx(1.8)
    assert heights.max() == pytest.approx(4.4)


def test_measurements_are_drawn_in_order_of_their_size():
    figure = draw_ratios([{"a": make_rows(2, 4)[::-1]}], "m", "base")
    assert list(figure.axes[0].lines[1].get_xdata()) == [1, 10]


def test_panels_share_logarithmic_axes():
    panels = [{"a": make_rows(2, 4)}, {"b": make_rows(0.1, 30)}]
    figure = draw_ratios(panels, "m", "base")
    upper, lower = figure.axes
    assert upper.get_xscale() == upper.get_yscale() == "log"
    assert upper.get_ylim() == lower.get_ylim()
    assert (upper.get_ylabel(), lower.get_xlabel()) == ("time, base = 1", "m")


def test_a_fifth_line_is_refused():
    rows = make_rows(1)
    with pytest.raises(ValueError, match="panel 2 has 5 lines; expected at most 4"):
        draw_ratios([{"a": rows}, dict.fromkeys("abcde", rows)], "m", "a")
