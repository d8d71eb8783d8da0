"""The frozen test cohort: which patients, and the hash by which to know them.

Floating-point libraries of another kind may round an expected count to the other side and so draw
another Poisson number: the hash holds for the versions written beside it, the parameters anywhere.
"""

import hashlib
from collections.abc import Iterator

from BMLesionSegLib.simulation.simulate import simulate_patient

TEST_COHORT = "clinic"
TEST_SEED = 20261122
TEST_PATIENTS = 100
CARD_SEED = 900_001
"""Of the patients that a new model's card is measured on; trainings leave it alone."""


def patient_digests(patients: int = TEST_PATIENTS) -> Iterator[str]:
    """SHA-256 of the counts and the truth of each patient of the test cohort, from patient 1 on."""
    for number in range(1, patients + 1):
        patient = simulate_patient(TEST_SEED, number, TEST_COHORT)
        summary = hashlib.sha256()
        for view in patient.views:
            summary.update(view.counts.tobytes() + view.spots.tobytes())
        yield summary.hexdigest()
