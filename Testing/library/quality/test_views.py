"""One view, assumed views, swapped views."""

from dataclasses import replace

from BMLesionSegLib.lesions import find_body
from BMLesionSegLib.quality import FlagKind
from BMLesionSegLib.quality.regional_uptake import RegionalUptake, regional_uptake
from BMLesionSegLib.quality.views import spine_forward_index, view_flags
from BMLesionSegLib.scan import BoneScan, EvidenceKind, ViewEvidence, ViewName
from Testing.library.doll import Doll, view_of

SCAN = Doll().scan()


def uptakes(scan: BoneScan) -> dict[ViewName, RegionalUptake]:
    return {view.name: regional_uptake(view, find_body(view)) for view in scan}


def kinds(scan: BoneScan) -> list[FlagKind]:
    return [flag.kind for flag in view_flags(scan, uptakes(scan))]


def test_two_views_of_known_name_have_no_flag():
    assert kinds(SCAN) == []


def test_one_view_blocks():
    scan = BoneScan(SCAN.views[:1], "x")
    (flag,) = view_flags(scan, uptakes(scan))
    assert flag.kind is FlagKind.ONE_VIEW
    assert "posterior" in flag.text
    assert flag.blocks_normal


def test_an_assumed_view_is_said_and_does_not_block():
    guess = ViewEvidence(EvidenceKind.DETECTOR_NUMBER, "detector 1")
    scan = BoneScan((replace(SCAN.views[0], evidence=guess), SCAN.views[1]), "x")
    (flag,) = view_flags(scan, uptakes(scan))
    assert (flag.kind, flag.view) == (FlagKind.VIEW_ASSUMED, ViewName.ANTERIOR)
    assert "detector 1" in flag.text
    assert not flag.blocks_normal


def test_swapped_views_give_a_hint_only():
    front, back = SCAN.views
    swapped = BoneScan(
        (view_of(ViewName.ANTERIOR, back.counts), view_of(ViewName.POSTERIOR, front.counts)), "x"
    )
    (flag,) = view_flags(swapped, uptakes(swapped))
    assert flag.kind is FlagKind.VIEWS_SWAPPED
    assert "hint" in flag.text
    assert not flag.blocks_normal


def test_the_index_by_hand_and_its_inverse():
    both = uptakes(SCAN)
    front = replace(both[ViewName.ANTERIOR], spine=13.0, head=10.0, knees=5.0)
    back = replace(both[ViewName.POSTERIOR], spine=20.0, head=8.0, knees=4.0)
    expected = (((20 / 8) / (13 / 10)) * ((20 / 4) / (13 / 5))) ** 0.5
    assert spine_forward_index(front, back) == expected
    assert abs(spine_forward_index(back, front) * expected - 1) < 1e-12


def test_without_both_whole_bodies_nothing_is_said_about_swapping():
    assert list(view_flags(SCAN, {})) == []
