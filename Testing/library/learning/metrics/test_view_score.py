"""Figures that can be checked by hand."""

import numpy as np
import pytest

from BMLesionSegLib.learning.metrics.view_score import dice, pool, score_view

SHAPE = (20, 20)


def truth_of(*squares):
    """Squares (row, column, side) as lesions 1, 2, ..."""
    labels = np.zeros(SHAPE, np.int32)
    for number, (row, column, side) in enumerate(squares, 1):
        labels[row : row + side, column : column + side] = number
    return labels


def mask_of(*squares):
    return truth_of(*squares) > 0


def test_one_lesion_half_covered():
    score = score_view(truth_of((2, 2, 4)), mask_of((2, 2, 2), (4, 2, 2)))
    assert (score.true_positive, score.false_positive, score.false_negative) == (8, 0, 8)
    assert score.dsc == pytest.approx(2 * 8 / (2 * 8 + 8))
    assert (score.lesions, score.hit, score.false_spots) == (1, 1, 0)


def test_a_quarter_covers_a_fifth_does_not():
    truth = np.zeros(SHAPE, np.int32)
    truth[0, :20] = 1
    predicted = np.zeros(SHAPE, bool)
    predicted[0, :5] = True
    assert score_view(truth, predicted).hit == 1
    predicted[0, 4] = False
    assert score_view(truth, predicted).hit == 0


def test_a_blanket_hits_nothing():
    """A component that is under 25 % truth finds no lesion, though it covers it all."""
    score = score_view(truth_of((2, 2, 2)), np.ones(SHAPE, bool))
    assert (score.hit, score.false_spots) == (0, 1)


def test_a_spot_with_a_tenth_of_truth_is_not_false():
    predicted = np.zeros(SHAPE, bool)
    predicted[10, :10] = True
    truth = np.zeros(SHAPE, np.int32)
    truth[10, 0] = 1
    assert score_view(truth, predicted).false_spots == 0
    predicted[10, 10] = True
    assert score_view(truth, predicted).false_spots == 1


def test_touching_lesions_are_counted_apart_and_corners_join_a_component():
    truth = truth_of((2, 2, 3), (2, 5, 3))
    assert score_view(truth, truth == 1).hit == 1
    diagonal = np.zeros(SHAPE, bool)
    diagonal[15, 15] = diagonal[16, 16] = True
    assert score_view(truth, diagonal).false_spots == 1


def test_empty_truth_and_empty_prediction():
    nothing, empty = truth_of(), np.zeros(SHAPE, bool)
    both = score_view(nothing, empty)
    assert both.dsc == 1.0
    assert (both.lesions, both.hit, both.false_spots) == (0, 0, 0)
    assert score_view(nothing, mask_of((1, 1, 2))).dsc == 0.0
    assert score_view(truth_of((1, 1, 2)), empty).dsc == 0.0


def test_pooled_is_over_pixels_and_mean_is_over_images():
    first = score_view(truth_of((2, 2, 4)), mask_of((2, 2, 4)))
    second = score_view(truth_of((2, 2, 2)), mask_of((10, 10, 4)))
    figures = pool([first, second])
    assert figures["pooled_dsc"] == pytest.approx(2 * 16 / (2 * 16 + 16 + 4))
    assert figures["recall"] == pytest.approx(16 / 20)
    assert figures["precision"] == pytest.approx(16 / 32)
    assert figures["mean_image_dsc"] == pytest.approx(0.5)
    assert figures["lesion_sensitivity"] == pytest.approx(0.5)
    assert figures["false_spots_per_view"] == pytest.approx(0.5)


def test_nothing_to_ask():
    figures = pool([])
    assert figures["pooled_dsc"] is None
    assert figures["recall"] is None
    assert (figures["views"], figures["lesions"]) == (0, 0)
    assert dice(0, 0, 0) == 1.0
