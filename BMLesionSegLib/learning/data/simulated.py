"""Simulated patients as cases, made in memory; needs numpy and scipy alone."""

from collections.abc import Iterable, Iterator
from functools import partial

import numpy as np

from BMLesionSegLib.learning.data.case import Case
from BMLesionSegLib.scan import BoneScan, EvidenceKind, View, ViewEvidence
from BMLesionSegLib.simulation import simulate_patient
from BMLesionSegLib.simulation.in_order import in_order


def simulated_case(seed: int, cohort: str, patient: int) -> Case:
    """One simulated patient as a case."""
    simulated = simulate_patient(seed, patient, cohort)
    evidence = ViewEvidence(EvidenceKind.USER, "simulated")
    views = tuple(
        View(view.name, view.counts.astype(np.float32), simulated.spacing, evidence)
        for view in simulated.views
    )
    metastases, other_uptake = {}, {}
    for view in simulated.views:
        mask = simulated.metastasis_mask(view.name)
        metastases[view.name] = np.where(mask, view.spots, 0).astype(np.int32)
        other_uptake[view.name] = (view.spots > 0) & ~mask
    return Case(
        BoneScan(views, f"{cohort}-{seed}-{patient:06d}"),
        metastases,
        other_uptake,
        simulated.sex.value,
        simulated.age,
    )


def simulated_cases(
    seed: int, patients: Iterable[int], cohort: str = "clinic", workers: int = 1
) -> Iterator[Case]:
    """Simulated patients in order, the same on any number of processes.

    Args:
        seed: of the cohort.
        patients: numbers; the same number and seed give the same patient.
        cohort: "clinic" or "paper".
        workers: processes.

    Raises:
        TrainingRefused: no such cohort.
    """
    make = partial(simulated_case, seed, cohort)
    yield from in_order(make, patients, workers)
