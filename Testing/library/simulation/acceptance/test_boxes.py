import numpy as np
import pytest

from BMLesionSegLib.simulation.acceptance.boxes import ANT, POST, Box, Frame, high, mean
from BMLesionSegLib.simulation.anatomy.outline import outline
from BMLesionSegLib.simulation.anatomy.physique import Sex, draw_physique
from BMLesionSegLib.simulation.anatomy.skeleton import build_skeleton
from BMLesionSegLib.simulation.camera.camera import draw_acquisition
from BMLesionSegLib.simulation.camera.projection import skeleton_rays
from BMLesionSegLib.simulation.camera.source import Source


@pytest.fixture(scope="module")
def seen():
    rng = np.random.default_rng(4)
    body = draw_physique(Sex.FEMALE, 50, rng)
    skeleton = build_skeleton(body, rng)
    parts = {part.name: part for part in outline(body)}
    source = Source(skeleton, skeleton.volume, (), parts, 0.0)
    scan = draw_acquisition(1702 * body.scale[2], rng)
    return skeleton, {view: skeleton_rays(source, view, scan) for view in (ANT, POST)}


def test_a_left_bone_lies_right_in_front_and_left_behind(seen):
    skeleton, rays = seen
    front = Box(ANT, ("femur",), "left").place(skeleton, rays[ANT])
    back = Box(POST, ("femur",), "left").place(skeleton, rays[POST])
    assert front[1].start > 127.5 > back[1].stop
    assert front[0] == back[0]


def test_medial_means_towards_the_other_leg_in_both_views(seen):
    skeleton, rays = seen
    for view in (ANT, POST):
        shaft, beside = (
            Box(view, ("femur",), "left", (0.4, 0.6), columns).place(skeleton, rays[view])[1]
            for columns in ((0, 1), (-2, -1))
        )
        assert abs(beside.start - 127.5) < abs(shaft.start - 127.5)


def test_a_share_of_the_rows_is_a_share_of_the_extent(seen):
    skeleton, rays = seen
    whole = Box(ANT, ("femur",), "left").place(skeleton, rays[ANT])[0]
    upper = Box(ANT, ("femur",), "left", rows=(0, 0.5)).place(skeleton, rays[ANT])[0]
    assert upper.start == whole.start
    assert upper.stop - upper.start == pytest.approx((whole.stop - whole.start) / 2, abs=1.5)


def test_named_bones_alone_count(seen):
    skeleton, rays = seen
    one = Box(ANT, ("rib",), names=("left rib 7",)).place(skeleton, rays[ANT])
    assert one[1].start > 120
    assert one[0].stop - one[0].start < 90


def test_fractions_are_in_body_lengths():
    place = slice(110, 210), slice(100, 150)
    assert Frame(10, 510, 125).fractions(place) == (0.2, 0.4, -0.05, 0.05)


def test_reading_a_box():
    image = np.arange(100, dtype=np.float32).reshape(10, 10)
    place = slice(0, 2), slice(0, 5)
    assert mean(image, place) == 7
    assert high(image, place) == pytest.approx(13.55)
