"""Grayscale Softcopy Presentation State of one view: contours over the scan (PS3.3 A.33.1).

For viewers that show neither segmentations nor reports: they draw lines and words on the image.
"""

from typing import TYPE_CHECKING, Any

import numpy as np

from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.exporting.dicom_object import CONTENT_LABEL, PRODUCT, Place
from BMLesionSegLib.exporting.region_outline import region_outlines
from BMLesionSegLib.exporting.reported import ReportedView
from BMLesionSegLib.exporting.segment import STATUS_COLOURS, Colour
from BMLesionSegLib.exporting.source_instance import SourceInstance
from BMLesionSegLib.exporting.uids import tracking_uid
from BMLesionSegLib.lesions import ReviewStatus

if TYPE_CHECKING:
    from pydicom import Dataset

WINDOW_PERCENTILE = 99.0
"""Of the body's counts: what is shown black, so that hot urine does not pale the skeleton."""
TEXT_BOX = (0.02, 0.0, 0.98, 0.06)
"""Left, top, right, bottom as fractions of the displayed area."""
TEXT_LAYER = "TEXT"


def presentation_state(
    view: ReportedView, source: SourceInstance, headline: str, place: Place
) -> "Dataset":
    """Contours, names and the research-use statement on a view, in inverted grey.

    Patient and time are filled in later.

    Args:
        view: with its lesions, or none.
        source: the frame it came from.
        headline: the result in one line.
        place: in the study.
    """
    import highdicom

    layers = status_layers(view)
    statuses = {one.lesion.status for one in view.lesions}
    text_layer = highdicom.pr.GraphicLayer(TEXT_LAYER, order=len(layers) + 1)
    annotations = [
        highdicom.pr.GraphicAnnotation(
            referenced_images=[source.header],
            graphic_layer=layers[status],
            graphic_objects=contours(view, source, status),
        )
        for status in ReviewStatus
        if status in statuses
    ]
    words = highdicom.pr.GraphicAnnotation(
        referenced_images=[source.header],
        graphic_layer=text_layer,
        text_objects=[*statement(headline), *names(view)],
    )
    slope, intercept = source.rescale
    dataset: Dataset = highdicom.pr.GrayscaleSoftcopyPresentationState(
        referenced_images=[source.header],
        content_label=CONTENT_LABEL,
        content_description=RESEARCH_USE,
        graphic_layers=[*layers.values(), text_layer],
        graphic_annotations=[*annotations, words],
        modality_lut_transformation=highdicom.ModalityLUTTransformation(
            rescale_intercept=intercept, rescale_slope=slope, rescale_type="US"
        ),
        voi_lut_transformations=[window(view)],
        presentation_lut_transformation=highdicom.PresentationLUTTransformation(
            presentation_lut_shape="INVERSE"
        ),
        **place.arguments(),
    )
    # Demanded, and left out by the library.
    dataset.BodyPartExamined = "WHOLEBODY"
    dataset.ContentCreatorName = ""
    show_true_frame(dataset, source)
    return dataset


def status_layers(view: ReportedView) -> dict[ReviewStatus, Any]:
    """A layer a status, in its colour, for the statuses that occur."""
    import highdicom

    occurring = [
        status
        for status in ReviewStatus
        if any(one.lesion.status is status for one in view.lesions)
    ]
    return {
        status: highdicom.pr.GraphicLayer(
            status.value.upper(), order=order, display_color=lab(STATUS_COLOURS[status])
        )
        for order, status in enumerate(occurring, start=1)
    }


def lab(colour: Colour) -> Any:
    """A colour as DICOM recommends colours."""
    import highdicom

    return highdicom.color.CIELabColor.from_rgb(*colour)


def contours(view: ReportedView, source: SourceInstance, status: ReviewStatus) -> list[Any]:
    """The outlines of the lesions of one status, as closed lines in the stored frame."""
    import highdicom

    stored = stored_labels(view)
    return [
        highdicom.pr.GraphicObject(
            graphic_type="POLYLINE",
            graphic_data=np.asarray(outline, np.float64)[:, ::-1],
            units="PIXEL",
            tracking_id=one.lesion.segment_id,
            tracking_uid=tracking_uid(
                source.header.SOPInstanceUID, source.frame, one.lesion.segment_id
            ),
        )
        for number, one in enumerate(view.lesions, start=1)
        if one.lesion.status is status
        for outline in region_outlines(stored == number)
    ]


def names(view: ReportedView) -> list[Any]:
    """The name of each lesion, anchored at its box."""
    import highdicom
    from scipy.ndimage import find_objects

    stored = stored_labels(view)
    texts = []
    for one, (rows, columns) in zip(view.lesions, find_objects(stored), strict=True):
        anchor = (float(columns.stop), float(rows.start))
        texts.append(
            highdicom.pr.TextObject(
                one.name, units="PIXEL", anchor_point=anchor, anchor_point_visible=False
            )
        )
    return texts


def statement(headline: str) -> list[Any]:
    """Product, result and research-use statement at the top of the picture."""
    import highdicom

    words = f"{PRODUCT}: {headline}. {RESEARCH_USE}"
    return [
        highdicom.pr.TextObject(
            words, units="DISPLAY", bounding_box=TEXT_BOX, text_justification="LEFT"
        )
    ]


def stored_labels(view: ReportedView) -> "np.ndarray[Any, np.dtype[np.int32]]":
    """The label map as the frame is stored in its file."""
    turns = view.view.source.quarter_turns if view.view.source else 0
    return np.rot90(view.labels, -turns)


def window(view: ReportedView) -> Any:
    """From no counts to nearly the hottest bone."""
    import highdicom

    of_body = view.view.counts[view.body]
    upper = float(f"{max(float(np.percentile(of_body, WINDOW_PERCENTILE)), 1.0):.6g}")
    return highdicom.pr.SoftcopyVOILUTTransformation(
        window_center=[upper / 2], window_width=[upper], window_explanation=["Bone"]
    )


def show_true_frame(dataset: "Dataset", source: SourceInstance) -> None:
    """Say which frame it is for everywhere, and show its pixels in their true proportion."""
    (series,) = dataset.ReferencedSeriesSequence
    referring = [*dataset.GraphicAnnotationSequence, *dataset.SoftcopyVOILUTSequence]
    for item in [series, *dataset.DisplayedAreaSelectionSequence, *referring]:
        for image in item.get("ReferencedImageSequence", []):
            image.ReferencedFrameNumber = source.frame
    for area in dataset.DisplayedAreaSelectionSequence:
        del area.PresentationPixelAspectRatio
        measures = source.header.SharedFunctionalGroupsSequence[0].PixelMeasuresSequence[0]
        area.PresentationPixelSpacing = measures.PixelSpacing
