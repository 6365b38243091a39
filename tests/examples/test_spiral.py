"""The points of a spiral lie on arms that are turned against each other."""

import numpy as np
import pytest

from examples.spiral import make_spiral


def test_the_points_have_their_radius_and_their_arm():
    points, labels = make_spiral(50, 3, seed=1)
    assert points.shape == (150, 2)
    assert np.bincount(labels).tolist() == [50, 50, 50]
    radius = np.hypot(*points.T)
    np.testing.assert_allclose(radius, np.tile(np.linspace(0, 1, 50), 3))


def test_without_noise_each_arm_is_the_first_one_turned():
    points, labels = make_spiral(20, 4, noise=0)
    first = points[labels == 0] @ [1, 1j]
    for k in range(4):
        arm = points[labels == k] @ [1, 1j]
        np.testing.assert_allclose(arm, first * 1j**k, atol=1e-12)


def test_the_same_seed_gives_the_same_points():
    assert np.array_equal(make_spiral(5)[0], make_spiral(5)[0])
    assert not np.array_equal(make_spiral(5)[0], make_spiral(5, seed=1)[0])


@pytest.mark.parametrize(("each", "classes"), [(1, 3), (5, 0)])
def test_a_spiral_without_arms_is_refused(each, classes):
    with pytest.raises(ValueError, match=f"each is {each} and classes is {classes}"):
        make_spiral(each, classes)
