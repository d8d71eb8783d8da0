"""The codes that exported DICOM objects use, each from where the standard names it."""

from typing import TYPE_CHECKING

from BMLesionSegLib.lesions import Lesion, ReviewStatus, Side

if TYPE_CHECKING:
    from pydicom.sr.coding import Code

PRIVATE_SCHEME = "99BMLESIONSEG"
"""For what no standard code says; private schemes begin with 99 (PS3.16 section 8.2)."""

Triple = tuple[str, str, str]
"""Value, scheme, meaning."""

ALTERED_STRUCTURE: Triple = ("49755003", "SCT", "Morphologically Altered Structure")
SECONDARY_NEOPLASM: Triple = ("14799000", "SCT", "Neoplasm, Secondary")
"""CID 7159."""
LESION: Triple = ("52988006", "SCT", "Lesion")
BONE: Triple = ("272673000", "SCT", "Bone")
NUCLEAR_MEDICINE_PROCEDURE: Triple = ("371572003", "SCT", "Nuclear medicine procedure")
"""CID 6028."""
ARTIFICIAL_INTELLIGENCE: Triple = ("123110", "DCM", "Artificial Intelligence")
"""CID 7162."""
LATERALITY: dict[Side, Triple] = {
    Side.LEFT: ("7771000", "SCT", "Left"),
    Side.RIGHT: ("24028007", "SCT", "Right"),
}
"""CID 244."""

AREA: Triple = ("42798000", "SCT", "Area")
PROJECTION_ACTIVITY: Triple = ("110820", "DCM", "Nuclear Medicine Projection Activity")
UPTAKE_RATIO: Triple = (
    "UPTAKE-RATIO",
    PRIVATE_SCHEME,
    "Mean counts over median skeletal counts of the view",
)
MEAN: Triple = ("373098007", "SCT", "Mean")
MAXIMUM: Triple = ("56851009", "SCT", "Maximum")
TOTAL: Triple = ("255619001", "SCT", "Total")
SQUARE_MILLIMETRE: Triple = ("mm2", "UCUM", "square millimeter")
COUNTS: Triple = ("{counts}", "UCUM", "counts")
RATIO: Triple = ("{ratio}", "UCUM", "ratio")

COMMENT: Triple = ("121106", "DCM", "Comment")
REVIEW_STATUS: Triple = ("REVIEW-STATUS", PRIVATE_SCHEME, "Review status")
STATUS_CODES: dict[ReviewStatus, Triple] = {
    status: (status.value.upper(), PRIVATE_SCHEME, status.value.capitalize())
    for status in ReviewStatus
}
SEARCH_RESULT: Triple = ("SEARCH-RESULT", PRIVATE_SCHEME, "Result of the search for lesions")
NONE_FOUND: Triple = ("NONE-FOUND", PRIVATE_SCHEME, "None found, not a normal scan")
NO_STATEMENT: Triple = ("NO-STATEMENT", PRIVATE_SCHEME, "No statement possible")
"""Where the scan's quality forbids to say that none was found."""

METASTASIS_CLAIMED = (ReviewStatus.METASTASIS, ReviewStatus.UNREVIEWED)
"""A physician's word, or the model's while nobody has said anything."""


def code(triple: Triple) -> "Code":
    """As the DICOM libraries take it."""
    from pydicom.sr.coding import Code

    return Code(*triple)


def lesion_type(lesion: Lesion) -> "Code":
    """What a lesion is: a metastasis only where that is claimed, never what was called benign."""
    return code(SECONDARY_NEOPLASM if lesion.status in METASTASIS_CLAIMED else LESION)
