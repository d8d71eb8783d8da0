import numpy as np
import pytest

from BMLesionSegLib.simulation.anatomy.physique import Sex, draw_physique
from BMLesionSegLib.simulation.anatomy.skeleton import build_skeleton
from BMLesionSegLib.simulation.confounders.bone_diseases import collapse, osteoarthropathy, paget
from BMLesionSegLib.simulation.disease.hot_spots import Bones, SpotKind
from BMLesionSegLib.simulation.disease.metastases import metastases
from BMLesionSegLib.simulation.disease.sites import Extent, Primary


@pytest.fixture(scope="module")
def bones():
    rng = np.random.default_rng(8)
    skeleton = build_skeleton(draw_physique(Sex.MALE, 60, rng), rng)
    return Bones(skeleton, skeleton.volume)


def rng():
    return np.random.default_rng(9)


def test_as_many_lesions_as_asked_some_over_two_vertebrae(bones):
    spots = metastases(bones, Primary.LUNG, Extent(40, 1.0, 0.0, rib_rows=False), rng())
    assert 36 <= len(spots) <= 60
    assert {spot.kind for spot in spots} == {SpotKind.METASTASIS}


def test_lung_cancer_goes_to_ribs_most(bones):
    spots = metastases(bones, Primary.LUNG, Extent(400, 1.0, 0.0, rib_rows=False), rng())
    sites = [spot.site for spot in spots]
    assert 0.15 < np.mean(["rib" in site for site in sites]) < 0.45


def test_a_superscan_takes_the_axial_skeleton_and_leaves_the_limbs(bones):
    extent = Extent(0, 1.0, 0.0, rib_rows=False, superscan=True)
    spots = metastases(bones, Primary.PROSTATE, extent, rng())
    sites = {spot.site for spot in spots}
    assert {f"L{i}" for i in range(1, 6)} | {f"T{i}" for i in range(1, 13)} <= sites
    assert {"sacrum", "left ilium", "right rib 5"} <= sites
    assert not any("tibia" in site or "hand" in site or "knee" in site for site in sites)
    vertebral = [spot.uptake for spot in spots if spot.site.startswith("L")]
    assert 2 < np.median(vertebral) < 6


def test_confluent_disease_takes_more_vertebrae_the_further_it_goes(bones):
    counts = [
        len([s for s in metastases(bones, Primary.BREAST, Extent(0, 1.0, share, False), rng())
             if s.site[0] in "LT" and s.site[1:].isdigit()])
        for share in (0.3, 0.98)
    ]  # fmt: skip
    assert counts[0] < counts[1] >= 14


def test_rows_of_foci_over_half_the_ribs_of_both_sides(bones):
    spots = metastases(bones, Primary.BREAST, Extent(0, 1.0, 0.0, rib_rows=True), rng())
    places = [spot.site for spot in spots]
    assert all("rib" in place for place in places)
    assert len(set(places)) == len(places)
    assert 6 <= len(places) <= 18
    assert {place.split()[0] for place in places} == {"left", "right"}


def test_a_focus_that_touches_no_bone_is_none(bones):
    assert bones.focus(["L3"], [2000.0, 0.0, 0.0], [10, 10, 10], 3.0) is None


def test_a_ring_is_cold_inside_and_hot_at_its_rim(bones):
    centre = bones.skeleton.points[bones.skeleton.indices(["left ilium"])].mean(0)
    spot = bones.ring(["left ilium"], centre, [25, 25, 25], 2.0)
    away = np.linalg.norm(spot.points - centre, axis=1)
    assert (spot.emission[away < 12] < 0).all()
    assert (spot.emission[(away > 26) & (away < 30)] > 0).all()
    cold = bones.ring(["left ilium"], centre, [25, 25, 25], 0.0)
    assert (cold.emission <= 0).all()


def test_collapse_is_a_band_across_a_vertebra(bones):
    spots = [spot for spot in collapse(bones, rng()) if spot is not None]
    assert spots
    for spot in spots:
        assert spot.site[0] in "LT"
        weight = np.maximum(spot.emission, 0)
        middle = np.average(spot.points, 0, weight)
        spread = np.sqrt(np.average((spot.points - middle) ** 2, 0, weight))
        assert spread[0] > 1.5 * spread[2]


def test_paget_takes_whole_bones_and_osteoarthropathy_all_shafts(bones):
    assert all(spot.uptake > 2 for spot in paget(bones, rng()))
    sites = {spot.site for spot in osteoarthropathy(bones, rng())}
    assert {"left femur", "right femur", "left tibia", "right radius"} <= sites
