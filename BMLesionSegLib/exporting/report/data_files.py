"""``report.json`` and ``report.csv``: the report's facts without the patient's identity.

What a person wrote into the impression stands in neither, because it may name the patient.
"""

import csv
import json
from pathlib import Path
from typing import Any

from BMLesionSegLib import RESEARCH_USE, __version__
from BMLesionSegLib.exporting.report.facts import FindingFacts, LesionFacts, ReportFacts
from BMLesionSegLib.exporting.report.impression import Impression
from BMLesionSegLib.exporting.report.phrases import phrases
from BMLesionSegLib.exporting.run_record import quality_flags

STATE = "state"
FINAL, DRAFT = "final", "draft"


def write_json(path: Path, facts: ReportFacts, impression: Impression) -> None:
    """Write every fact as one JSON object."""
    text = json.dumps(report_record(facts, impression), indent=2, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def report_record(facts: ReportFacts, impression: Impression) -> dict[str, Any]:
    """The facts as plain data."""
    return {
        "research_use": RESEARCH_USE,
        "software": {"name": "BMLesionSeg", "version": __version__},
        "models": list(facts.models),
        "written": facts.when.isoformat(timespec="seconds"),
        STATE: FINAL if facts.final else DRAFT,
        "scan": facts.scan_name,
        "phrases": list(phrases(facts)),
        "impression_edited": impression.edited,
        "unreviewed_findings": facts.unreviewed,
        "rejected_lesions": facts.rejected,
        "quality_flags": quality_flags(facts.quality),
        "views": [
            {
                "view": view.name.value,
                "view_known_by": view.evidence,
                "rows": view.shape[0],
                "columns": view.shape[1],
                "spacing_mm": list(view.spacing),
                "total_counts": view.total_counts,
            }
            for view in facts.views
        ],
        "findings": [finding_record(finding) for finding in facts.findings],
    }


def finding_record(finding: FindingFacts) -> dict[str, Any]:
    """A finding with its lesions."""
    return {
        "finding": finding.number,
        "status": finding.status.value,
        "level": finding.site.level.value,
        "side": finding.site.side.value,
        "lesions": [lesion_record(lesion) for lesion in finding.lesions],
    }


def lesion_record(facts: LesionFacts) -> dict[str, Any]:
    """A lesion: what was measured, and the words for it."""
    lesion = facts.reported.lesion
    return {
        "view": lesion.view.value,
        "level": lesion.site.level.value,
        "side": lesion.site.side.value,
        "status": lesion.status.value,
        "contour": facts.reported.origin.value.lower(),
        "shape": facts.shape.value,
        "length_mm": round(facts.length_mm, 1),
        "area_mm2": round(lesion.area_mm2, 1),
        "mean_counts": round(lesion.mean_counts, 2),
        "max_counts": round(lesion.max_counts, 2),
        "total_counts": round(lesion.total_counts, 2),
        "uptake_ratio": round(lesion.uptake_ratio, 3),
        "intensity": facts.intensity.value,
    }


def write_csv(path: Path, facts: ReportFacts) -> None:
    """Write one row a lesion, in the order of findings; without any, the header alone."""
    rows = [
        {"finding": finding.number} | lesion_record(lesion) | {"research_use": RESEARCH_USE}
        for finding in facts.findings
        for lesion in finding.lesions
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


COLUMNS = (
    "finding",
    "view",
    "level",
    "side",
    "status",
    "contour",
    "shape",
    "length_mm",
    "area_mm2",
    "mean_counts",
    "max_counts",
    "total_counts",
    "uptake_ratio",
    "intensity",
    "research_use",
)
