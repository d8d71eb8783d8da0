"""``run.json``: how a result was made, so that it can be audited and repeated."""

import hashlib
import json
from pathlib import Path
from typing import Any

from BMLesionSegLib import RESEARCH_USE, __version__
from BMLesionSegLib.exporting.atomic import atomic_path
from BMLesionSegLib.inference import Segmentation, ViewResult
from BMLesionSegLib.quality import QualityReport
from BMLesionSegLib.scan import SourceFrame

SEGMENTATIONS = "segmentations_sha256"
UNREADABLE = (OSError, ValueError, KeyError, TypeError, RecursionError)
"""What a record that is missing, damaged or of another kind raises."""


def write_run_record(path: Path, segmentation: Segmentation) -> None:
    """Write the record; apart from ``seconds``, the same run gives the same bytes.

    It also keeps the sha256 of the segmentation files beside it, so that a corrected one can be
    told later.

    Raises:
        OutputRefused: the file cannot be written there.
    """
    record = run_record(segmentation) | {SEGMENTATIONS: segmentation_hashes(path.parent)}
    text = json.dumps(record, indent=2, sort_keys=True)
    with atomic_path(path) as temporary:
        temporary.write_text(text + "\n", encoding="utf-8", newline="\n")


def segmentation_hashes(folder: Path) -> dict[str, str]:
    """sha256 of every segmentation file of a folder, by name."""
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.glob("*.seg.nrrd"))
    }


def corrected_since(folder: Path) -> list[str]:
    """Segmentations of a result's folder that are not what its run wrote, by name.

    All of them where the record cannot be read: nothing says that they are untouched.
    """
    try:
        record = json.loads((folder / "run.json").read_text("utf-8"))
        written = dict(record[SEGMENTATIONS])
    except UNREADABLE:
        written = {}
    return [
        name for name, digest in segmentation_hashes(folder).items() if written.get(name) != digest
    ]


def recorded_model(folder: Path) -> str:
    """Name and version of the model of a result's folder; empty where no record says it."""
    try:
        model = json.loads((folder / "run.json").read_text("utf-8"))["model"]
        return f"{model['name']} {model['version']}"
    except UNREADABLE:
        return ""


def run_record(segmentation: Segmentation) -> dict[str, Any]:
    """The record as plain data; UIDs only as hashes, never a patient's name."""
    record, scan = segmentation.record, segmentation.scan
    return {
        "research_use": RESEARCH_USE,
        "software": {"name": "BMLesionSeg", "version": __version__},
        "model": {
            "name": record.model_name,
            "version": record.model_version,
            "sha256": record.model_sha256,
        },
        "device": record.device,
        "precision": record.precision,
        "threads": record.threads,
        "threshold": record.threshold,
        "extent": record.extent,
        "minimum_area_mm2": record.minimum_area_mm2,
        "seconds": {stage: round(time, 4) for stage, time in record.seconds.items()},
        "notes": list(record.notes),
        "searched_alone": record.alone,
        "scan": {
            "name": scan.name,
            "study_uid_sha256": hashed(scan.study_uid),
            "series_uid_sha256": hashed(scan.series_uid),
        },
        "headline": segmentation.quality.headline(len(segmentation.findings)),
        "findings": len(segmentation.findings),
        "quality_flags": quality_flags(segmentation.quality),
        "views": {result.view.name.value: view_record(result) for result in segmentation.views},
    }


def view_record(result: ViewResult) -> dict[str, Any]:
    """One view: where it came from, and what was found."""
    view = result.view
    return {
        "rows": view.shape[0],
        "columns": view.shape[1],
        "spacing_mm": list(view.spacing),
        "total_counts": float(view.counts.sum(dtype="float64")),
        "evidence": {
            "kind": view.evidence.kind.value,
            "text": view.evidence.text,
            "assumed": view.evidence.assumed,
        },
        "source": source_record(view.source),
        "lesions": len(result.lesions.lesions),
        "lesion_pixels": int((result.lesions.labels > 0).sum()),
        "capped_pixels": int(result.capped.sum()),
    }


def source_record(source: SourceFrame | None) -> dict[str, Any] | None:
    """The DICOM frame of a view, its file's UID as a hash."""
    if source is None:
        return None
    return {
        "sop_instance_uid_sha256": hashed(source.sop_instance_uid),
        "frame": source.frame,
        "quarter_turns": source.quarter_turns,
    }


def quality_flags(quality: QualityReport) -> list[dict[str, Any]]:
    """The flags as plain data."""
    return [
        {
            "kind": flag.kind.value,
            "view": flag.view.value if flag.view else None,
            "text": flag.text,
            "blocks_normal": flag.blocks_normal,
        }
        for flag in quality.flags
    ]


def hashed(uid: str | None) -> str | None:
    """SHA-256 of a UID: tells two studies apart without naming either."""
    return hashlib.sha256(uid.encode()).hexdigest() if uid else None
