"""Regions of the doll hold what the doll was given."""

import pytest

from BMLesionSegLib.lesions import Level, Side, find_body
from BMLesionSegLib.quality.regional_uptake import RegionalUptake, regional_uptake
from BMLesionSegLib.scan import ViewName
from Testing.library.doll import HEAD_COUNTS, SPINE_COUNTS, Block, Doll


def measure(doll: Doll, name: ViewName = ViewName.POSTERIOR) -> RegionalUptake:
    view = doll.view(name)
    return regional_uptake(view, find_body(view))


@pytest.mark.parametrize("name", ViewName)
def test_spine_and_head(name: ViewName):
    uptake = measure(Doll(scale=4), name)
    assert uptake.spine == pytest.approx(4 * SPINE_COUNTS[name], rel=0.15)
    # The outline lies a blur outside the head, so the mean is a little lower.
    assert 0.75 < uptake.head / (4 * HEAD_COUNTS[name]) < 1


def test_kidneys_are_seen_behind():
    assert measure(Doll(scale=4, kidneys=12)).kidneys == pytest.approx(48, rel=0.15)


def test_legs_share_halves_with_the_legs():
    whole, half = measure(Doll()).legs_share, measure(Doll(limbs=0.5)).legs_share
    assert half / (1 - half) == pytest.approx(0.5 * whole / (1 - whole), rel=0.05)


def test_urine_does_not_lower_the_legs_share():
    bladder = Block(450, 475, -15, 15, 900.0)
    assert measure(Doll(spots=(bladder,))).legs_share == pytest.approx(
        measure(Doll()).legs_share, rel=0.15
    )


def test_the_hottest_spot_is_placed_on_the_patient():
    spot = measure(Doll(spots=(Block(300, 312, 100, 112, 900.0),)), ViewName.ANTERIOR)
    assert (spot.hottest_site.level, spot.hottest_site.side) == (Level.ARM, Side.LEFT)
    assert spot.hottest > 1000


def test_an_empty_spine_gives_finite_numbers():
    assert measure(Doll(spine=0)).spine > 0
