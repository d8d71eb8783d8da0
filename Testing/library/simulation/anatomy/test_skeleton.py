from itertools import pairwise

import numpy as np
import pytest
from scipy.spatial import cKDTree

from BMLesionSegLib.simulation.anatomy.physique import Sex, draw_physique
from BMLesionSegLib.simulation.anatomy.skeleton import build_skeleton
from BMLesionSegLib.simulation.uptake.uptake_parameters import NORMAL_UPTAKE


@pytest.fixture(scope="module")
def skeleton():
    rng = np.random.default_rng(3)
    return build_skeleton(draw_physique(Sex.MALE, 50, rng), rng)


def middle(skeleton, name):
    return skeleton.points[skeleton.indices([name])].mean(0)


def test_every_bone_is_there_once_and_has_a_normal_uptake(skeleton):
    names = [bone.name for bone in skeleton.bones]
    assert len(names) == len(set(names))
    assert sum(bone.group == "rib" for bone in skeleton.bones) == 24
    assert sum(bone.group in ("lumbar", "thoracic", "cervical") for bone in skeleton.bones) == 24
    assert {bone.group for bone in skeleton.bones} == set(NORMAL_UPTAKE)


def test_the_spine_has_no_gap(skeleton):
    levels = [f"L{i}" for i in range(5, 0, -1)] + [f"T{i}" for i in range(12, 0, -1)]
    for below, above in pairwise(levels):
        top = skeleton.points[skeleton.indices([below])][:, 2].max()
        bottom = skeleton.points[skeleton.indices([above])][:, 2].min()
        assert bottom - top < 4


def test_joints_touch(skeleton):
    pairs = [
        ("left humeral head", "left glenoid"),
        ("left humerus", "left elbow"),
        ("left elbow", "left radius"),
        ("left radius", "left wrist"),
        ("left femoral head", "left acetabulum"),
        ("left femur", "left femoral head"),
        ("left femur", "left knee"),
        ("left knee", "left tibia"),
        ("left tibia", "left ankle"),
        ("left ankle", "left foot"),
        ("left clavicle", "manubrium"),
        ("sacrum", "left sacroiliac joint"),
        ("sacrum", "L5"),
        ("C1", "skull base"),
    ]
    for one, other in pairs:
        a = skeleton.points[skeleton.indices([one])]
        b = skeleton.points[skeleton.indices([other])]
        assert cKDTree(a).query(b)[0].min() < 9, (one, other)


def test_left_is_left_and_front_is_front(skeleton):
    assert middle(skeleton, "left humerus")[0] > 100
    assert middle(skeleton, "right humerus")[0] < -100
    assert middle(skeleton, "sternal body")[1] > 60 > -20 > middle(skeleton, "T6")[1]


def test_landmarks_lie_where_bone_scans_have_them(skeleton):
    """Fractions of vertex to foot tip over 20 real scans, with a third of a standard tolerance."""
    top = skeleton.points[:, 2].max()
    length = top - skeleton.points[:, 2].min()
    crest = skeleton.points[skeleton.indices(["left ilium"])][:, 2].max()
    seat = skeleton.points[skeleton.indices(["left ischium"])][:, 2].min()
    knee = skeleton.points[skeleton.indices(["left knee"])][:, 2].mean()
    assert (top - crest) / length == pytest.approx(0.377, abs=0.02)
    assert (top - seat) / length == pytest.approx(0.517, abs=0.02)
    assert (top - knee) / length == pytest.approx(0.705, abs=0.025)
