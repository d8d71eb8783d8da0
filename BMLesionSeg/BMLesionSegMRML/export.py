"""A reviewed scan to files, all of it by the library; rejected findings stay out."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from BMLesionSegLib.exporting.corrected import corrected, status_of
from BMLesionSegLib.exporting.export import export_dicom
from BMLesionSegLib.exporting.lesion_table import write_lesion_table
from BMLesionSegLib.exporting.report import write_report
from BMLesionSegLib.exporting.reported import Reported
from BMLesionSegLib.exporting.segmentation_nrrd import StoredSegmentation, write_segmentation
from BMLesionSegLib.exporting.source_instance import can_be_referenced
from BMLesionSegLib.lesions import Finding, Lesion, ReviewStatus
from BMLesionSegLib.scan import BoneScan, ViewName
from BMLesionSegMRML.measured_view import MeasuredView

TABLE = "lesions.csv"
REPORT = ("report.pdf", "report.json", "report.csv", "impression.txt")


def resultOf(scan: BoneScan, views: Mapping[ViewName, MeasuredView]) -> Reported:
    """What leaves of a review."""
    return corrected(scan, stored(views).values())


def stored(views: Mapping[ViewName, MeasuredView]) -> dict[ViewName, StoredSegmentation]:
    """The segmentations as files would hold them."""
    drawn = {name: view.drawn() for name, view in views.items()}
    return {
        name: StoredSegmentation(one.labels, views[name].view.geometry, one.segments)
        for name, one in drawn.items()
    }


def exportScan(
    folder: Path,
    scan: BoneScan,
    views: Mapping[ViewName, MeasuredView],
    findings: Iterable[Finding],
    when: datetime,
) -> list[Path]:
    """Write segmentations, table, a draft report and, for a scan from DICOM, the DICOM objects.

    What is refused is refused before any file has changed: the DICOM objects come first.

    Args:
        folder: gets one folder named like the scan.
        scan: with its DICOM files, as far as they were found.
        views: with their segmentations.
        findings: of the review.
        when: the moment of the export.

    Returns:
        The files written.
    """
    place = folder / scan.name
    result = resultOf(scan, views)
    written = []
    if can_be_referenced(scan):
        written += export_dicom(place, result, when)
    for name, one in stored(views).items():
        kept = [part for part in one.segments if status_of(part) is not ReviewStatus.REJECTED]
        written.append(place / f"{name}.seg.nrrd")
        write_segmentation(written[-1], one.labels, one.geometry, kept)
    written.append(place / TABLE)
    write_lesion_table(written[-1], filter(None, map(withoutRejected, findings)))
    write_report(place, result, when)
    return [*written, *(place / name for name in REPORT)]


def withoutRejected(finding: Finding) -> Finding | None:
    """A finding with the lesions that leave, None if none does."""

    def leaving(lesion: Lesion | None) -> Lesion | None:
        rejected = lesion is None or lesion.status is ReviewStatus.REJECTED
        return None if rejected else lesion

    left = replace(
        finding, anterior=leaving(finding.anterior), posterior=leaving(finding.posterior)
    )
    return left if left.lesions else None
