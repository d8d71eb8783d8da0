"""Who comes to the camera: the patients of a cohort before they are scanned."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.simulation.parameters import SPREAD_FACTOR
from BMLesionSegLib.simulation.physique import Sex
from BMLesionSegLib.simulation.sites import Extent, Primary, draw_primary


class Cohort(StrEnum):
    """Which patients."""

    CLINIC = "clinic"
    PAPER = "paper"


CODES = {Cohort.CLINIC: 1, Cohort.PAPER: 2}
WITHOUT_METASTASES = 0.30
CONFLUENT = {Primary.LUNG: 0.15, Primary.PROSTATE: 0.32, Primary.BREAST: 0.22, Primary.OTHER: 0.16}
MANY = {Primary.LUNG: 0.14, Primary.PROSTATE: 0.30, Primary.BREAST: 0.20, Primary.OTHER: 0.14}
RIB_ROWS = 0.05
SUPERSCAN = {Primary.LUNG: 0.025, Primary.PROSTATE: 0.12, Primary.BREAST: 0.02, Primary.OTHER: 0.01}


@dataclass(frozen=True)
class Person:
    """One patient's history.

    Attributes:
        sex, age: of the patient.
        primary: tumour.
        extent: of the bone disease, None without metastases.
        spread: factor on every spread of normal uptake.
    """

    sex: Sex
    age: int
    primary: Primary
    extent: Extent | None
    spread: float


def named_cohort(name: str) -> Cohort:
    """The cohort of that name.

    Raises:
        TrainingRefused: no such cohort.
    """
    if name not in set(Cohort):
        raise TrainingRefused(
            f"a cohort is {' or '.join(Cohort)}", f"{name!r} came", "Choose one of them."
        )
    return Cohort(name)


def draw_person(cohort: Cohort, rng: np.random.Generator) -> Person:
    """Draw one patient of a cohort."""
    return clinic_patient(rng) if cohort is Cohort.CLINIC else paper_patient(rng)


def clinic_patient(rng: np.random.Generator) -> Person:
    """A mixed clinic: three primaries and others, three in ten without metastases."""
    sex = Sex.MALE if rng.random() < 0.54 else Sex.FEMALE
    age = int(np.clip(rng.normal(63, 11), 25, 90))
    primary = draw_primary(sex, rng)
    extent = None if rng.random() < WITHOUT_METASTASES else clinic_extent(primary, rng)
    return Person(sex, age, primary, extent, float(rng.uniform(*SPREAD_FACTOR)))


def clinic_extent(primary: Primary, rng: np.random.Generator) -> Extent:
    """From a single lesion to confluent disease."""
    contrast = float(np.exp(rng.normal(0, 0.25)))
    draw, rows = rng.random(), bool(rng.random() < RIB_ROWS)
    if rng.random() < SUPERSCAN[primary]:
        return Extent(0, contrast, 0.0, rib_rows=False, superscan=True)
    if draw < CONFLUENT[primary]:
        return Extent(0, contrast, float(rng.uniform(0.3, 0.98)), rib_rows=False)
    if draw < CONFLUENT[primary] + MANY[primary]:
        return Extent(int(rng.integers(18, 60)), contrast, 0.0, rows)
    return Extent(1 + int(rng.negative_binomial(1.1, 1.1 / (1.1 + 5))), contrast, 0.0, rows)


def paper_patient(rng: np.random.Generator) -> Person:
    """Lung cancer, all metastatic: Xie 2025, 103 men and 65 women, 58.2 +- 9.9 years."""
    sex = Sex.MALE if rng.random() < 103 / 168 else Sex.FEMALE
    age = int(np.clip(rng.normal(58.2, 9.9), 29, 81))
    count = 1 + int(rng.negative_binomial(0.85, 0.85 / (0.85 + 2.4)))
    extent = Extent(count, float(np.exp(rng.normal(0, 0.2))), 0.0, rib_rows=False)
    return Person(sex, age, Primary.LUNG, extent, float(rng.uniform(*SPREAD_FACTOR)))
