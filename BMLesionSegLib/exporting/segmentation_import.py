"""A DICOM Segmentation back onto its scan: ours, or anyone's BINARY one."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.errors import FileRefused, ViewsUnclear
from BMLesionSegLib.exporting.codes import PRIVATE_SCHEME, REVIEW_STATUS, SECONDARY_NEOPLASM
from BMLesionSegLib.exporting.dicom_object import PRODUCT
from BMLesionSegLib.exporting.origin import (
    COUNTS_TAG,
    MODEL_TAG,
    OUTLINE_TAG,
    Origin,
    counts_fingerprint,
    outline,
)
from BMLesionSegLib.exporting.segment import (
    ANY_LESION,
    FINDING_TAG,
    RESEARCH_USE_TAG,
    SLICER_STATUS_TAG,
    STATUS_COLOURS,
    STATUS_TAG,
    Segment,
    slicer_status,
    terminology_entry,
)
from BMLesionSegLib.exporting.segment import SECONDARY_NEOPLASM as SECONDARY_ENTRY
from BMLesionSegLib.exporting.segmentation_dicom import UNKNOWN_VERSION
from BMLesionSegLib.exporting.segmentation_nrrd import StoredSegmentation
from BMLesionSegLib.lesions import ReviewStatus
from BMLesionSegLib.reading.dicom_file import items, lenient, read_dataset, text, whole
from BMLesionSegLib.scan import BoneScan, View, ViewName

if TYPE_CHECKING:
    from pydicom import Dataset

SEGMENTATION_STORAGE = "1.2.840.10008.5.1.4.1.1.66.4"
TRACKING_UID = ("112040", "DCM")
MOST_FRAMES = 1024
"""Segments of both views; a superscan has some hundred."""
REMEDY = "Give the segmentation of this scan."
EXPECTED = "the file is a BINARY DICOM segmentation of this scan"


def read_segmentation_dicom(
    path: Path, scan: BoneScan, report: Path | None = None
) -> dict[ViewName, StoredSegmentation]:
    """The segments of each view, pixel for pixel, upright like the view.

    Args:
        path: DICOM Segmentation.
        scan: that it was drawn on, read from DICOM.
        report: our structured report beside it, for the review statuses; without it, every
            segment is unreviewed.

    Returns:
        One segmentation for each view that it speaks of.

    Raises:
        FileRefused: not such a file, damaged, or segments that overlap.
        ViewsUnclear: it was drawn on another scan, or its frames do not say on which view.
    """
    with lenient():
        dataset = read_dataset(path)
        check_kind(dataset)
        masks: dict[ViewName, dict[int, NDArray[np.bool_]]] = {}
        for view, number, mask in segment_frames(dataset, scan):
            of_view = masks.setdefault(view.name, {})
            of_view[number] = of_view.get(number, np.zeros(view.shape, bool)) | mask
        statuses = read_statuses(report) if report else {}
        described = {
            whole(item, "SegmentNumber") or 0: item for item in items(dataset, "SegmentSequence")
        }
        return {
            view.name: stored_segmentation(view, masks[view.name], described, statuses)
            for view in scan
            if view.name in masks
        }


def check_kind(dataset: "Dataset") -> None:
    """Refuse what is no BINARY segmentation."""
    kind = text(dataset, "SegmentationType")
    if text(dataset, "SOPClassUID") != SEGMENTATION_STORAGE or kind != "BINARY":
        came = f"a {kind} one came" if kind in ("FRACTIONAL", "LABELMAP") else "it is none"
        raise FileRefused(EXPECTED, came, "Export it as BINARY.")


def segment_frames(
    dataset: "Dataset", scan: BoneScan
) -> Iterator[tuple[View, int, NDArray[np.bool_]]]:
    """Each frame as its view, its segment's number and its pixels, upright."""
    groups = items(dataset, "PerFrameFunctionalGroupsSequence")
    shared = items(dataset, "SharedFunctionalGroupsSequence")
    check_size(dataset, len(groups), scan)
    pixels = np.asarray(dataset.pixel_array)
    pixels = pixels.reshape(len(groups), *pixels.shape[-2:])
    for group, frame in zip(groups, pixels, strict=True):
        view = view_of(dataset, [group, *shared], scan)
        turns = view.source.quarter_turns if view.source else 0
        mask = np.rot90(frame > 0, turns)
        if mask.shape != view.shape:
            came = f"its frames have {frame.shape} pixels"
            raise FileRefused(EXPECTED, came, REMEDY)
        (identification,) = in_groups([group, *shared], "SegmentIdentificationSequence")
        yield view, whole(identification, "ReferencedSegmentNumber") or 0, mask


def check_size(dataset: "Dataset", described: int, scan: BoneScan) -> None:
    """Refuse frames of another size or number than the scan's, before any pixel is decoded."""
    shape = whole(dataset, "Rows"), whole(dataset, "Columns")
    turned = (view.source is not None and view.source.quarter_turns % 2 for view in scan)
    sizes = [
        view.shape[::-1] if is_turned else view.shape
        for view, is_turned in zip(scan, turned, strict=True)
    ]
    if shape not in sizes:
        raise FileRefused(EXPECTED, f"its frames have {shape} pixels", REMEDY)
    frames = whole(dataset, "NumberOfFrames") or 1
    if frames != described or frames > MOST_FRAMES:
        raise FileRefused(EXPECTED, f"{frames} frames came, {described} described", REMEDY)


def in_groups(groups: Iterable["Dataset"], keyword: str) -> list["Dataset"]:
    """The items of a functional group, from the frame's own groups before the shared ones."""
    return next((found for group in groups if (found := items(group, keyword))), [])


def view_of(dataset: "Dataset", groups: list["Dataset"], scan: BoneScan) -> View:
    """The view that a frame was drawn on.

    Told by the source image and frame; a segmentation that names only the image, by the one view
    that comes from it.
    """
    named = [
        (text(image, "ReferencedSOPInstanceUID"), whole(image, "ReferencedFrameNumber"))
        for derivation in in_groups(groups, "DerivationImageSequence")
        for image in items(derivation, "SourceImageSequence")
    ] or [
        (text(instance, "ReferencedSOPInstanceUID"), None)
        for series in items(dataset, "ReferencedSeriesSequence")
        for instance in items(series, "ReferencedInstanceSequence")
    ]
    views = [
        view
        for view in scan
        if view.source
        and any(
            uid == view.source.sop_instance_uid and frame in (None, view.source.frame)
            for uid, frame in named
        )
    ]
    if len(views) == 1:
        return views[0]
    raise ViewsUnclear(
        "each frame of a segmentation refers to one view of its scan",
        "it refers to both" if views else "it refers to another scan or to none",
        "Give the scan that it was drawn on." if not views else "Export each view on its own.",
    )


def stored_segmentation(
    view: View,
    masks: dict[int, NDArray[np.bool_]],
    described: dict[int, "Dataset"],
    statuses: dict[str, ReviewStatus],
) -> StoredSegmentation:
    """The label map and segments of one view, in the order of the segment numbers."""
    labels = np.zeros(view.shape, np.int32)
    segments = []
    for number, mask in sorted(masks.items()):
        if (labels[mask] > 0).any():
            came = "its segments overlap"
            raise FileRefused("the segments of a view do not overlap", came, "Separate them.")
        if number not in described:
            raise FileRefused(EXPECTED, "a segment is not described", "Export it again.")
        labels[mask] = number
        segments.append(described_segment(number, described[number], mask, view, statuses))
    return StoredSegmentation(labels, view.geometry, tuple(segments))


def described_segment(
    number: int,
    item: "Dataset",
    mask: NDArray[np.bool_],
    view: View,
    statuses: dict[str, ReviewStatus],
) -> Segment:
    """A segment as 3D Slicer keeps it, with our tags."""
    status = statuses.get(text(item, "TrackingUID"), ReviewStatus.UNREVIEWED)
    types = items(item, "SegmentedPropertyTypeCodeSequence")
    secondary = any(text(one, "CodeValue") == SECONDARY_NEOPLASM[0] for one in types)
    origin = text(item, "SegmentAlgorithmType")
    tags = {
        "TerminologyEntry": terminology_entry(SECONDARY_ENTRY if secondary else ANY_LESION),
        COUNTS_TAG: counts_fingerprint(view),
        RESEARCH_USE_TAG: RESEARCH_USE,
        SLICER_STATUS_TAG: slicer_status(status),
        STATUS_TAG: status.value,
    }
    if origin != Origin.MANUAL:
        tags[MODEL_TAG] = model_of(item)
    if origin == Origin.AUTOMATIC:
        tags[OUTLINE_TAG] = outline(mask)
    segment_id = text(item, "TrackingID") or f"{view.name}-{number}"
    name = text(item, "SegmentLabel") or segment_id
    finding = finding_in_name(name, view.name)
    if finding:
        tags[FINDING_TAG] = finding
    return Segment(number, segment_id, name, STATUS_COLOURS[status], tags)


def finding_in_name(name: str, view: ViewName) -> str:
    """The finding's number in a name like "3P left chest"; empty where it is named otherwise."""
    numbered = re.match(rf"([1-9]\d*){view[0].upper()} ", name)
    return numbered[1] if numbered else ""


def model_of(item: "Dataset") -> str:
    """Name and version of the model that drew a segment."""
    for model in items(item, "SegmentationAlgorithmIdentificationSequence"):
        name = text(model, "AlgorithmName").removeprefix(PRODUCT).strip()
        return f"{name} {text(model, 'AlgorithmVersion')}".strip()
    return UNKNOWN_VERSION


def read_statuses(path: Path) -> dict[str, ReviewStatus]:
    """Review status by tracking UID, from one of our structured reports.

    Raises:
        FileRefused: not a DICOM file.
    """
    with lenient():
        return dict(statuses_in(read_dataset(path, pixels=False)))


def statuses_in(container: "Dataset") -> Iterator[tuple[str, ReviewStatus]]:
    """The statuses of this measurement group and those below it."""
    content = items(container, "ContentSequence")
    uids = [text(item, "UID") for item in content if concept(item) == TRACKING_UID]
    said = [
        text(value, "CodeValue").lower()
        for item in content
        if concept(item) == REVIEW_STATUS[:2]
        for value in items(item, "ConceptCodeSequence")
        if text(value, "CodingSchemeDesignator") == PRIVATE_SCHEME
    ]
    if len(uids) == len(said) == 1 and said[0] in set(ReviewStatus):
        yield uids[0], ReviewStatus(said[0])
    for item in content:
        yield from statuses_in(item)


def concept(item: "Dataset") -> tuple[Any, ...]:
    """Value and scheme of a content item's name."""
    for name in items(item, "ConceptNameCodeSequence"):
        return text(name, "CodeValue"), text(name, "CodingSchemeDesignator")
    return ()
