"""Results without a network: a run's outcome from painted maps, a segmentation drawn by hand."""

import numpy as np

from BMLesionSegLib.exporting.segment import Segment
from BMLesionSegLib.exporting.segmentation_nrrd import StoredSegmentation
from BMLesionSegLib.inference import RunRecord, Segmentation, ViewResult
from BMLesionSegLib.lesions import find_body, find_lesions, pair_findings
from BMLesionSegLib.quality import assess
from BMLesionSegLib.scan import BoneScan, View, ViewName
from Testing.library.doll import Block, painted, place


def result_of(scan: BoneScan, blocks: dict[ViewName, list[Block]]) -> Segmentation:
    """A run's outcome, without a network."""
    results = []
    for view in scan:
        body = find_body(view)
        probability = painted(view.name, *blocks[view.name])
        capped = view.counts > 120
        lesions = find_lesions(view, body, probability, 0.5, 20.0)
        results.append(ViewResult(view, body, probability, capped, lesions))
    findings = pair_findings([(one.view, one.lesions) for one in results])
    bodies = {one.view.name: one.body for one in results}
    record = RunRecord(
        model_name="small",
        model_version="1",
        model_sha256="0" * 64,
        device="CPU (2 threads)",
        precision="float32",
        threads=2,
        threshold=0.5,
        extent=1.0,
        minimum_area_mm2=20.0,
        seconds={"network": 1.23456},
        notes=("Memory ran out: 1 at a time.",),
    )
    return Segmentation(scan, tuple(results), findings, assess(scan, bodies), record)


def drawn(view: View, *spots: tuple[Block, dict[str, str]]) -> StoredSegmentation:
    """Blocks of a view as segments with these tags."""
    labels = np.zeros(view.shape, np.int32)
    segments = []
    for number, (block, tags) in enumerate(spots, start=1):
        labels[place(block, view.name)] = number
        segments.append(Segment(number, f"s{number}", f"Segment {number}", (1, 2, 3), tags))
    return StoredSegmentation(labels, view.geometry, tuple(segments))
