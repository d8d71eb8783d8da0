import numpy as np
import pytest

from BMLesionSegLib.scan import ViewName
from BMLesionSegLib.simulation.anatomy.physique import Sex, draw_physique
from BMLesionSegLib.simulation.anatomy.skeleton import build_skeleton
from BMLesionSegLib.simulation.camera.camera import Acquisition
from BMLesionSegLib.simulation.confounders.implants import Shade, prostheses, shades
from BMLesionSegLib.simulation.disease.hot_spots import Bones, SpotKind

SCAN = Acquisition(1e6, 0.01, 30.0, 1.0, 0.3, 10.0, 0.0, 1700.0)


@pytest.fixture(scope="module")
def bones():
    rng = np.random.default_rng(5)
    skeleton = build_skeleton(draw_physique(Sex.FEMALE, 70, rng), rng)
    return Bones(skeleton, skeleton.volume)


def test_a_shade_darkens_its_place_in_its_view_alone():
    shade = Shade(SpotKind.PHYSIOLOGICAL, "pacemaker", ViewName.ANTERIOR, (100.0, 1300.0),
                  (25.0, 25.0), 0.3, 8.0)  # fmt: skip
    lets = shade.transmission(ViewName.ANTERIOR, SCAN)
    row, column = round(10 + 400 / 2.26), round(127.5 + 100 / 2.26)
    assert lets[row, column] == pytest.approx(0.3, abs=0.01)
    assert lets[row, column - 40] == 1
    assert np.array_equal(shade.transmission(ViewName.POSTERIOR, SCAN), np.ones((1024, 256)))


def test_metal_takes_uptake_away_and_nothing_grows_there(bones):
    for seed in range(400):
        spots, left = prostheses(bones, 90, np.random.default_rng(seed))
        if spots:
            break
    assert spots
    for spot in spots:
        assert spot.kind is SpotKind.BENIGN
        assert (spot.emission < 0).all()
    lost = bones.normal.sum() - left.normal.sum()
    assert lost == pytest.approx(-sum(float(spot.emission.sum()) for spot in spots), rel=1e-3)


def test_most_patients_have_no_implant(bones):
    rng = np.random.default_rng(6)
    with_metal = [bool(prostheses(bones, 65, rng)[0]) for _ in range(400)]
    assert 0.005 < np.mean(with_metal) < 0.10
    body = draw_physique(Sex.MALE, 60, rng)
    assert np.mean([bool(shades(body, rng)) for _ in range(500)]) < 0.07
