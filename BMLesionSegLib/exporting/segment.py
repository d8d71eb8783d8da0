"""What a segment is called, coloured and coded in an exported segmentation."""

from dataclasses import dataclass, field

from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.exporting.codes import METASTASIS_CLAIMED
from BMLesionSegLib.lesions import Lesion, ReviewStatus

Colour = tuple[int, int, int]
"""Red, green, blue; 0 to 255."""

STATUS_COLOURS: dict[ReviewStatus, Colour] = {
    ReviewStatus.UNREVIEWED: (240, 120, 20),
    ReviewStatus.METASTASIS: (215, 30, 40),
    ReviewStatus.INDETERMINATE: (225, 185, 0),
    ReviewStatus.BENIGN: (30, 150, 90),
    ReviewStatus.REJECTED: (130, 130, 130),
}
CLASS_COLOURS: dict[str, Colour] = {
    "metastasis": (215, 30, 40),
    "indeterminate": (225, 185, 0),
    "benign": (30, 150, 90),
    "physiological": (45, 110, 200),
}

CLASS_TAG = "BMLesionSeg.Class"
"""What a hot spot is where the truth is known: metastasis, benign or physiological; indeterminate
where a reader could not tell."""

STATUS_TAG = "BMLesionSeg.Status"
"""What the physician says about a lesion: a value of ReviewStatus."""
FINDING_TAG = "BMLesionSeg.Finding"
"""The number of the finding that a lesion belongs to."""
RESEARCH_USE_TAG = "BMLesionSeg.ResearchUse"
SLICER_STATUS_TAG = "Segmentation.Status"

MASTER_LIST = "Segmentation category and type - DICOM master list"
REGION_LIST = "Anatomic codes - DICOM master list"
ALTERED_STRUCTURE = "SCT^49755003^Morphologically Altered Structure"
BONE = "SCT^272673000^Bone"
SECONDARY_NEOPLASM = "SCT^14799000^Neoplasm, Secondary"
"""In DICOM CID 7159 and in Slicer's master list; "bony metastasis" is a disorder, in neither."""
ANY_LESION = "SCT^52988006^Lesion"
"""For what is no metastasis."""

SLICER_STATUS = {
    ReviewStatus.UNREVIEWED: "notstarted",
    ReviewStatus.INDETERMINATE: "flagged",
}
"""Slicer's own words for the state of a segment; every other status is "completed"."""


@dataclass(frozen=True)
class Segment:
    """One label of a label map, as 3D Slicer keeps it.

    Attributes:
        label: its value in the label map, above 0.
        segment_id: unique in the segmentation.
        name: for the reader.
        colour: red, green, blue; 0 to 255.
        tags: any further facts; keys hold no ":" or "|", values no "|".
    """

    label: int
    segment_id: str
    name: str
    colour: Colour
    tags: dict[str, str] = field(default_factory=dict)


def lesion_segment(lesion: Lesion, finding: int) -> Segment:
    """A lesion as a segment named by finding and view, e.g. "3P left chest".

    Args:
        lesion: in one view.
        finding: its finding's number.
    """
    metastasis = lesion.status in METASTASIS_CLAIMED
    tags = {
        FINDING_TAG: str(finding),
        RESEARCH_USE_TAG: RESEARCH_USE,
        STATUS_TAG: lesion.status.value,
        SLICER_STATUS_TAG: slicer_status(lesion.status),
        "TerminologyEntry": terminology_entry(SECONDARY_NEOPLASM if metastasis else ANY_LESION),
    }
    name = f"{finding}{lesion.view[0].upper()} {lesion.site}"
    return Segment(lesion.number, lesion.segment_id, name, STATUS_COLOURS[lesion.status], tags)


def truth_segment(label: int, spot_class: str, site: str) -> Segment:
    """A hot spot of a simulated or a labelled scan, whose class is known, as a segment.

    Args:
        label: the spot's value in the label map.
        spot_class: metastasis, indeterminate, benign or physiological.
        site: where it lies, for the name.
    """
    code = SECONDARY_NEOPLASM if spot_class == "metastasis" else ANY_LESION
    tags = {
        CLASS_TAG: spot_class,
        RESEARCH_USE_TAG: RESEARCH_USE,
        SLICER_STATUS_TAG: "completed",
        "TerminologyEntry": terminology_entry(code),
    }
    name = f"{label} {spot_class}, {site}"
    return Segment(label, f"spot-{label}", name, CLASS_COLOURS[spot_class], tags)


def slicer_status(status: ReviewStatus) -> str:
    """The state of a segment in Slicer's own words."""
    return SLICER_STATUS.get(status, "completed")


def terminology_entry(type_code: str) -> str:
    """Slicer's terminology string: list, category, type, modifier, then the region likewise."""
    return "~".join((MASTER_LIST, ALTERED_STRUCTURE, type_code, "^^", REGION_LIST, BONE, "^^"))
