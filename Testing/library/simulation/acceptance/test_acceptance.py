import numpy as np
import pytest

from BMLesionSegLib.simulation.acceptance.acceptance import (
    Statistic,
    about,
    auc,
    of_paper,
    of_region,
    resolution,
    verdict,
)
from BMLesionSegLib.simulation.acceptance.boxes import ANT, Box
from BMLesionSegLib.simulation.acceptance.targets import BAND_EDGES, BANDS, REGIONAL, Regional

LOW, HIGH = Statistic("low", 0.4, 0.5, 1, "x"), Statistic("high", 1, 0.5, 1, "x", must=True)


def test_a_value_passes_in_its_range_limits_included():
    assert not LOW.passed
    assert HIGH.passed


def test_all_that_must_and_nine_tenths_of_the_rest_have_to_pass():
    good = Statistic("good", 0.7, 0.5, 1, "x")
    assert verdict([HIGH, LOW, *[good] * 9]).startswith("ACCEPTED: 1 of 1")
    assert verdict([HIGH, LOW, *[good] * 8]).startswith("NOT ACCEPTED")
    bad = Statistic("bad", 2, 0.5, 1, "x", must=True)
    assert verdict([bad, *[good] * 10]).startswith("NOT ACCEPTED: 0 of 1")


def test_auc_counts_pairs_and_halves_of_ties():
    assert auc(np.array([3.0, 4.0]), np.array([1.0, 2.0])) == 1
    assert auc(np.array([2.0, 0.0]), np.array([1.0, 2.0])) == pytest.approx((1.5 + 0) / 4)


def test_a_region_is_asked_for_its_median_and_spread():
    region = Regional("x", Box(ANT, ("rib",)), 0.5, 1.0, 2.0)
    median, spread = of_region("x", region, lambda _, rank: {10: 0.6, 50: 1.2, 90: 1.6}[rank])
    assert (median.low, median.high) == (0.75, 1.25)
    assert median.passed
    assert spread.value == pytest.approx(np.log(1.6 / 0.6))
    assert spread.low == pytest.approx(0.5 * np.log(4))
    unknown = Regional("x", Box(ANT, ("rib",)), 0, 1.0, 0)
    assert len(list(of_region("x", unknown, lambda *_: 1.0))) == 1


def test_the_camera_has_the_resolution_of_a_low_energy_collimator():
    assert all(statistic.passed for statistic in resolution())


def test_lesions_are_counted_and_shared_over_sites():
    patients = [
        {"lesions anterior": 2, "lesions posterior": 4, "sites": ["L1", "L2", "left rib 1"]},
        {"lesions anterior": 4, "lesions posterior": 4, "sites": ["left rib 1"]},
    ]
    found = {
        s.name: s.value
        for s in of_paper(patients, {"L1": "lumbar", "L2": "lumbar", "left rib 1": "rib"})
    }
    assert found["lesions anterior, mean"] == 3
    assert found["site: vertebrae, %"] == found["site: thoracic bones, %"] == 50


def test_targets_are_consistent():
    assert len({region.name for region in REGIONAL}) == len(REGIONAL)
    assert all(r.low <= r.median for r in REGIONAL)
    assert list(BAND_EDGES) == sorted(BAND_EDGES)
    assert len(BAND_EDGES) == len(BANDS) + 1
    assert about(10, 0.2) == (8, 12)
