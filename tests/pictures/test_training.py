"""The figures of a training show its gradient, its weights and its answers."""

import numpy as np

from examples.pictures.training import draw_answers, draw_gradient, draw_weights

P = np.array([[0.2, 0.3, 0.5], [0.6, 0.3, 0.1]])
Y = np.array([1, 0])


def test_the_maps_are_the_probabilities_and_the_gradient():
    grad = P - np.eye(3)[Y]
    figure = draw_gradient(P, grad, Y)
    for axes, values in zip(figure.axes, (P, grad), strict=True):
        (squares,) = axes.collections
        alphas = squares.get_facecolor()[:, 3]
        np.testing.assert_allclose(alphas, np.abs(values).ravel())
        sides = [np.ptp(path.vertices[:, 0]) for path in squares.get_paths()]
        np.testing.assert_allclose(sides, np.where(values > 0, 1, 0.7).ravel())
        corners = [patch.get_xy() for patch in axes.patches]
        assert corners == [(1, 0), (0, 1)]


def test_each_class_has_its_weights():
    W = np.arange(8.0).reshape(4, 2)
    figure = draw_weights(W, (2, 2))
    assert [axes.get_title() for axes in figure.axes] == ["0", "1"]
    alphas = figure.axes[1].collections[0].get_facecolor()[:, 3]
    np.testing.assert_allclose(alphas, W[:, 1] / 7)


def test_each_digit_has_its_answer():
    figure = draw_answers(np.ones((2, 2, 2)), np.array([3, 4]), np.array([3, 5]))
    assert [axes.get_title() for axes in figure.axes] == ["3 ✓", "4, not 5"]
