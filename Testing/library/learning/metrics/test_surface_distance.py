"""Distances between outlines that can be read off squared paper."""

import numpy as np
import pytest

from BMLesionSegLib.learning.metrics.surface_distance import hd95, outline


def square(row, column, side, shape=(40, 40)):
    mask = np.zeros(shape, bool)
    mask[row : row + side, column : column + side] = True
    return mask


def test_the_same_mask_is_at_distance_zero():
    assert hd95(square(5, 5, 6), square(5, 5, 6), (2.0, 2.0)) == 0.0


def test_single_pixels_lie_as_far_as_their_spacing_says():
    one, other = square(10, 10, 1), square(13, 14, 1)
    assert hd95(one, other, (1.0, 1.0)) == pytest.approx(5.0)
    assert hd95(one, other, (2.0, 1.0)) == pytest.approx(np.hypot(6, 4))


def test_the_farther_direction_counts():
    """Every truth pixel is predicted, but a far spot is predicted too."""
    truth = square(5, 5, 1)
    predicted = truth | square(5, 25, 1)
    assert hd95(truth, predicted, (1.0, 1.0)) == pytest.approx(np.percentile([0, 20], 95))
    assert hd95(predicted, truth, (1.0, 1.0)) == hd95(truth, predicted, (1.0, 1.0))


def test_one_stray_pixel_in_a_hundred_hardly_counts():
    truth = square(2, 2, 30)
    stray = truth.copy()
    stray[39, 39] = True
    assert hd95(truth, stray, (1.0, 1.0)) == 0.0


def test_an_outline_is_the_rim():
    assert outline(square(5, 5, 4)).sum() == 12


@pytest.mark.parametrize(("one", "other"), [(0, 3), (3, 0), (0, 0)])
def test_there_is_no_distance_to_nothing(one, other):
    assert hd95(square(5, 5, one), square(5, 5, other), (1.0, 1.0)) is None
