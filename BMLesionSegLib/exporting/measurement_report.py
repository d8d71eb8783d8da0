"""DICOM structured report of a scan: TID 1500, each lesion by its segment (PS3.16)."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.exporting.codes import (
    ALTERED_STRUCTURE,
    AREA,
    BONE,
    COMMENT,
    COUNTS,
    LATERALITY,
    MAXIMUM,
    MEAN,
    NO_STATEMENT,
    NONE_FOUND,
    NUCLEAR_MEDICINE_PROCEDURE,
    PROJECTION_ACTIVITY,
    RATIO,
    REVIEW_STATUS,
    SEARCH_RESULT,
    SQUARE_MILLIMETRE,
    STATUS_CODES,
    TOTAL,
    UPTAKE_RATIO,
    Triple,
    code,
    lesion_type,
)
from BMLesionSegLib.exporting.dicom_object import PRODUCT, Place
from BMLesionSegLib.exporting.origin import Origin
from BMLesionSegLib.exporting.reported import Reported, ReportedLesion
from BMLesionSegLib.exporting.segmentation_dicom import model_name, model_version
from BMLesionSegLib.exporting.source_instance import SourceInstance
from BMLesionSegLib.exporting.uids import tracking_uid, uid_of
from BMLesionSegLib.lesions import Lesion, ReviewStatus
from BMLesionSegLib.scan import ViewName

if TYPE_CHECKING:
    from pydicom import Dataset


def measurement_report(
    result: Reported,
    sources: Mapping[ViewName, SourceInstance],
    segmentations: Mapping[ViewName, "Dataset"],
    place: Place,
) -> "Dataset":
    """The report of a scan; a view without lesions says that none was found, or why not even that.

    It is preliminary and unverified: only a physician makes it more. It is complete once every
    lesion has been reviewed. Patient and time are filled in later.

    Args:
        result: what leaves.
        sources: the frame of each view.
        segmentations: of the views that have lesions.
        place: in the study.
    """
    import highdicom
    from pydicom.sr.codedict import codes

    groups: list[Any] = []
    for view in result.views:
        source = sources[view.view.name]
        groups += [
            lesion_group(number, lesion, source, segmentations[view.view.name])
            for number, lesion in enumerate(view.lesions, start=1)
        ]
        if not view.lesions:
            nothing = NO_STATEMENT if result.blocks_normal else NONE_FOUND
            groups.append(empty_group(view.view.name, source, nothing))
    device = highdicom.sr.DeviceObserverIdentifyingAttributes(
        uid=uid_of("device"), name=PRODUCT, manufacturer_name=PRODUCT, model_name=PRODUCT
    )
    observer = highdicom.sr.ObserverContext(codes.DCM.Device, device)
    content = highdicom.sr.MeasurementReport(
        observation_context=highdicom.sr.ObservationContext(observer_device_context=observer),
        procedure_reported=code(NUCLEAR_MEDICINE_PROCEDURE),
        imaging_measurements=groups,
    )
    root, remark = content[0], comment(f"{result.headline}. {RESEARCH_USE}")
    whole = root.ContentSequence
    whole.append(remark)
    # The library copies and searches all content several times, which doubles the time of a scan
    # with many lesions: it builds the document around the remark alone.
    root.ContentSequence = highdicom.sr.ContentSequence([remark])
    lesions = [one.lesion for view in result.views for one in view.lesions]
    reviewed = all(lesion.status is not ReviewStatus.UNREVIEWED for lesion in lesions)
    dataset: Dataset = highdicom.sr.ComprehensiveSR(
        evidence=evidence(sources, segmentations),
        content=root,
        is_complete=bool(lesions) and reviewed,
        **place.arguments(),
    )
    dataset.ContentSequence = whole
    return dataset


def evidence(
    sources: Mapping[ViewName, SourceInstance], segmentations: Mapping[ViewName, "Dataset"]
) -> list["Dataset"]:
    """What the report rests on, each instance once."""
    headers = [source.header for source in sources.values()]
    instances = {header.SOPInstanceUID: header for header in headers}
    return [*instances.values(), *segmentations.values()]


def lesion_group(
    number: int, reported: ReportedLesion, source: SourceInstance, segmentation: "Dataset"
) -> Any:
    """One lesion as a measurement group (TID 1411)."""
    from highdicom import sr

    lesion, header = reported.lesion, source.header
    known_model = reported.origin is not Origin.MANUAL
    frame = sr.SourceImageForSegmentation(header.SOPClassUID, header.SOPInstanceUID, [source.frame])
    return sr.VolumetricROIMeasurementsAndQualitativeEvaluations(
        tracking_identifier=sr.TrackingIdentifier(
            tracking_uid(header.SOPInstanceUID, source.frame, lesion.segment_id), reported.name
        ),
        referenced_segment=sr.ReferencedSegment(
            segmentation.SOPClassUID, segmentation.SOPInstanceUID, number, source_images=[frame]
        ),
        finding_category=code(ALTERED_STRUCTURE),
        finding_type=lesion_type(lesion),
        finding_sites=[site(lesion)],
        algorithm_id=sr.AlgorithmIdentification(model_name(reported), model_version(reported))
        if known_model
        else None,
        measurements=measurements(lesion),
        qualitative_evaluations=[
            sr.QualitativeEvaluation(code(REVIEW_STATUS), code(STATUS_CODES[lesion.status]))
        ],
    )


def site(lesion: Lesion) -> Any:
    """Bone, and the patient's side; which bone it is, an outline does not tell."""
    from highdicom import sr

    side = LATERALITY.get(lesion.site.side)
    return sr.FindingSite(code(BONE), laterality=code(side) if side else None)


def measurements(lesion: Lesion) -> Sequence[Any]:
    """Area, counts and ratio, with their units."""
    from highdicom import sr

    def measured(name: Triple, value: float, unit: Triple, derivation: Triple | None = None) -> Any:
        how = code(derivation) if derivation else None
        return sr.Measurement(code(name), float(f"{value:.8g}"), code(unit), derivation=how)

    return [
        measured(AREA, lesion.area_mm2, SQUARE_MILLIMETRE),
        measured(PROJECTION_ACTIVITY, lesion.mean_counts, COUNTS, MEAN),
        measured(PROJECTION_ACTIVITY, lesion.max_counts, COUNTS, MAXIMUM),
        measured(PROJECTION_ACTIVITY, lesion.total_counts, COUNTS, TOTAL),
        measured(UPTAKE_RATIO, lesion.uptake_ratio, RATIO),
    ]


def empty_group(name: ViewName, source: SourceInstance, nothing: Triple) -> Any:
    """A view without lesions, as a group without measurements (TID 1501).

    Args:
        name: anterior or posterior.
        source: its frame.
        nothing: that none was found, or that nothing can be said.
    """
    from highdicom import sr

    header = source.header
    image = sr.SourceImageForMeasurementGroup(
        header.SOPClassUID, header.SOPInstanceUID, [source.frame]
    )
    return sr.MeasurementsAndQualitativeEvaluations(
        tracking_identifier=sr.TrackingIdentifier(
            uid_of("view", header.SOPInstanceUID, str(source.frame)), f"{name} view"
        ),
        source_images=[image],
        qualitative_evaluations=[sr.QualitativeEvaluation(code(SEARCH_RESULT), code(nothing))],
    )


def comment(text: str) -> Any:
    """A line for the reader, at the end of the report."""
    from highdicom import sr

    return sr.TextContentItem(
        code(COMMENT), text, relationship_type=sr.RelationshipTypeValues.CONTAINS
    )
