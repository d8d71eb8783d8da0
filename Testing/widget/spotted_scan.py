"""A phantom with ten hot spots, as a DICOM file, and a network that sees exactly those."""

from pathlib import Path

import numpy as np

from BMLesionSegLib.scan import ViewName
from Testing.library.nm_files import nm_file
from Testing.library.scans import SPACING, body_pair

ROWS = (190, 240, 290, 340, 390, 440)
"""One spot a row in the anterior view, along the spine; every second one also from behind."""
BEHIND = (215, 265, 315, 365)
"""Spots that only the posterior view shows."""
FINDINGS = len(ROWS) + len(BEHIND)
COLUMN = 150
"""Of the anterior spots: 22 columns to the patient's left."""


def spotted_counts() -> dict[ViewName, np.ndarray]:
    """Counts of both views; the phantom's own hot rib is taken out."""
    counts = {view: np.minimum(one, 40) for view, one in body_pair().items()}
    for place, row in enumerate(ROWS):
        spot(counts[ViewName.ANTERIOR], row, COLUMN)
        if place % 2 == 0:
            spot(counts[ViewName.POSTERIOR], row, 255 - COLUMN)
    for row in BEHIND:
        spot(counts[ViewName.POSTERIOR], row, 255 - COLUMN)
    return counts


def spot(counts: np.ndarray, row: int, column: int) -> None:
    """Seven by seven hot pixels."""
    counts[row - 3 : row + 4, column - 3 : column + 4] = 400


def spotted_file(path: Path, key: str = "spotted") -> Path:
    """The phantom as a camera would write it."""
    return nm_file(path, counts=spotted_counts(), spacing=SPACING, key=key)
