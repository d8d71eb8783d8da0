"""One lesion in one view."""

from dataclasses import dataclass
from enum import StrEnum

from BMLesionSegLib.lesions.site import Site
from BMLesionSegLib.scan import ViewName


class ReviewStatus(StrEnum):
    """What the physician says about a lesion; only "metastasis" counts as disease."""

    UNREVIEWED = "unreviewed"
    METASTASIS = "metastasis"
    INDETERMINATE = "indeterminate"
    BENIGN = "benign"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Lesion:
    """A spot in one view, measured in the counts as read.

    Attributes:
        number: its value in the label map.
        view: where it is seen.
        pixels: how many it covers.
        area_mm2: of the projection.
        centroid: row, column; pixel.
        box: first row, first column, row after the last, column after the last.
        max_counts: hottest pixel.
        mean_counts: a pixel.
        total_counts: of all its pixels.
        uptake_ratio: mean counts over the view's median skeletal uptake.
        mean_probability: of the network, over its pixels; NaN where its map was not kept.
        left_of_midline_mm: of the centroid, to the patient's left; right is negative.
        site: level and side of the patient.
        segment_id: of its segment in exported files.
        status: what the physician says.
    """

    number: int
    view: ViewName
    pixels: int
    area_mm2: float
    centroid: tuple[float, float]
    box: tuple[int, int, int, int]
    max_counts: float
    mean_counts: float
    total_counts: float
    uptake_ratio: float
    mean_probability: float
    left_of_midline_mm: float
    site: Site
    segment_id: str
    status: ReviewStatus = ReviewStatus.UNREVIEWED
