"""Superscan, kidneys and urine at both sides of each limit."""

from dataclasses import replace

import pytest

from BMLesionSegLib.lesions import Level, Side, Site
from BMLesionSegLib.quality import FlagKind
from BMLesionSegLib.quality.regional_uptake import RegionalUptake
from BMLesionSegLib.quality.uptake import uptake_flags
from BMLesionSegLib.scan import ViewName

NORMAL = RegionalUptake(
    spine=20.0,
    kidneys=7.0,
    head=8.0,
    knees=7.0,
    legs_share=0.22,
    hottest=80.0,
    hottest_site=Site(Level.PELVIS, Side.MIDLINE),
)
FRONT, BACK = ViewName.ANTERIOR, ViewName.POSTERIOR


@pytest.mark.parametrize("name", ViewName)
def test_normal_uptake_has_no_flag(name: ViewName):
    assert list(uptake_flags(name, NORMAL)) == []


@pytest.mark.parametrize(
    ("name", "share", "flagged"),
    [(FRONT, 0.125, False), (FRONT, 0.115, True), (BACK, 0.115, False), (BACK, 0.105, True)],
)
def test_faint_legs_suggest_a_superscan(name: ViewName, share: float, flagged: bool):
    flags = list(uptake_flags(name, replace(NORMAL, legs_share=share)))
    assert [flag.kind for flag in flags] == [FlagKind.DIFFUSE_AXIAL] * flagged
    assert all(flag.blocks_normal and "superscan" in flag.text for flag in flags)


@pytest.mark.parametrize(
    ("name", "kidneys", "flagged"), [(BACK, 2.3, False), (BACK, 2.1, True), (FRONT, 0.1, False)]
)
def test_kidneys_are_looked_for_behind(name: ViewName, kidneys: float, flagged: bool):
    flags = list(uptake_flags(name, replace(NORMAL, kidneys=kidneys)))
    assert [flag.kind for flag in flags] == [FlagKind.KIDNEYS_NOT_SEEN] * flagged


@pytest.mark.parametrize(("hottest", "flagged"), [(199.0, False), (201.0, True)])
def test_a_spot_ten_times_the_spine_is_very_hot(hottest: float, flagged: bool):
    flags = list(uptake_flags(FRONT, replace(NORMAL, hottest=hottest)))
    assert [flag.kind for flag in flags] == [FlagKind.VERY_HOT_SPOT] * flagged
    assert all("midline pelvis" in flag.text for flag in flags)
