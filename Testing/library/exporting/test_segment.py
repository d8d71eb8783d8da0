"""Names, colours and codes of segments."""

from dataclasses import replace

import pytest

from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.exporting.segment import STATUS_COLOURS, lesion_segment, truth_segment
from BMLesionSegLib.inference import Segmentation
from BMLesionSegLib.lesions import ReviewStatus


def test_a_lesion_is_named_by_finding_view_and_site(segmentation: Segmentation):
    finding = segmentation.findings[0]
    assert finding.anterior is not None
    assert finding.posterior is not None
    front, back = (lesion_segment(lesion, finding.number) for lesion in finding.lesions)
    assert front.name == "1A left chest"
    assert back.name == "1P left chest"
    assert (front.segment_id, back.segment_id) == ("anterior-1", "posterior-1")


def test_a_fresh_lesion_is_coded_as_an_unreviewed_secondary_neoplasm(segmentation: Segmentation):
    segment = lesion_segment(segmentation.findings[0].lesions[0], 1)
    assert segment.tags["BMLesionSeg.ResearchUse"] == RESEARCH_USE
    assert segment.tags["BMLesionSeg.Status"] == "unreviewed"
    assert segment.tags["Segmentation.Status"] == "notstarted"
    assert segment.tags["TerminologyEntry"] == (
        "Segmentation category and type - DICOM master list"
        "~SCT^49755003^Morphologically Altered Structure~SCT^14799000^Neoplasm, Secondary~^^"
        "~Anatomic codes - DICOM master list~SCT^272673000^Bone~^^"
    )


@pytest.mark.parametrize("status", ReviewStatus)
def test_only_what_may_be_a_metastasis_is_coded_as_one(
    segmentation: Segmentation, status: ReviewStatus
):
    lesion = replace(segmentation.findings[0].lesions[0], status=status)
    segment = lesion_segment(lesion, 1)
    secondary = "14799000" in segment.tags["TerminologyEntry"]
    assert secondary is (status in (ReviewStatus.UNREVIEWED, ReviewStatus.METASTASIS))
    assert segment.colour == STATUS_COLOURS[status]


def test_every_status_has_a_colour_of_its_own():
    assert set(STATUS_COLOURS) == set(ReviewStatus)
    assert len(set(STATUS_COLOURS.values())) == len(ReviewStatus)


@pytest.mark.parametrize("spot_class", ["metastasis", "benign", "physiological"])
def test_a_simulated_spot_carries_its_class(spot_class: str):
    segment = truth_segment(4, spot_class, "left rib 7")
    assert segment.label == 4
    assert segment.tags["BMLesionSeg.Class"] == spot_class
    assert ("14799000" in segment.tags["TerminologyEntry"]) is (spot_class == "metastasis")
