"""A scan from file to files written, stage by stage."""

import statistics
import tempfile
import time
from pathlib import Path

from BMLesionSegLib.exporting.results import write_results
from BMLesionSegLib.inference import Segmenter
from BMLesionSegLib.reading import load_scan

WHOLE = "whole"


def one_scan(file: Path, segmenter: Segmenter, folder: Path) -> dict[str, float]:
    """Seconds by stage (read, prepare, network, stitch, lesions, write) and of the whole."""
    began = time.perf_counter()
    scan = load_scan(file)
    read = time.perf_counter()
    segmentation = segmenter.segment(scan)
    segmented = time.perf_counter()
    write_results(folder, segmentation)
    ended = time.perf_counter()
    return {
        "read": read - began,
        **segmentation.record.seconds,
        "write": ended - segmented,
        WHOLE: ended - began,
    }


def cold_and_warm(file: Path, segmenter: Segmenter, rounds: int) -> dict[str, dict[str, float]]:
    """The first scan of a process, and the medians of the next.

    Args:
        file: of a scan.
        segmenter: torch is imported, the model loaded.
        rounds: scans after the first.
    """
    with tempfile.TemporaryDirectory() as folder:
        first, *later = [one_scan(file, segmenter, Path(folder)) for _ in range(1 + rounds)]
    warm = {stage: statistics.median(scan[stage] for scan in later) for stage in first}
    return {"cold": rounded(first), "warm": rounded(warm)}


def rounded(seconds: dict[str, float]) -> dict[str, float]:
    """To a tenth of a millisecond."""
    return {stage: round(value, 4) for stage, value in seconds.items()}
