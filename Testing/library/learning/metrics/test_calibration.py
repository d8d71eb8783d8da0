"""Calibration by hand."""

import numpy as np
import pytest

from BMLesionSegLib.learning.metrics.calibration import Reliability

PROBABILITY = np.array([[0.01, 0.25, 0.25, 0.25], [0.25, 0.85, 0.95, 1.0]], np.float32)
TRUTH = np.array([[1, 1, 0, 0], [0, 1, 0, 1]], bool)


def test_bins_by_hand():
    rows = Reliability.of(PROBABILITY, TRUTH).rows()
    expected = [(0.25, 0.25, 4), (0.85, 1.0, 1), (0.975, 0.5, 2)]
    assert [row[2] for row in rows] == [4, 1, 2]
    np.testing.assert_allclose(rows, expected, atol=1e-6)


def test_the_error_weighs_bins_by_their_pixels():
    error = Reliability.of(PROBABILITY, TRUTH).expected_error()
    assert error == pytest.approx((4 * 0 + 1 * 0.15 + 2 * 0.475) / 7, abs=1e-6)


def test_views_add_up():
    half = Reliability.of(PROBABILITY[:1], TRUTH[:1]) + Reliability.of(PROBABILITY[1:], TRUTH[1:])
    assert half.rows() == Reliability.of(PROBABILITY, TRUTH).rows()


def test_a_model_that_says_nothing_cannot_be_judged():
    silent = Reliability.of(np.zeros((4, 4), np.float32), np.ones((4, 4), bool))
    assert silent.expected_error() is None
    assert silent.rows() == []
    assert Reliability.empty().expected_error() is None


def test_an_honest_coin_is_calibrated():
    rng = np.random.default_rng(0)
    probability = rng.uniform(0, 1, (300, 300)).astype(np.float32)
    truth = rng.uniform(0, 1, (300, 300)) < probability
    assert Reliability.of(probability, truth).expected_error() < 0.01
    assert Reliability.of(probability, ~truth).expected_error() > 0.4
