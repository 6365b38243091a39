"""Confidence is compared with the share of right answers, bin by bin."""

import numpy as np
import pytest

from examples.calibration import (
    calibration_error,
    fit_temperature,
    measure_reliability,
)
from examples.softmax_cross_entropy import cross_entropy

# Two answers with the confidence 0.6, one of them right; one sure, right answer.
P = np.array([[0.6, 0.4], [0.4, 0.6], [1.0, 0.0]])
LABELS = np.array([0, 0, 0])


def test_each_bin_has_its_answers():
    count, confidence, accuracy = measure_reliability(P, LABELS, bins=5)
    assert count.tolist() == [0, 0, 0, 2, 1]
    np.testing.assert_allclose(confidence, [np.nan] * 3 + [0.6, 1])
    np.testing.assert_allclose(accuracy, [np.nan] * 3 + [0.5, 1])


def test_the_error_is_the_weighted_mean_of_the_gaps():
    assert calibration_error(P, LABELS, bins=5) == pytest.approx(2 / 3 * 0.1)
    assert calibration_error(P, 1 - LABELS, bins=5) == pytest.approx(
        2 / 3 * 0.1 + 1 / 3
    )


def test_a_model_that_knows_the_chances_has_hardly_an_error():
    rng = np.random.default_rng(0)
    many = rng.dirichlet(np.ones(3), size=50_000)
    drawn = (many.cumsum(axis=1) > rng.random((len(many), 1))).argmax(axis=1)
    assert calibration_error(many, drawn) < 0.01
    sharper = many**2 / (many**2).sum(axis=1, keepdims=True)
    assert calibration_error(sharper, drawn) > 0.1


@pytest.mark.parametrize(
    ("P", "labels"), [(P[0], LABELS[:1]), (P, LABELS[:2]), (P, LABELS[:, None])]
)
def test_rows_without_labels_are_refused(P, labels):
    with pytest.raises(ValueError, match=r"expected \(m, K\) and \(m,\)"):
        measure_reliability(P, labels)


@pytest.mark.parametrize("factor", [0.01, 1.0, 3.0, 1000.0])
def test_the_temperature_finds_the_factor_of_logits_that_know_the_chances(factor):
    rng = np.random.default_rng(0)
    P = rng.dirichlet(np.ones(3), size=20_000)
    drawn = (P.cumsum(axis=1) > rng.random((len(P), 1))).argmax(axis=1)
    assert fit_temperature(factor * np.log(P), drawn) == pytest.approx(factor, rel=0.03)


def test_no_other_temperature_has_a_lower_loss():
    rng = np.random.default_rng(0)
    logits, labels = 4 * rng.normal(size=(50, 3)), rng.integers(3, size=50)
    labels[:30] = logits[:30].argmax(axis=1)
    best = fit_temperature(logits, labels)
    least = cross_entropy(logits / best, labels)
    for other in (best * 0.999, best * 1.001, best / 2, best * 2):
        assert cross_entropy(logits / other, labels) > least


@pytest.mark.parametrize("labels", [[1, 0], [0, 1]])
def test_a_temperature_that_would_be_0_or_infinite_is_refused(labels):
    with pytest.raises(ValueError, match="no temperature is best"):
        fit_temperature(np.array([[0.0, 1.0], [1.0, 0.0]]), np.array(labels))
