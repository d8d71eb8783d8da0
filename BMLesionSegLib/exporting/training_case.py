"""A corrected scan as a case to learn from: new files that name nobody.

Nothing is copied from the source file's header. What leaves is on a short list: the counts, the
pixel spacing, which view is which, the masks, and what the reader called each of them. Names and
UIDs are new and follow from the counts alone, so the same scan gives the same case again.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.errors import ReviewIncomplete
from BMLesionSegLib.exporting.atomic import files_together
from BMLesionSegLib.exporting.nuclear_medicine import (
    SyntheticIdentity,
    nuclear_medicine_dataset,
    save,
)
from BMLesionSegLib.exporting.reported import Reported, ReportedView
from BMLesionSegLib.exporting.segment import truth_segment
from BMLesionSegLib.exporting.segmentation_nrrd import write_segmentation
from BMLesionSegLib.lesions import ReviewStatus
from BMLesionSegLib.scan import BoneScan, ViewName, view_geometry

if TYPE_CHECKING:
    from pydicom import Dataset

SCAN_FILE = "scan.dcm"
UNKNOWN = (
    *("PatientSex", "PatientBirthDate", "StudyID", "ManufacturerModelName"),
    *("StudyDate", "SeriesDate", "AcquisitionDate", "StudyTime", "SeriesTime", "AcquisitionTime"),
    *("ScanVelocity", "ScanLength"),
    *("EnergyWindowInformationSequence", "RadiopharmaceuticalInformationSequence"),
    *("PatientOrientationCodeSequence", "PatientGantryRelationshipCodeSequence"),
)
"""Demanded of every nuclear medicine file, but nothing to learn from: left empty."""
TOLERANCE = 1e-3
METHOD = "New file from counts, spacing and views alone"


def write_training_case(folder: Path, result: Reported) -> Path:
    """Write ``folder/case-.../``: ``scan.dcm`` and one ``.seg.nrrd`` a view.

    `bmlesionseg train --cases` and `evaluate --cases` read such folders. Rejected contours are no
    part of a case; benign and indeterminate ones are labelled so, and count as background there.

    Args:
        folder: holds one folder a case; made if need be.
        result: every lesion reviewed.

    Returns:
        The case's folder.

    Raises:
        ReviewIncomplete: a lesion has no status.
        OutputRefused: it cannot be written there.
    """
    check_reviewed(result.views)
    counts, slope = stored_counts(result.scan)
    name = case_name(result.scan)
    case = folder / name
    with files_together(case) as temporary:
        save(
            anonymous_scan(name, counts, slope, result.scan.views[0].spacing), temporary / SCAN_FILE
        )
        for view in result.views:
            write_truth(temporary, view)
    return case


def check_reviewed(views: Iterable[ReportedView]) -> None:
    """Refuse labels that nobody has looked at."""
    statuses = [one.lesion.status for view in views for one in view.lesions]
    unreviewed = statuses.count(ReviewStatus.UNREVIEWED)
    if unreviewed:
        raise ReviewIncomplete(
            "a case to learn from has every lesion reviewed",
            f"{unreviewed} of {len(statuses)} are not",
            "Give each a status: metastasis, indeterminate, benign or rejected.",
        )


def case_name(scan: BoneScan) -> str:
    """From the counts alone: it leads back to no patient, study or file."""
    content = hashlib.sha256(
        repr([(view.name, view.shape, view.spacing) for view in scan]).encode()
    )
    for view in scan:
        content.update(view.counts.tobytes())
    return f"case-{content.hexdigest()[:12]}"


def stored_counts(scan: BoneScan) -> tuple[dict[ViewName, NDArray[np.uint16]], float]:
    """The counts as 16-bit numbers, and the factor that brings them back.

    Whole counts, and whole multiples of the lowest one, are kept as they are; others to one part in
    65535 of the highest.
    """
    counts = np.stack([view.counts for view in scan]).astype(np.float64)
    highest, lowest = counts.max(), counts[counts > 0].min()
    limit = np.iinfo(np.uint16).max
    slope = next(
        (step for step in (1.0, lowest) if highest <= limit * step and multiples(counts, step)),
        highest / limit,
    )
    stored = np.rint(counts / slope).astype(np.uint16)
    return {view.name: stored[index] for index, view in enumerate(scan)}, float(slope)


def multiples(counts: NDArray[np.float64], step: float) -> bool:
    """Whether all counts are whole multiples of a step, single-precision rounding apart."""
    units = counts / step
    return bool(np.abs(units - np.rint(units)).max() < TOLERANCE)


def anonymous_scan(
    name: str,
    counts: Mapping[ViewName, NDArray[np.uint16]],
    slope: float,
    spacing: tuple[float, float],
) -> "Dataset":
    """The scan as a nuclear medicine dataset of nobody's.

    Args:
        name: of the case, also the patient's number; every UID follows from it.
        counts: uint16 ``[row, column]`` a view.
        slope: counts a stored unit.
        spacing: mm between rows, columns.
    """
    dataset = nuclear_medicine_dataset(counts, spacing, SyntheticIdentity(name, name))
    for keyword in UNKNOWN:
        setattr(dataset, keyword, [] if keyword.endswith("Sequence") else "")
    del dataset.PatientAge
    # Demanded with a value; how long it took is not known.
    dataset.ActualFrameDuration = "0"
    dataset.PatientName = "ANONYMOUS"
    dataset.PatientIdentityRemoved = "YES"
    dataset.DeidentificationMethod = METHOD
    dataset.StudyDescription = "Whole-body bone scan"
    dataset.ImageComments = f"A case to learn from. {RESEARCH_USE}"
    if slope != 1:
        dataset.RescaleSlope, dataset.RescaleIntercept = f"{slope:.10g}", "0"
        dataset.CountsAccumulated = None
    return dataset


def write_truth(folder: Path, view: ReportedView) -> None:
    """The lesions of one view by class, under new names."""
    own = view.view
    segments = [
        truth_segment(one.lesion.number, one.lesion.status.value, str(one.lesion.site))
        for one in view.lesions
    ]
    geometry = view_geometry(own.name, own.shape, own.spacing)
    write_segmentation(folder / f"{own.name}.seg.nrrd", view.labels, geometry, segments)
