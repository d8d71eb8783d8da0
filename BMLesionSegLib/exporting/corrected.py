"""A corrected segmentation put back onto its scan: in the right view, measured anew."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from BMLesionSegLib.errors import ViewsUnclear
from BMLesionSegLib.exporting.finding_numbers import numbered
from BMLesionSegLib.exporting.origin import COUNTS_TAG, counts_fingerprint
from BMLesionSegLib.exporting.reported import Reported, plain, reported_view
from BMLesionSegLib.exporting.segment import CLASS_TAG, STATUS_TAG, Segment
from BMLesionSegLib.exporting.segmentation_nrrd import StoredSegmentation
from BMLesionSegLib.lesions import (
    Body,
    Labels,
    Lesion,
    ReviewStatus,
    ViewLesions,
    find_body,
    measure_lesions,
)
from BMLesionSegLib.quality import assess
from BMLesionSegLib.scan import BoneScan, Geometry, View, ViewName

TOLERANCE_PIXEL = 0.01
STATUS_OF_CLASS = {
    "metastasis": ReviewStatus.METASTASIS,
    "indeterminate": ReviewStatus.INDETERMINATE,
    "benign": ReviewStatus.BENIGN,
    "physiological": ReviewStatus.REJECTED,
}
"""A truth read as a review: physiological uptake is no lesion."""


def corrected(scan: BoneScan, stored: Iterable[StoredSegmentation]) -> Reported:
    """What leaves after a person has corrected and reviewed a result.

    Args:
        scan: the scan that was segmented.
        stored: one segmentation a view, at most; a view without one has no lesion.

    Raises:
        ViewsUnclear: a segmentation lies in no view of the scan, or two in one view.
    """
    placed: dict[ViewName, tuple[Labels, tuple[Segment, ...]]] = {}
    for one in stored:
        view, labels = place(one, scan)
        if view.name in placed:
            raise ViewsUnclear(
                "each view has one segmentation",
                f"two lie in the {view.name} view",
                "Give the corrected one alone.",
            )
        placed[view.name] = labels, one.segments
    bodies = {view.name: find_body(view) for view in scan}
    drawn = []
    for view in scan:
        labels, segments = placed.get(view.name, (np.zeros(view.shape, np.int32), ()))
        labels = np.where(np.isin(labels, [one.label for one in segments]), labels, 0)
        found, present = measured(view, bodies[view.name], labels.astype(np.int32), segments)
        drawn.append((view, found, present))
    views = [
        reported_view(view, bodies[view.name], found.labels, found.lesions, segments)
        for (view, found, _), segments in zip(drawn, numbered(drawn), strict=True)
    ]
    total = sum(len(found.lesions) for _, found, _ in drawn)
    rejected = total - sum(len(view.lesions) for view in views)
    return Reported(scan, tuple(views), rejected, assess(scan, bodies))


def measured(
    view: View, body: Body, labels: Labels, segments: Iterable[Segment]
) -> tuple[ViewLesions, list[Segment]]:
    """The lesions of a view with their statuses, and the segment of each; an empty one is none."""
    segment_of = {segment.label: segment for segment in segments}
    # A corrected outline has no probability; none is reported.
    unknown = np.zeros(view.shape, np.float32)
    lesions = tuple(
        named(lesion, segment_of[lesion.number])
        for lesion in measure_lesions(view, body, labels, unknown)
    )
    return ViewLesions(labels, lesions), [segment_of[lesion.number] for lesion in lesions]


def named(lesion: Lesion, segment: Segment) -> Lesion:
    """A lesion under its segment's id, with what the physician says of it."""
    segment_id = plain(segment.segment_id) or lesion.segment_id
    return replace(lesion, segment_id=segment_id, status=status_of(segment))


def status_of(segment: Segment) -> ReviewStatus:
    """What the physician says of a segment; where nothing does, it is unreviewed."""
    said = segment.tags.get(STATUS_TAG)
    if said in set(ReviewStatus):
        return ReviewStatus(said)
    return STATUS_OF_CLASS.get(segment.tags.get(CLASS_TAG, ""), ReviewStatus.UNREVIEWED)


def place(stored: StoredSegmentation, scan: BoneScan) -> tuple[View, Labels]:
    """The view that a segmentation lies in, and its labels on that view's own grid.

    3D Slicer may save only the part of the view that holds segments, so the place is told by
    geometry, never by the size alone.

    Raises:
        ViewsUnclear: it lies in no view of the scan, or was drawn on other counts.
    """
    rows, columns = stored.labels.shape
    for view in scan:
        corner = offset(stored.geometry, view.geometry)
        if corner is None:
            continue
        top, left = corner
        if top < 0 or left < 0 or top + rows > view.shape[0] or left + columns > view.shape[1]:
            continue
        labels = np.zeros(view.shape, np.int32)
        labels[top : top + rows, left : left + columns] = stored.labels
        check_counts(stored.segments, view)
        return view, labels
    raise ViewsUnclear(
        "a segmentation lies in the anterior or the posterior view of its scan",
        "its geometry fits neither",
        "Give the scan that it was drawn on.",
    )


def check_counts(segments: Iterable[Segment], view: View) -> None:
    """Refuse segments that say that they were drawn on other counts than these.

    Raises:
        ViewsUnclear: an earlier scan, another patient's, or the other view.
    """
    said = {one.tags[COUNTS_TAG] for one in segments if COUNTS_TAG in one.tags}
    if said and said != {counts_fingerprint(view)}:
        raise ViewsUnclear(
            "a segmentation belongs to the scan and view that it was drawn on",
            f"this one was drawn on other counts than those of the {view.name} view",
            "Give the scan that it was drawn on.",
        )


def offset(part: Geometry, whole: Geometry) -> tuple[int, int] | None:
    """Row and column of the whole at which a part begins; None where the grids do not agree."""
    same = np.allclose(part.direction, whole.direction, atol=1e-4)
    if not same or not np.allclose(part.spacing[:2], whole.spacing[:2], rtol=1e-4):
        return None
    axes = np.reshape(whole.direction, (3, 3))
    index = axes.T @ np.subtract(part.origin, whole.origin) / whole.spacing
    nearest = np.round(index)
    if np.abs(index - nearest).max() > TOLERANCE_PIXEL or nearest[2] != 0:
        return None
    return int(nearest[1]), int(nearest[0])
