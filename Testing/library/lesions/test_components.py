"""Components of maps that fit on paper."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from BMLesionSegLib.lesions.components import label_components


def test_the_threshold_belongs_to_the_lesion():
    probability = np.array([[0.5, 0.49]], np.float32)
    assert label_components(probability, 0.5, 1.0, 0.0).tolist() == [[1, 0]]


def test_pixels_that_touch_at_a_corner_are_one_lesion():
    probability = np.eye(3, dtype=np.float32)
    assert label_components(probability, 0.5, 1.0, 0.0).max() == 1


def test_numbers_run_from_head_to_foot_without_gaps_left_by_small_ones():
    probability = np.zeros((9, 6), np.float32)
    probability[7:9, 0:2] = 1
    probability[1:3, 3:5] = 1
    probability[4, 0] = 1
    labels = label_components(probability, 0.5, 1.0, 2.0)
    assert labels[1, 3] == 1
    assert labels[4, 0] == 0
    assert labels[7, 0] == 2
    assert labels.dtype == np.int32


def test_the_least_area_is_in_square_millimetres():
    probability = np.zeros((4, 4), np.float32)
    probability[0, :3] = 1
    assert label_components(probability, 0.5, 4.0, 12.0).max() == 1
    assert label_components(probability, 0.5, 4.0, 12.1).max() == 0


PEAKS = np.array([[0.3, 0.9, 0.3, 0.0, 0.3, 0.6, 0.3, 0.0, 0.3]], np.float32)


def test_the_peak_decides_what_is_called_and_the_extent_how_far_it_reaches():
    assert label_components(PEAKS, 0.8, 1.0, 0.0, 0.2).tolist() == [[1, 1, 1, 0, 0, 0, 0, 0, 0]]
    assert label_components(PEAKS, 0.5, 1.0, 0.0, 0.2).tolist() == [[1, 1, 1, 0, 2, 2, 2, 0, 0]]


def test_below_the_extent_the_threshold_decides_alone():
    assert label_components(PEAKS, 0.25, 1.0, 0.0, 0.5).tolist() == [[1, 1, 1, 0, 2, 2, 2, 0, 3]]


def test_the_area_is_that_of_the_whole_extent():
    assert label_components(PEAKS, 0.8, 1.0, 3.0, 0.2).max() == 1
    assert label_components(PEAKS, 0.8, 1.0, 3.0).max() == 0


@given(
    arrays(np.float32, (12, 9), elements=st.floats(0, 1, width=32)),
    st.floats(0.05, 0.95),
    st.floats(0.05, 1.0),
    st.floats(0.0, 0.3),
)
def test_a_higher_threshold_takes_lesions_away_and_leaves_the_others_as_they_were(
    probability: np.ndarray, threshold: float, extent: float, higher: float
):
    first = max(threshold, extent)
    before = label_components(probability, first, 1.0, 0.0, extent)
    after = label_components(probability, min(first + higher, 1.0), 1.0, 0.0, extent)
    assert not (after > 0)[before == 0].any()
    for number in range(1, before.max() + 1):
        left = after[before == number] > 0
        assert left.all() or not left.any()


def test_an_empty_map_has_no_labels():
    assert not label_components(np.zeros((5, 5), np.float32), 0.5, 1.0, 0.0).any()


@given(
    arrays(np.float32, (12, 9), elements=st.floats(0, 1, width=32)),
    st.floats(0.05, 0.95),
    st.integers(0, 6),
)
def test_components_are_exactly_the_large_enough_pixels(
    probability: np.ndarray, threshold: float, least: int
):
    labels = label_components(probability, threshold, 1.0, least)
    everything = label_components(probability, threshold, 1.0, 0.0)
    assert ((everything > 0) == (probability >= threshold)).all()
    areas = np.bincount(labels.ravel())[1:]
    assert (areas >= least).all()
    dropped = (everything > 0) & (labels == 0)
    assert (np.bincount(everything[dropped]) < max(least, 1)).all()
    first_rows = [np.argwhere(labels == number)[0][0] for number in range(1, labels.max() + 1)]
    assert first_rows == sorted(first_rows)
