"""Training, validation and test by patient, never by image."""

from dataclasses import dataclass

import numpy as np

from BMLesionSegLib.errors import TrainingRefused

TEST_SHARE = 0.3
"""The paper's (its Table 3)."""
VALIDATION_SHARE = 0.1
FEWEST = 3
SPLIT_SEED = 0
"""One for all trainings, so that all are tested on the same patients."""


@dataclass(frozen=True)
class Split:
    """Places of patients, from 0; each in one part alone."""

    training: tuple[int, ...]
    validation: tuple[int, ...]
    test: tuple[int, ...]


def split_patients(count: int) -> Split:
    """Part patients at random, the same for the same count; at least one in each part.

    Args:
        count: of patients.

    Raises:
        TrainingRefused: fewer patients than parts.
    """
    if count < FEWEST:
        expected = f"at least {FEWEST} patients are there to train, validate and test on"
        raise TrainingRefused(expected, f"{count} came", "Add patients.")
    order = [int(place) for place in np.random.default_rng(SPLIT_SEED).permutation(count)]
    tested = max(1, round(TEST_SHARE * count))
    validated = max(1, round(VALIDATION_SHARE * count))
    return Split(
        training=tuple(sorted(order[tested + validated :])),
        validation=tuple(sorted(order[tested : tested + validated])),
        test=tuple(sorted(order[:tested])),
    )
