"""Whether anybody has worked on a result: what was touched is never overwritten."""

from collections.abc import Iterable
from enum import Enum

from BMLesionSegLib.exporting.corrected import status_of
from BMLesionSegLib.exporting.origin import Origin, origin_of
from BMLesionSegLib.lesions import ReviewStatus
from BMLesionSegMRML.segment_tags import described
from BMLesionSegMRML.segmentations import SegmentationNode, masksOf, segmentsOf

COUNT = "BMLesionSeg.lesionCount"
"""How many lesions a run put into a segmentation: a missing one was deleted by somebody."""


class Touched(Enum):
    """What somebody did to a result."""

    EDITED = "edited"
    REVIEWED = "reviewed"


def touched(nodes: Iterable[SegmentationNode]) -> Touched | None:
    """What was done to the segmentations of one scan, None if nothing."""
    nodes = list(nodes)
    if any(isEdited(node) for node in nodes):
        return Touched.EDITED
    return Touched.REVIEWED if any(isReviewed(node) for node in nodes) else None


def isEdited(node: SegmentationNode) -> bool:
    """Whether a segment was drawn, changed or deleted by somebody."""
    segments = segmentsOf(node)
    if str(len(segments)) != node.GetAttribute(COUNT):
        return True
    return any(
        origin_of(described(segments[segmentId], segmentId, 1), mask) is not Origin.AUTOMATIC
        for segmentId, mask in masksOf(node).items()
    )


def isReviewed(node: SegmentationNode) -> bool:
    """Whether somebody has given a lesion a status."""
    statuses = (
        status_of(described(segment, segmentId, 1))
        for segmentId, segment in segmentsOf(node).items()
    )
    return any(status is not ReviewStatus.UNREVIEWED for status in statuses)
