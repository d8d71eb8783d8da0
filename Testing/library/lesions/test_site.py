"""Levels and sides of points whose anatomy is known."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from BMLesionSegLib.lesions import Level, Side, find_body
from BMLesionSegLib.lesions.site import LOWER_ENDS, level_of, locate
from BMLesionSegLib.scan import ViewName
from Testing.library.doll import Doll


@pytest.mark.parametrize(
    ("height", "lateral", "level"),
    [
        (0.060, 0.02, Level.SKULL),
        (0.140, 0.00, Level.NECK),
        (0.180, 0.08, Level.SHOULDER_GIRDLE),
        (0.180, 0.01, Level.CHEST),
        (0.260, 0.07, Level.CHEST),
        (0.330, 0.05, Level.CHEST),
        (0.330, 0.01, Level.LUMBAR),
        (0.400, 0.01, Level.LUMBAR),
        (0.400, 0.05, Level.PELVIS),
        (0.450, 0.00, Level.PELVIS),
        (0.500, 0.085, Level.PELVIS),
        (0.600, 0.06, Level.THIGH),
        (0.700, 0.04, Level.KNEE),
        (0.800, 0.04, Level.LOWER_LEG),
        (0.960, 0.05, Level.FOOT),
        (0.300, 0.12, Level.ARM),
        (0.550, 0.14, Level.ARM),
    ],
)
def test_level_of_known_places(height: float, lateral: float, level: Level):
    assert level_of(height, lateral) is level


def test_levels_follow_each_other_from_head_to_foot():
    assert list(LOWER_ENDS.values()) == sorted(LOWER_ENDS.values())


@given(st.floats(-0.5, 1.5), st.floats(0, 0.3))
def test_every_place_has_a_known_level(height: float, lateral: float):
    assert level_of(height, lateral) is not Level.UNKNOWN


@pytest.mark.parametrize(
    ("left_mm", "side"),
    [(80.0, Side.LEFT), (-80.0, Side.RIGHT), (15.0, Side.MIDLINE), (-15.0, Side.MIDLINE)],
)
def test_side_is_the_patients(left_mm: float, side: Side):
    body = find_body(Doll().view(ViewName.ANTERIOR))
    assert locate(body, 300, left_mm).side is side


def test_a_site_reads_as_a_physician_writes_it():
    body = find_body(Doll().view(ViewName.ANTERIOR))
    assert str(locate(body, 260, 80.0)) == "left chest"


def test_without_head_and_feet_no_level_is_claimed():
    body = find_body(Doll().view(ViewName.ANTERIOR))
    cut = replace(body, cut_at_head=True, cut_at_feet=True)
    assert locate(cut, 260, 80.0).level is Level.UNKNOWN
