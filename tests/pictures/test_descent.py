"""The curves of descents are their values, on logarithmic axes."""

from examples.pictures.descent import draw_falls, draw_rates


def test_the_falls_are_the_values_on_a_logarithmic_axis():
    figure = draw_falls({"a": [4, 2, 1], "b": [4, 0.4, 0.04]}, "loss", "step")
    (axes,) = figure.axes
    assert [list(line.get_ydata()) for line in axes.lines] == [
        [4, 2, 1],
        [4, 0.4, 0.04],
    ]
    assert (axes.get_xscale(), axes.get_yscale()) == ("linear", "log")
    low, high = axes.get_ylim()
    assert low < 0.04 < 4 < high
    assert axes.get_xlabel() == "step"
    assert all(tick == int(tick) for tick in axes.get_xticks())


def test_a_short_fall_has_more_numbers_than_the_powers_of_ten():
    cases = {0.05: ["0.05", "0.1", "0.2", "0.5", "1"], 0.005: ["0.01", "0.1", "1"]}
    for lowest, wanted in cases.items():
        figure = draw_falls({"a": [0.9, lowest]}, "loss", "step", x=[0, 10])
        (axes,) = figure.axes
        assert list(axes.lines[0].get_xdata()) == [0, 10]
        low, high = axes.get_ylim()
        seen = [f"{tick:g}" for tick in axes.get_yticks() if low < tick < high]
        assert seen == wanted


def test_the_rates_stand_beside_the_limit():
    figure = draw_rates([0.1, 1, 10], {"a": [3, 2, 5]}, 0.5, "loss")
    (axes,) = figure.axes
    curve, limit = axes.lines
    assert list(curve.get_xdata()) == [0.1, 1, 10]
    assert list(limit.get_xdata()) == [0.5, 0.5]
    assert [text.get_text().strip() for text in axes.texts] == ["2/β"]
    assert axes.get_xscale() == axes.get_yscale() == "log"
