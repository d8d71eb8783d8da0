"""Who comes to the camera: the patients of a cohort before they are scanned."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.simulation.anatomy.physique import Sex
from BMLesionSegLib.simulation.disease.disease_parameters import (
    CLINIC_AGE,
    CLINIC_MEN,
    CONFLUENT,
    CONFLUENT_SHARE,
    FEW_LESIONS,
    MANY,
    MANY_LESIONS,
    PAPER_AGE,
    PAPER_LESIONS,
    PAPER_MEN,
    PAPER_MOST_LESIONS,
    PATIENT_CONTRAST,
    RIB_ROWS,
    SUPERSCAN,
    WITHOUT_METASTASES,
)
from BMLesionSegLib.simulation.disease.sites import Extent, Primary, draw_primary
from BMLesionSegLib.simulation.parameter import Parameter
from BMLesionSegLib.simulation.uptake.uptake_parameters import SPREAD_FACTOR


class Cohort(StrEnum):
    """Which patients."""

    CLINIC = "clinic"
    PAPER = "paper"


CODES = {Cohort.CLINIC: 1, Cohort.PAPER: 2}


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
    """A mixed clinic: three primaries and others, some patients without metastases."""
    sex = Sex.MALE if CLINIC_MEN.happens(rng) else Sex.FEMALE
    age = int(np.clip(CLINIC_AGE.draw(rng), 25, 90))
    primary = draw_primary(sex, rng)
    extent = None if WITHOUT_METASTASES.happens(rng) else clinic_extent(primary, rng)
    return Person(sex, age, primary, extent, SPREAD_FACTOR.draw(rng))


def clinic_extent(primary: Primary, rng: np.random.Generator) -> Extent:
    """From a single lesion to confluent disease and superscan."""
    contrast, rows = PATIENT_CONTRAST.draw(rng), RIB_ROWS.happens(rng)
    if SUPERSCAN[primary].happens(rng):
        return Extent(0, contrast, 0.0, rib_rows=False, superscan=True)
    draw, confluent = rng.random(), CONFLUENT[primary].value
    if draw < confluent:
        return Extent(0, contrast, CONFLUENT_SHARE.draw(rng), rib_rows=False)
    if draw < confluent + MANY[primary].value:
        return Extent(int(MANY_LESIONS.draw(rng)), contrast, 0.0, rows)
    return Extent(few(FEW_LESIONS, rng), contrast, 0.0, rows)


def paper_patient(rng: np.random.Generator) -> Person:
    """Lung cancer, all metastatic."""
    sex = Sex.MALE if PAPER_MEN.happens(rng) else Sex.FEMALE
    age = int(np.clip(PAPER_AGE.draw(rng), 29, 81))
    count = min(few(PAPER_LESIONS, rng), int(PAPER_MOST_LESIONS.value))
    extent = Extent(count, PATIENT_CONTRAST.draw(rng), 0.0, rib_rows=False)
    return Person(sex, age, Primary.LUNG, extent, SPREAD_FACTOR.draw(rng))


def few(lesions: tuple[Parameter, Parameter], rng: np.random.Generator) -> int:
    """One lesion and a negative binomial number more: mean and dispersion."""
    mean, dispersion = (parameter.value for parameter in lesions)
    return 1 + int(rng.negative_binomial(dispersion, dispersion / (dispersion + mean)))
