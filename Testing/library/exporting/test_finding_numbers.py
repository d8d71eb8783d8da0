"""Numbers of findings: kept where they were, given where they are missing."""

from BMLesionSegLib.exporting.corrected import corrected
from BMLesionSegLib.exporting.segment import FINDING_TAG, STATUS_TAG
from BMLesionSegLib.exporting.segmentation_nrrd import StoredSegmentation
from BMLesionSegLib.scan import BoneScan, ViewName
from Testing.library.doll import Block, Doll
from Testing.library.exporting_results import drawn

ANTERIOR, POSTERIOR = ViewName
RIB = Block(250, 262, 50, 70, 0.0)
OTHER_RIB = Block(280, 290, -70, -50, 0.0)
THIGH = Block(540, 570, -40, -28, 0.0)
SCAN = Doll().scan()


def findings(scan: BoneScan, *stored: StoredSegmentation) -> list[list[int]]:
    return [[one.finding for one in view.lesions] for view in corrected(scan, stored).views]


def tag(number: object, status: str = "metastasis") -> dict[str, str]:
    return {FINDING_TAG: str(number), STATUS_TAG: status}


def test_numbers_that_are_brought_along_stay():
    front = drawn(SCAN.views[0], (RIB, tag(7)), (THIGH, tag(2)))
    back = drawn(SCAN.views[1], (RIB, tag(7)))
    assert findings(SCAN, front, back) == [[7, 2], [7]]


def test_a_rejected_finding_leaves_its_number_free():
    front = drawn(SCAN.views[0], (RIB, tag(1, "rejected")), (THIGH, tag(2)))
    result = corrected(SCAN, [front])
    assert [one.finding for one in result.views[0].lesions] == [2]
    assert result.rejected == 1


def test_what_was_drawn_anew_is_paired_across_the_views_and_numbered_after_the_others():
    front = drawn(SCAN.views[0], (THIGH, tag(4)), (RIB, {}), (OTHER_RIB, {}))
    back = drawn(SCAN.views[1], (RIB, {}))
    assert findings(SCAN, front, back) == [[4, 5, 6], [5]]


def test_a_lesion_split_in_two_makes_two_findings():
    front = drawn(SCAN.views[0], (RIB, tag(1)), (OTHER_RIB, tag(1)))
    assert findings(SCAN, front) == [[1, 2], []]


def test_a_number_that_is_none_is_not_believed():
    front = drawn(SCAN.views[0], (RIB, tag("first")), (THIGH, tag(0)))
    assert findings(SCAN, front) == [[1, 2], []]
