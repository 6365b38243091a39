"""The regions are where each class has the largest logit."""

import numpy as np
import pytest
from matplotlib.collections import PathCollection
from matplotlib.path import Path

from examples.pictures.region import COLORS, HATCHES, MARKERS, draw_regions

POINTS = np.array([[-1.0, 0.2], [1.0, 0.3], [0.2, -1.0]])
LABELS = np.array([0, 1, 2])
CORNERS = np.array([[-1, 0.5], [1, 0.5], [0, -1]])


def compute_logits(points):
    return points @ CORNERS.T


def list_regions(axes):
    """Return the filled regions, in the order of the classes."""
    return [c for c in axes.collections if np.size(c.get_facecolor())]


def list_patterns(axes):
    """Return the patterns that lie over the regions, in the same order."""
    return [c for c in axes.collections if type(c) is PathCollection]


def test_a_point_lies_in_the_region_of_its_largest_logit():
    (axes,) = draw_regions(POINTS, LABELS, {"linear": compute_logits}).axes
    tried = np.random.default_rng(0).uniform(-1, 1, size=(200, 2))
    X = np.sort(compute_logits(tried), axis=1)
    clear = tried[X[:, -1] - X[:, -2] > 0.1]  # away from the lines
    for k, region in enumerate(list_regions(axes)):
        inside = sum(
            Path(polygon).contains_points(clear)
            for path in region.get_paths()
            for polygon in path.to_polygons()
        )
        leads = compute_logits(clear).argmax(axis=1) == k
        assert np.array_equal(inside % 2 == 1, leads)


def test_classes_differ_in_more_than_color():
    (axes,) = draw_regions(POINTS, LABELS, {"linear": compute_logits}).axes
    assert [line.get_marker() for line in axes.lines] == list(MARKERS)
    assert [c.get_hatch() or "" for c in list_patterns(axes)] == list(HATCHES)
    for region, pattern in zip(list_regions(axes), list_patterns(axes), strict=True):
        assert region.get_paths() == pattern.get_paths()
    assert len(set(COLORS)) == len(set(MARKERS)) == len(set(HATCHES)) == 3
    drawn = [np.column_stack(line.get_data()) for line in axes.lines]
    np.testing.assert_array_equal(np.concatenate(drawn), POINTS)


def test_each_model_has_its_panel_and_a_class_without_a_region_none():
    models = {
        "a": compute_logits,
        "b": lambda points: compute_logits(points) * [1, 1, 0] - [0, 0, 9],
    }
    figure = draw_regions(POINTS, LABELS, models)
    assert [axes.get_title() for axes in figure.axes] == ["a", "b"]
    assert [len(list_regions(axes)) for axes in figure.axes] == [3, 2]


def test_a_fourth_class_is_refused():
    with pytest.raises(ValueError, match="labels has the class 3; expected 0 to 2"):
        draw_regions(POINTS, LABELS + 1, {"linear": compute_logits})
