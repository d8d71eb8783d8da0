"""All DICOM objects of a result: a segmentation and a presentation a view, and one report."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from BMLesionSegLib.exporting.dicom_object import Place, finish, own_words, save
from BMLesionSegLib.exporting.measurement_report import measurement_report
from BMLesionSegLib.exporting.presentation_state import presentation_state
from BMLesionSegLib.exporting.reported import Reported
from BMLesionSegLib.exporting.segmentation_dicom import segmentation_dicom
from BMLesionSegLib.exporting.source_instance import SourceInstance, source_instance
from BMLesionSegLib.exporting.uids import fingerprint
from BMLesionSegLib.scan import ViewName

if TYPE_CHECKING:
    from pydicom import Dataset

REPORT_FILE = "measurements.sr.dcm"
SEGMENTATION_SERIES, REPORT_SERIES, PRESENTATION_SERIES = 9001, 9002, 9003


def segmentation_file(name: ViewName) -> str:
    """File name of a view's segmentation."""
    return f"{name}.seg.dcm"


def presentation_file(name: ViewName) -> str:
    """File name of a view's presentation."""
    return f"{name}.gsps.dcm"


DICOM_FILES = {
    REPORT_FILE,
    *(namer(name) for namer in (segmentation_file, presentation_file) for name in ViewName),
}


def write_dicom_files(folder: Path, result: Reported, when: datetime) -> list[Path]:
    """Write the DICOM objects of a result; a view without lesions has no segmentation.

    Apart from the time, the same result gives the same bytes.

    Args:
        folder: exists.
        result: of a scan read from DICOM.
        when: the moment of the export.

    Returns:
        The files written.

    Raises:
        FileRefused: the scan's file has gone or changed, or does not name itself.
        OutputRefused: a file cannot be written there.
    """
    sources = {view.view.name: source_instance(view.view) for view in result.views}
    with own_words():
        objects = dicom_objects(result, sources)
        for name, dataset in objects.items():
            finish(dataset, sources.values(), when)
            save(dataset, folder / name)
    return [folder / name for name in objects]


def dicom_objects(
    result: Reported, sources: dict[ViewName, SourceInstance]
) -> "dict[str, Dataset]":
    """The objects by file name, nameless and without a time."""
    key = fingerprint(result)
    objects: dict[str, Dataset] = {}
    segmentations: dict[ViewName, Dataset] = {}
    for number, view in enumerate(result.views, start=1):
        name = view.view.name
        if view.lesions:
            place = Place("segmentation", SEGMENTATION_SERIES, number, key)
            segmentations[name] = segmentation_dicom(view, sources[name], place)
            objects[segmentation_file(name)] = segmentations[name]
        place = Place("presentation", PRESENTATION_SERIES, number, key)
        objects[presentation_file(name)] = presentation_state(
            view, sources[name], result.headline, place
        )
    place = Place("report", REPORT_SERIES, 1, key)
    objects[REPORT_FILE] = measurement_report(result, sources, segmentations, place)
    return objects
