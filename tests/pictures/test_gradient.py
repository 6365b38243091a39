"""The figures of the gradient show the numbers that they are given."""

import numpy as np

from examples.pictures.gradient import draw_line, draw_push_pull
from tests.pictures.texts import list_texts

P = np.array([[0.2, 0.3, 0.5], [0.6, 0.3, 0.1]])
Y = np.array([1, 0])


def test_the_line_is_shown_before_and_after():
    texts = list_texts(draw_line(P, Y))
    assert {"0.30", "-0.70", "0.60", "-0.40"} <= set(texts)
    assert texts.count("0.20") == 2


def test_the_arrows_are_minus_the_gradient():
    figure = draw_push_pull(P[0], 1)
    assert [x for x in list_texts(figure) if x] == ["-0.20", "+0.70", "-0.50"]
    tips = [t.xy[1] for t in figure.axes[0].texts if getattr(t, "arrow_patch", None)]
    np.testing.assert_allclose(tips, [-0.2, 0.7, -0.5])
