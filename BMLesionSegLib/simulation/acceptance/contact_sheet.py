"""A contact sheet: simulated patients side by side, as a physician would see them."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.exporting.atomic import atomic_path
from BMLesionSegLib.simulation.patient import SimulatedPatient
from BMLesionSegLib.simulation.simulate import simulate_patient

PER_ROW = 6
WINDOW_PERCENTILE, FEWEST_COUNTS = 97.0, 8
"""Black is that percentile of the pixels, 2 x 2 added, that hold more than so many counts."""


def write_contact_sheet(path: Path, seed: int, patients: int = 12) -> None:
    """Draw the first patients of the cohort ``clinic`` in inverted grey, anterior left.

    Args:
        path: PNG file to write.
        seed: of the cohort.
        patients: how many, from patient 1 on.

    Raises:
        OutputRefused: the file cannot be written.
    """
    from PIL import Image

    drawn = [picture(simulate_patient(seed, number)) for number in range(1, patients + 1)]
    drawn += [np.full_like(drawn[0], 255)] * (-patients % PER_ROW)
    rows = [np.concatenate(drawn[i : i + PER_ROW], 1) for i in range(0, len(drawn), PER_ROW)]
    with atomic_path(path) as temporary:
        Image.fromarray(np.concatenate(rows)).save(temporary, "PNG", optimize=True)


def picture(patient: SimulatedPatient) -> NDArray[np.uint8]:
    """Both views side by side at half size, uint8 ``[row, column]``."""
    return np.concatenate([inverted_grey(view.counts) for view in patient.views], 1)


def inverted_grey(counts: NDArray[np.uint16]) -> NDArray[np.uint8]:
    """Counts of a view, 2 x 2 pixels added, black on white."""
    rows, columns = counts.shape
    added = counts.reshape(rows // 2, 2, columns // 2, 2).sum((1, 3), dtype=np.float64)
    upper = np.percentile(added[added > FEWEST_COUNTS], WINDOW_PERCENTILE)
    return np.asarray(255 * (1 - np.clip(added / upper, 0, 1)), np.uint8)
