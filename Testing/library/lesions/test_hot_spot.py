"""Click a hot spot: what is outlined, on discs whose edge is known."""

import numpy as np
import pytest

from BMLesionSegLib.errors import CountsRefused
from BMLesionSegLib.lesions import grow_hot_spot
from BMLesionSegLib.scan import EvidenceKind, View, ViewEvidence, ViewName

SHAPE = (200, 120)
DOWN, ACROSS = np.indices(SHAPE)


def view_of(counts) -> View:
    evidence = ViewEvidence(EvidenceKind.USER, "test")
    return View(ViewName.ANTERIOR, counts.astype(np.float32), (2.0, 2.0), evidence)


def gaussian(row, column, sigma_pixels, peak):
    return peak * np.exp(-((DOWN - row) ** 2 + (ACROSS - column) ** 2) / (2 * sigma_pixels**2))


def test_a_gaussian_ends_at_its_isocontour():
    # Smoothing by 2.5 mm widens sigma 10 mm to hypot(10, 2.5) = 10.3 mm; the contour of 41 %
    # of a gaussian lies at sigma * sqrt(2 ln(1 / 0.41)) = 1.335 sigma = 13.76 mm.
    spot = grow_hot_spot(view_of(gaussian(100, 60, 5, 1000.0)), 102, 58)
    radius_mm = np.sqrt(spot.sum() * 4 / np.pi)
    assert radius_mm == pytest.approx(13.76, rel=0.02)
    assert spot[100, 60]


def test_a_neighbour_that_is_not_connected_stays_outside():
    spot = grow_hot_spot(view_of(gaussian(60, 60, 4, 900.0) + gaussian(110, 60, 4, 900.0)), 60, 60)
    assert spot[60, 60]
    assert not spot[110, 60]


def test_warm_surroundings_raise_the_contour_to_half_of_the_peak():
    # Bone at 45 % of the peak everywhere: 41 and 44 % would flood the view, 47 % does not.
    spot = grow_hot_spot(view_of(gaussian(100, 60, 5, 550.0) + 450.0), 100, 60)
    assert spot.sum() * 4.0 < np.pi * 30**2 * 0.8


def test_hot_surroundings_end_30_mm_from_the_peak():
    spot = grow_hot_spot(view_of(gaussian(100, 60, 5, 100.0) + 900.0), 100, 60)
    rows, columns = np.nonzero(spot)
    assert np.hypot(rows - 100, columns - 60).max() * 2.0 <= 30.0
    assert spot.sum() * 4.0 == pytest.approx(np.pi * 30**2, rel=0.05)


def test_what_is_taken_is_left_out():
    taken = ACROSS < 60
    spot = grow_hot_spot(view_of(gaussian(100, 60, 5, 1000.0)), 100, 60, taken)
    assert spot.any()
    assert not (spot & taken).any()


@pytest.mark.parametrize(
    ("row", "column", "taken", "came"),
    [
        (-1, 5, None, "outside"),
        (5, 120, None, "outside"),
        (5, 5, None, "none came"),
        (100, 60, np.ones(SHAPE, bool), "belongs to a lesion"),
    ],
)
def test_a_click_on_nothing_is_refused(row, column, taken, came):
    counts = np.where((np.abs(DOWN - 100) < 5) & (np.abs(ACROSS - 60) < 5), 50.0, 0.0)
    with pytest.raises(CountsRefused, match=came):
        grow_hot_spot(view_of(counts), row, column, taken)
