"""The whole assessment, on the doll and on simulated patients."""

import numpy as np
import pytest

from BMLesionSegLib.lesions import find_body
from BMLesionSegLib.quality import FlagKind, QualityReport, assess
from BMLesionSegLib.scan import BoneScan, ViewName
from Testing.library.doll import SHAPE, Block, Doll, view_of


def report_on(scan: BoneScan) -> QualityReport:
    return assess(scan, {view.name: find_body(view) for view in scan})


def kinds(scan: BoneScan) -> set[FlagKind]:
    return {flag.kind for flag in report_on(scan).flags}


def test_the_doll_is_in_order():
    report = report_on(Doll().scan())
    assert report.flags == ()
    assert report.headline(0) == "none found, not a normal scan"
    assert set(report.total_counts) == set(ViewName)


@pytest.mark.parametrize(
    ("doll", "kind"),
    [
        (Doll(scale=0.5), FlagKind.LOW_COUNTS),
        (Doll(limbs=0.2, spine=3), FlagKind.DIFFUSE_AXIAL),
        (Doll(kidneys=1.5), FlagKind.KIDNEYS_NOT_SEEN),
        (Doll(spots=(Block(450, 465, -8, 8, 600.0),)), FlagKind.VERY_HOT_SPOT),
    ],
)
def test_what_is_done_to_the_doll_is_noticed_and_blocks(doll: Doll, kind: FlagKind):
    report = report_on(doll.scan())
    assert kind in {flag.kind for flag in report.flags}
    assert "none found" not in report.headline(0)


def test_a_cut_body_is_not_searched_for_kidneys():
    scan = Doll(kidneys=1.5).scan()
    cut = tuple(view_of(view.name, view.counts[:500]) for view in scan)
    found = kinds(BoneScan(cut, "x"))
    assert FlagKind.BODY_CUT in found
    assert FlagKind.KIDNEYS_NOT_SEEN not in found


@pytest.mark.parametrize("seed", range(3))
def test_any_counts_can_be_assessed(seed: int):
    rng = np.random.default_rng(seed)
    counts = np.zeros(SHAPE)
    row, column = rng.integers(0, 1000), rng.integers(0, 240)
    counts[row : row + 20, column : column + 10] = rng.integers(1, 500)
    report = report_on(BoneScan((view_of(ViewName.POSTERIOR, counts),), "x"))
    assert report.blocks_normal
