"""What one training is: network, recipe, data, seeds. Recorded in the bundle."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from BMLesionSegLib.learning.cases import Case, labelled_cases, simulated_cases

TEST_SEED = 900_001
"""Of the patients that a new model's card is measured on; never trained on by default."""


@dataclass(frozen=True)
class Plan:
    """One training.

    Attributes:
        preset: of the paper's network: base32, base64 or small.
        recipe: "paper" or "ours".
        steps: planned.
        seed: of the weights, the tiles and the simulated cohort.
        cohort: "clinic" or "paper".
        patients: simulated for training.
        cases: folder of labelled cases instead of simulated ones; every tenth validates.
        workers: processes that simulate.
        minutes: of training in this call, after which the bundle is written all the same.
        validation_patients: simulated to choose the threshold on.
        test_patients: simulated, of a seed of their own, for the card.
    """

    preset: str
    recipe: str
    steps: int
    seed: int
    cohort: str
    patients: int
    cases: Path | None = None
    workers: int = 1
    minutes: float = math.inf
    validation_patients: int = 20
    test_patients: int = 60

    def training_cases(self) -> Iterator[Case]:
        """Patients to learn from."""
        if self.cases is not None:
            yield from self._labelled(validation=False)
            return
        patients = range(1, self.patients + 1)
        yield from simulated_cases(self.seed, patients, self.cohort, self.workers)

    def validation_cases(self) -> Iterator[Case]:
        """Other patients, to choose the threshold on."""
        if self.cases is not None:
            yield from self._labelled(validation=True)
            return
        patients = range(self.patients + 1, self.patients + 1 + self.validation_patients)
        yield from simulated_cases(self.seed, patients, self.cohort, self.workers)

    def test_cases(self) -> Iterator[Case]:
        """Simulated patients of a seed of their own, for the card."""
        patients = range(1, self.test_patients + 1)
        return simulated_cases(TEST_SEED, patients, self.cohort, self.workers)

    def command(self) -> str:
        """What to type to train the same again."""
        if self.cases is not None:
            data = "--cases FOLDER"
        else:
            data = f"--patients {self.patients} --cohort {self.cohort}"
        return (
            f"bmlesionseg train --network {self.preset} --recipe {self.recipe}"
            f" --steps {self.steps} --seed {self.seed} {data} --output DIR"
        )

    def _labelled(self, validation: bool) -> Iterator[Case]:
        """Labelled cases; every tenth patient validates."""
        if self.cases is not None:
            for number, case in enumerate(labelled_cases(self.cases)):
                if (number % 10 == 9) is validation:
                    yield case
