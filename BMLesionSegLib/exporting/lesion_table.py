"""``lesions.csv``: one row a lesion, for spreadsheets and statistics."""

import csv
import math
from collections.abc import Iterable
from pathlib import Path

from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.exporting.atomic import atomic_path
from BMLesionSegLib.lesions import Finding, Lesion

COLUMNS = (
    "finding",
    "view",
    "segment_id",
    "level",
    "side",
    "status",
    "pixels",
    "area_mm2",
    "centroid_row",
    "centroid_column",
    "max_counts",
    "mean_counts",
    "total_counts",
    "uptake_ratio",
    "mean_probability",
    "research_use",
)


def write_lesion_table(path: Path, findings: Iterable[Finding]) -> None:
    """Write one row a lesion, in the order of findings, anterior before posterior.

    Args:
        path: of the table.
        findings: of the scan; without any, only the header is written.

    Raises:
        OutputRefused: the file cannot be written there.
    """
    with atomic_path(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for finding in findings:
            writer.writerows(row(finding.number, lesion) for lesion in finding.lesions)


def row(finding: int, lesion: Lesion) -> tuple[str, ...]:
    """The cells of a lesion, in the order of ``COLUMNS``."""
    return (
        str(finding),
        lesion.view.value,
        lesion.segment_id,
        lesion.site.level.value,
        lesion.site.side.value,
        lesion.status.value,
        str(lesion.pixels),
        f"{lesion.area_mm2:.1f}",
        f"{lesion.centroid[0]:.1f}",
        f"{lesion.centroid[1]:.1f}",
        f"{lesion.max_counts:g}",
        f"{lesion.mean_counts:.2f}",
        f"{lesion.total_counts:.0f}",
        f"{lesion.uptake_ratio:.2f}",
        "" if math.isnan(lesion.mean_probability) else f"{lesion.mean_probability:.3f}",
        RESEARCH_USE,
    )
