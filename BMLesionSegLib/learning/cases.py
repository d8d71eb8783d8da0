"""Cases: a bone scan with the metastases that a truth, simulated or labelled, gives it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.scan import BoneScan, EvidenceKind, View, ViewEvidence, ViewName
from BMLesionSegLib.simulation import simulate_patient
from BMLesionSegLib.simulation.in_order import in_order


@dataclass(frozen=True, eq=False)
class Case:
    """A scan and its truth.

    Attributes:
        scan: one or two views.
        metastases: for each view an int label map ``[row, column]``: 0 none, one value a lesion.
    """

    scan: BoneScan
    metastases: dict[ViewName, NDArray[np.int32]]

    @property
    def normal(self) -> bool:
        """True when no view shows a metastasis."""
        return not any(labels.any() for labels in self.metastases.values())


def simulated_case(seed: int, cohort: str, patient: int) -> Case:
    """One simulated patient as a case."""
    simulated = simulate_patient(seed, patient, cohort)
    evidence = ViewEvidence(EvidenceKind.USER, "simulated")
    views = tuple(
        View(view.name, view.counts.astype(np.float32), simulated.spacing, evidence)
        for view in simulated.views
    )
    scan = BoneScan(views, f"{cohort}-{seed}-{patient:06d}")
    metastases = {
        view.name: np.where(simulated.metastasis_mask(view.name), view.spots, 0).astype(np.int32)
        for view in simulated.views
    }
    return Case(scan, metastases)


def simulated_cases(
    seed: int, patients: Iterable[int], cohort: str = "clinic", workers: int = 1
) -> Iterator[Case]:
    """Simulated patients in order, the same on any number of processes.

    Args:
        seed: of the cohort.
        patients: numbers; the same number and seed give the same patient.
        cohort: "clinic" or "paper".
        workers: processes.
    """
    make = partial(simulated_case, seed, cohort)
    yield from in_order(make, patients, workers)


def labelled_cases(folder: Path) -> Iterator[Case]:
    """Cases from folders like those that ``simulate`` writes: a scan and a truth a view.

    Args:
        folder: holds one folder a patient with ``scan.dcm`` and ``anterior.seg.nrrd`` and / or
            ``posterior.seg.nrrd``. Segments of another class than metastasis are left out.

    Raises:
        TrainingRefused: no such patient folder, or a truth that does not fit its scan.
        BMLesionSegError: whatever the reader of a scan or a truth refuses.
    """
    from BMLesionSegLib.reading import load_scan

    scans = sorted(folder.glob("*/scan.dcm"))
    if not scans:
        raise TrainingRefused(
            "a folder of cases holds PATIENT/scan.dcm",
            "none was found",
            "Give the folder that `bmlesionseg simulate` wrote.",
        )
    for path in scans:
        scan = load_scan(path)
        yield Case(scan, {view.name: read_truth(path.parent, view) for view in scan})


def read_truth(folder: Path, view: View) -> NDArray[np.int32]:
    """The metastases of one view ``[row, column]`` from its segmentation file."""
    from BMLesionSegLib.exporting.segment import CLASS_TAG
    from BMLesionSegLib.exporting.segmentation_nrrd import read_segmentation

    path = folder / f"{view.name}.seg.nrrd"
    stored = read_segmentation(path)
    labels = stored.labels
    if labels.shape != view.shape:
        raise TrainingRefused(
            f"the truth of a view has its {view.shape} pixels",
            f"{path.name} has {labels.shape}",
            "Give the segmentation that belongs to this scan.",
        )
    kept = [
        segment.label
        for segment in stored.segments
        if segment.tags.get(CLASS_TAG, "metastasis") == "metastasis"
    ]
    metastases: NDArray[np.int32] = np.where(np.isin(labels, kept), labels, 0).astype(np.int32)
    return metastases
