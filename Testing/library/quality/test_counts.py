"""Enough counts, and as many in front as behind."""

import numpy as np
import pytest

from BMLesionSegLib.quality import FlagKind
from BMLesionSegLib.quality.counts import count_flags, holds_counts, total_counts
from BMLesionSegLib.scan import (
    BoneScan,
    EvidenceKind,
    SourceFrame,
    View,
    ViewEvidence,
    ViewName,
)


def view(name: ViewName, total: float, dicom: bool = True) -> View:
    """A 100 x 10 view with that many counts."""
    counts = np.full((100, 10), (total - 1) // 1000, np.float32)
    counts[0, 0] += total - counts.sum()
    source = SourceFrame("1.2.3", 1) if dicom else None
    return View(name, counts, (2.0, 2.0), ViewEvidence(EvidenceKind.USER, ""), source)


def kinds(front: float, back: float) -> list[FlagKind]:
    scan = BoneScan((view(ViewName.ANTERIOR, front), view(ViewName.POSTERIOR, back)), "x")
    return [flag.kind for flag in count_flags(scan)]


@pytest.mark.parametrize(
    ("front", "back", "expected"),
    [
        (1.2e6, 1.2e6 + 1, []),
        (0.61e6, 0.61e6 + 1, []),
        (0.59e6, 0.70e6, [FlagKind.LOW_COUNTS]),
        (0.5e6 + 1, 0.5e6 + 2, [FlagKind.LOW_COUNTS, FlagKind.LOW_COUNTS]),
        (1.5e6, 1.0e6, [FlagKind.COUNTS_DIFFER]),
        (0.7e6, 1.1e6, [FlagKind.COUNTS_DIFFER]),
        (1.35e6, 1.0e6 + 1, []),
    ],
)
def test_flags_of_two_views(front: float, back: float, expected: list[FlagKind]):
    assert kinds(front, back) == expected


def test_a_view_alone_is_not_compared():
    scan = BoneScan((view(ViewName.ANTERIOR, 1e6 + 1),), "x")
    assert list(count_flags(scan)) == []


def test_scaled_pictures_are_not_called_low_in_counts():
    picture = View(
        ViewName.ANTERIOR,
        np.linspace(0, 1, 1000, dtype=np.float32).reshape(100, 10),
        (2.0, 2.0),
        ViewEvidence(EvidenceKind.USER, ""),
    )
    assert not holds_counts(picture)
    assert list(count_flags(BoneScan((picture,), "x"))) == []


@pytest.mark.parametrize(("dicom", "doubt"), [(True, False), (False, True)])
def test_outside_dicom_the_text_doubts_that_pixels_are_counts(dicom: bool, doubt: bool):
    (flag,) = count_flags(BoneScan((view(ViewName.ANTERIOR, 1001, dicom),), "x"))
    assert ("does not say" in flag.text) is doubt


def test_totals_are_summed_in_double_precision():
    counts = np.full((1024, 256), 201.0, np.float32)
    counts[0, 0] = 202
    one = View(ViewName.ANTERIOR, counts, (2.0, 2.0), ViewEvidence(EvidenceKind.USER, ""))
    assert total_counts(one) == 1024 * 256 * 201 + 1
