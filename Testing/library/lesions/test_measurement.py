"""Measurements that can be done by hand."""

import numpy as np
import pytest

from BMLesionSegLib.lesions import (
    Level,
    ReviewStatus,
    Side,
    find_body,
    measure_lesions,
    median_skeletal_uptake,
)
from BMLesionSegLib.scan import View, ViewName
from Testing.library.doll import SHAPE, Doll, view_of


def view_with_three_pixels() -> View:
    counts = Doll().view(ViewName.ANTERIOR).counts.copy()
    counts[260, 170:172] = 100, 300
    counts[261, 170] = 200
    return view_of(ViewName.ANTERIOR, counts)


def labels_of_three_pixels(number: int = 1) -> np.ndarray:
    labels = np.zeros(SHAPE, np.int32)
    labels[260, 170:172] = labels[261, 170] = number
    return labels


def measured(labels, probability):
    view = view_with_three_pixels()
    return measure_lesions(view, find_body(view), labels, probability)


def test_three_pixels_measured_by_hand():
    view = view_with_three_pixels()
    probability = np.full(SHAPE, 0.9, np.float32)
    probability[261, 170] = 0.6
    (lesion,) = measure_lesions(view, find_body(view), labels_of_three_pixels(), probability)
    assert lesion.pixels == 3
    assert lesion.area_mm2 == 12.0
    assert lesion.centroid == pytest.approx((260 + 1 / 3, 170 + 1 / 3))
    assert lesion.box == (260, 170, 262, 172)
    assert (lesion.max_counts, lesion.mean_counts, lesion.total_counts) == (300, 200, 600)
    assert lesion.mean_probability == pytest.approx(0.8, abs=1e-6)
    reference = median_skeletal_uptake(view, find_body(view))
    assert lesion.uptake_ratio == pytest.approx(200 / reference)
    assert lesion.left_of_midline_mm == pytest.approx((170 + 1 / 3 - 127.5) * 2, abs=4)
    assert (lesion.site.level, lesion.site.side) == (Level.CHEST, Side.LEFT)
    assert lesion.status is ReviewStatus.UNREVIEWED
    assert lesion.segment_id == "anterior-1"


def test_numbers_with_gaps_are_kept():
    probability = np.ones(SHAPE, np.float32)
    lesions = measured(labels_of_three_pixels(7), probability)
    assert [lesion.number for lesion in lesions] == [7]


def test_a_neighbour_inside_the_box_is_not_counted():
    labels = labels_of_three_pixels()
    labels[261, 171] = 2
    first, second = measured(labels, np.ones(SHAPE, np.float32))
    assert (first.pixels, second.pixels) == (3, 1)
    assert first.total_counts == 600


def test_no_labels_no_lesions():
    nothing = np.zeros(SHAPE, np.int32)
    assert measured(nothing, nothing.astype(np.float32)) == ()
