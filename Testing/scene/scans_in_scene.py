"""Scans for the tests of this ring: synthetic, small where that is enough."""

from pathlib import Path

import numpy as np

from BMLesionSegLib.inference import RunRecord, Segmentation, ViewResult
from BMLesionSegLib.lesions import find_body, find_lesions, pair_findings
from BMLesionSegLib.quality import assess
from BMLesionSegLib.scan import BoneScan
from Testing.library.scans import body_pair, scan_of

SMALL = (512, 128)
SMALL_SPACING = (4.52, 4.52)


def small_scan() -> BoneScan:
    """Both views in 512 x 128 pixels, not from DICOM."""
    return scan_of(body_pair(SMALL), SMALL_SPACING)


def probability(view, spots) -> np.ndarray:
    """Squares of seven pixels, each of one probability; 0 elsewhere."""
    values = np.zeros(view.shape, np.float32)
    for row, column, height in spots:
        values[row : row + 7, column : column + 7] = height
    return values


def segmentation_of(scan: BoneScan, spots: dict) -> Segmentation:
    """What a run would give for known probabilities: no network, no torch.

    Args:
        scan: one or two views.
        spots: for each view (row, column, probability) of its squares.
    """
    results = []
    for view in scan:
        body, values = find_body(view), probability(view, spots.get(view.name, ()))
        lesions = find_lesions(view, body, values, 0.5, 25.0)
        results.append(ViewResult(view, body, values, np.zeros(view.shape, bool), lesions))
    findings = pair_findings(tuple((result.view, result.lesions) for result in results))
    quality = assess(scan, {result.view.name: result.body for result in results})
    record = RunRecord("test", "1.0.0", "0" * 64, "CPU", "float32", 1, 0.5, 1.0, 25.0, {})
    return Segmentation(scan, tuple(results), findings, quality, record)


def shipped_scan() -> Path:
    """The NM file of the shipped simulated patient."""
    from BMLesionSegLib.resources import resource

    return resource("SampleData", "simulated-patient", "scan.dcm")
