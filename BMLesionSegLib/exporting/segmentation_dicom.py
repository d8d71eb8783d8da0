"""DICOM Segmentation of one view: BINARY, one segment a lesion (PS3.3 A.51 and C.8.20)."""

from typing import TYPE_CHECKING, Any

import numpy as np

from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.exporting.codes import (
    ALTERED_STRUCTURE,
    ARTIFICIAL_INTELLIGENCE,
    BONE,
    code,
    lesion_type,
)
from BMLesionSegLib.exporting.dicom_object import CONTENT_LABEL, PRODUCT, Place
from BMLesionSegLib.exporting.origin import Origin
from BMLesionSegLib.exporting.reported import ReportedLesion, ReportedView
from BMLesionSegLib.exporting.segment import STATUS_COLOURS
from BMLesionSegLib.exporting.source_instance import SourceInstance
from BMLesionSegLib.exporting.uids import tracking_uid, uid_of

if TYPE_CHECKING:
    from pydicom import Dataset

UNKNOWN_VERSION = "unknown"
LONGEST_LABEL = 64


def segmentation_dicom(view: ReportedView, source: SourceInstance, place: Place) -> "Dataset":
    """The segmentation of a view with at least one lesion, in its source frame's own pixels.

    Patient and time are filled in later.

    Args:
        view: with its lesions.
        source: the frame it came from.
        place: in the study.
    """
    import highdicom

    turns = view.view.source.quarter_turns if view.view.source else 0
    pixels = np.rot90(view.labels, -turns).astype(np.uint16)
    dataset: Dataset = highdicom.seg.Segmentation(
        source_images=[source.header],
        pixel_array=np.ascontiguousarray(pixels)[np.newaxis],
        segmentation_type="BINARY",
        segment_descriptions=[
            segment_description(number, lesion, source)
            for number, lesion in enumerate(view.lesions, start=1)
        ],
        content_label=CONTENT_LABEL,
        content_description=RESEARCH_USE,
        **place.arguments(),
    )
    name_true_frame(dataset, source.frame)
    name_dimensions(dataset)
    return dataset


def segment_description(number: int, reported: ReportedLesion, source: SourceInstance) -> "Dataset":
    """A lesion as an item of the Segment Sequence."""
    import highdicom

    lesion = reported.lesion
    item: Dataset = highdicom.seg.SegmentDescription(
        segment_number=number,
        segment_label=reported.name[:LONGEST_LABEL],
        segmented_property_category=code(ALTERED_STRUCTURE),
        segmented_property_type=lesion_type(lesion),
        algorithm_type=reported.origin.value,
        algorithm_identification=algorithm(reported),
        tracking_uid=tracking_uid(source.header.SOPInstanceUID, source.frame, lesion.segment_id),
        tracking_id=lesion.segment_id,
        anatomic_regions=[code(BONE)],
        display_color=highdicom.color.CIELabColor.from_rgb(*STATUS_COLOURS[lesion.status]),
    )
    item.SegmentDescription = f"Review status: {lesion.status}. {RESEARCH_USE}"
    return item


def algorithm(reported: ReportedLesion) -> Any:
    """The model, as DICOM identifies algorithms; None for what a person drew alone."""
    import highdicom

    if reported.origin is Origin.MANUAL:
        return None
    return highdicom.AlgorithmIdentificationSequence(
        name=model_name(reported),
        family=code(ARTIFICIAL_INTELLIGENCE),
        version=model_version(reported),
        source=PRODUCT,
    )


def model_name(reported: ReportedLesion) -> str:
    """The product, and the model where it is known."""
    return f"{PRODUCT} {reported.model.rpartition(' ')[0]}".strip()


def model_version(reported: ReportedLesion) -> str:
    """The model's version."""
    return reported.model.rpartition(" ")[2] or UNKNOWN_VERSION


def name_true_frame(dataset: "Dataset", frame: int) -> None:
    """Refer to the frame by its number in the file, not in the header that described it alone."""
    for group in dataset.PerFrameFunctionalGroupsSequence:
        for derivation in group.DerivationImageSequence:
            for image in derivation.SourceImageSequence:
                image.ReferencedFrameNumber = frame


def name_dimensions(dataset: "Dataset") -> None:
    """Replace the library's random UID of the frames' dimensions by one that follows."""
    uid = uid_of("dimensions", dataset.SOPInstanceUID)
    for item in [*dataset.DimensionOrganizationSequence, *dataset.DimensionIndexSequence]:
        item.DimensionOrganizationUID = uid
