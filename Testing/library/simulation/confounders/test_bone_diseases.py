"""Benign diseases of bone: whom they befall and where they lie."""

import numpy as np
import pytest

from BMLesionSegLib.simulation.anatomy.physique import Sex, draw_physique
from BMLesionSegLib.simulation.anatomy.skeleton import build_skeleton
from BMLesionSegLib.simulation.cohort import Person
from BMLesionSegLib.simulation.confounders.bone_diseases import bone_diseases, dysplasia
from BMLesionSegLib.simulation.disease.hot_spots import Bones
from BMLesionSegLib.simulation.disease.sites import Primary


@pytest.fixture(scope="module")
def bones():
    rng = np.random.default_rng(8)
    skeleton = build_skeleton(draw_physique(Sex.MALE, 60, rng), rng)
    return Bones(skeleton, skeleton.volume)


def sites(bones, primary, seed):
    """Where the bone diseases of a patient lie."""
    person = Person(Sex.MALE, 20, primary, None, 1.0)
    spots = bone_diseases(bones, person, np.random.default_rng(seed))
    return {spot.site for spot in spots if spot is not None}


def test_osteoarthropathy_befalls_lung_cancer_alone(bones):
    """Four in a hundred; at twenty years hardly anyone has another of the diseases."""
    shafts = {"left femur", "right femur", "left tibia", "right tibia", "left radius"}
    ill = [seed for seed in range(200) if shafts <= sites(bones, Primary.LUNG, seed)]
    assert 2 <= len(ill) <= 16
    assert not any(shafts <= sites(bones, Primary.BREAST, seed) for seed in ill)


def test_dysplasia_befalls_few(bones):
    """Five in a thousand, a third of them in a rib, where none of the other diseases lies."""
    found = [sites(bones, Primary.OTHER, seed) for seed in range(2000)]
    assert 1 <= sum(any("rib" in site for site in one) for one in found) <= 9


def test_dysplasia_is_a_stretch_of_a_rib_the_femur_or_the_tibia(bones):
    for seed in range(20):
        spot = dysplasia(bones, np.random.default_rng(seed))
        assert any(name in spot.site for name in ("rib", "femur", "tibia"))
        assert 2 < spot.uptake < 4
        whole = bones.skeleton.points[bones.skeleton.indices([spot.site])]
        if "rib" not in spot.site:
            # 60 to 160 mm at most of their gain; both bones are longer.
            assert np.ptp(spot.points[:, 2]) < np.ptp(whole[:, 2])
