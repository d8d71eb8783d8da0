"""Operating points by hand."""

import numpy as np
import pytest

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.learning.metrics.thresholds import (
    CANDIDATES,
    OperatingPoint,
    best_threshold,
    free_response,
    operating_point,
    outlining_point,
    sweep_view,
)

TRUTH = np.zeros((40, 40), np.int32)
TRUTH[5:9, 5:9] = 1
TRUTH[20:24, 20:24] = 2
PROBABILITY = np.full((40, 40), 0.01, np.float32)
PROBABILITY[5:9, 5:9] = 0.9  # the first lesion, sure
PROBABILITY[20:24, 20:24] = 0.52  # the second, doubtful
PROBABILITY[30:34, 30:34] = 0.32  # no lesion


def points():
    return {point.threshold: point for point in free_response([sweep()])}


def sweep(area=0.0, extent=1.0):
    return sweep_view(PROBABILITY, TRUTH, 1.0, area, extent)


def test_lesions_and_false_spots_by_threshold():
    found = points()
    low, middle, high = found[0.3], found[0.5], found[0.85]
    assert (low.lesion_sensitivity, low.false_spots_per_view) == (1.0, 1.0)
    assert (middle.lesion_sensitivity, middle.false_spots_per_view) == (1.0, 0.0)
    assert (high.lesion_sensitivity, high.false_spots_per_view) == (0.5, 0.0)
    assert found[0.97].pooled_dsc == 0.0
    assert low.pooled_dsc == pytest.approx(2 * 32 / (2 * 32 + 16))


def test_the_best_threshold_has_the_highest_dsc():
    best = best_threshold(tuple(points().values()))
    assert 0.35 <= best.threshold <= 0.5
    assert best.pooled_dsc == 1.0


def test_small_components_are_dropped_as_in_use():
    assert sweep(area=17.0)[0.3].hit == 0
    assert sweep(area=16.0)[0.3].hit == 2


def test_the_extent_stays_while_the_threshold_rises():
    bordered = PROBABILITY.copy()
    bordered[4:10, 4:10] = np.maximum(bordered[4:10, 4:10], 0.35)
    found = sweep_view(bordered, TRUTH, 1.0, 0.0, 0.3)
    assert found[0.85].true_positive == 16
    assert found[0.85].false_positive == 36 - 16
    assert found[0.3].false_spots == 1
    assert found[0.4].false_spots == 0


def test_views_without_a_lesion_have_no_sensitivity():
    empty = sweep_view(PROBABILITY, np.zeros_like(TRUTH), 1.0, 0.0)
    curve = free_response([empty])
    assert [point.threshold for point in curve] == list(CANDIDATES)
    assert all(point.lesion_sensitivity is None for point in curve)
    assert curve[0].false_spots_per_view == 3.0


def test_nothing_to_choose_from():
    assert free_response([]) == ()
    with pytest.raises(TrainingRefused, match="validation patients"):
        best_threshold(())


CURVE = (
    OperatingPoint(0.2, 0.7, 0.9, 0.5),
    OperatingPoint(0.4, 0.7, 0.8, 1.5),
    OperatingPoint(0.6, 0.695, 0.7, 1.0),
    OperatingPoint(0.8, 0.702, 0.6, 0.4),
)


def test_the_lowest_extent_of_the_best_overlap_ships():
    assert outlining_point(CURVE).threshold == 0.2
    assert outlining_point(CURVE[2:]).threshold == 0.8
    with pytest.raises(TrainingRefused, match="validation patients"):
        outlining_point(())


def test_the_lowest_threshold_with_at_most_one_false_spot_a_view_ships():
    assert operating_point(CURVE, 0.3).threshold == 0.6
    assert operating_point(CURVE, 0.2).threshold == 0.2
    assert operating_point(CURVE, 0.7).threshold == 0.8


def test_few_false_spots_do_not_pay_for_a_worse_overlap():
    noisy = (*CURVE[1:2], OperatingPoint(0.9, 0.3, 0.2, 0.0))
    assert operating_point(noisy, 0.3).threshold == 0.4
    with pytest.raises(TrainingRefused, match="validation patients"):
        operating_point((), 0.3)
