"""One or two views of one size, anterior first."""

import numpy as np
import pytest

from BMLesionSegLib.errors import ViewsUnclear
from BMLesionSegLib.scan import BoneScan, EvidenceKind, View, ViewEvidence, ViewName

ANTERIOR, POSTERIOR = ViewName


def view(name: ViewName, rows: int = 4, spacing: float = 2.26) -> View:
    evidence = ViewEvidence(EvidenceKind.USER, "given by the user")
    return View(name, np.eye(rows, 3), (spacing, spacing), evidence)


def test_anterior_stands_first_whatever_the_order():
    scan = BoneScan((view(POSTERIOR), view(ANTERIOR)), "scan")
    assert [each.name for each in scan] == [ANTERIOR, POSTERIOR]


def test_one_view_is_a_scan():
    scan = BoneScan((view(POSTERIOR),), "scan")
    assert scan.view(POSTERIOR) is scan.views[0]
    assert scan.view(ANTERIOR) is None


@pytest.mark.parametrize(
    ("views", "said"),
    [
        ((), "0 views"),
        ((view(ANTERIOR), view(POSTERIOR), view(ANTERIOR)), "3 views"),
        ((view(ANTERIOR), view(ANTERIOR)), "two anterior views"),
        ((view(ANTERIOR), view(POSTERIOR, rows=5)), "differ in size"),
        ((view(ANTERIOR), view(POSTERIOR, spacing=2.4)), "differ in size or spacing"),
    ],
)
def test_what_is_not_one_scan_is_refused(views, said):
    with pytest.raises(ViewsUnclear) as refusal:
        BoneScan(views, "scan")
    assert said in str(refusal.value)
