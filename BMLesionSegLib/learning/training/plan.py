"""What one training is: network, recipe, data, seeds. Recorded in the bundle."""

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from torch import nn

from BMLesionSegLib import __version__
from BMLesionSegLib.bundles import Bundle
from BMLesionSegLib.learning.data.case import Case
from BMLesionSegLib.learning.data.labelled import LabelledFolder
from BMLesionSegLib.learning.data.simulated import simulated_cases
from BMLesionSegLib.learning.training.checkpoint import Identity
from BMLesionSegLib.learning.training.network_choice import NetworkChoice
from BMLesionSegLib.learning.training.recipe import Recipe, recipe_named
from BMLesionSegLib.learning.training.start import begun_with
from BMLesionSegLib.networks import build_network
from BMLesionSegLib.simulation import SIMULATION_VERSION
from BMLesionSegLib.simulation.frozen import CARD_SEED


@dataclass(frozen=True)
class Plan:
    """One training.

    Attributes:
        network: what is trained.
        recipe: a name of ``RECIPES``.
        steps: planned.
        seed: of the weights, the tiles and the simulated cohort.
        cohort: "clinic" or "paper".
        patients: simulated for training.
        cases: labelled cases instead of simulated ones, split by patient.
        starts: models whose weights, or their mean, are trained further: of the same network, or of
            the same but for unfolded tiles.
        learning_rate: instead of the recipe's.
        workers: processes that simulate.
        minutes: of training in one call.
        validation_patients: simulated to choose the threshold on.
        test_patients: simulated, of a seed of their own, for the card.
        test_seed: that seed.
    """

    network: NetworkChoice
    recipe: str
    steps: int
    seed: int
    cohort: str
    patients: int
    cases: LabelledFolder | None = None
    starts: tuple[Bundle, ...] = ()
    learning_rate: float | None = None
    workers: int = 1
    minutes: float = math.inf
    validation_patients: int = 60
    test_patients: int = 60
    test_seed: int = CARD_SEED

    def settings(self) -> Recipe:
        """The recipe with this plan's learning rate.

        Raises:
            TrainingRefused: no such recipe, or no rate.
        """
        return recipe_named(self.recipe, self.learning_rate)

    def first_network(self) -> nn.Module:
        """The network before the first step: with random weights, or those of the start.

        Raises:
            TrainingRefused: the start is of another network.
            BundleRefused: its weights were altered.
        """
        if self.starts:
            return begun_with(self.starts, self.network)
        return build_network(self.network.architecture, self.network.arguments)

    def training_cases(self) -> Iterator[Case]:
        """Patients to learn from."""
        if self.cases is not None:
            return self.cases.cases(self.cases.split.training)
        return self._simulated(self.seed, 1, self.patients)

    def validation_cases(self) -> Iterator[Case]:
        """Other patients, to choose the threshold on."""
        if self.cases is not None:
            return self.cases.cases(self.cases.split.validation)
        return self._simulated(self.seed, self.patients + 1, self.validation_patients)

    def test_cases(self) -> Iterator[Case]:
        """Patients that neither of these were, for the card."""
        if self.cases is not None:
            return self.cases.cases(self.cases.split.test)
        return self._simulated(self.test_seed, 1, self.test_patients)

    def identity(self) -> Identity:
        """By which a checkpoint knows this training."""
        data: Identity
        if self.cases is not None:
            data = {"labelled cases": self.cases.fingerprint}
        else:
            data = {
                "cohort": self.cohort,
                "patients": self.patients,
                "simulation version": SIMULATION_VERSION,
            }
        recipe = asdict(self.settings())
        return {
            "network": self.network.architecture,
            **{f"network's {name}": str(value) for name, value in self.network.arguments.items()},
            "recipe": recipe.pop("name"),
            **{f"recipe's {name}": str(value) for name, value in recipe.items()},
            "steps": self.steps,
            "seed": self.seed,
            "start": ", ".join(start.sha256 for start in self.starts) or "nothing",
            **data,
            "software version": __version__,
        }

    def command(self) -> str:
        """What to type to train the same again, but for the patients of the card."""
        if self.cases is not None:
            data = "--cases FOLDER"
        else:
            data = (
                f"--patients {self.patients} --cohort {self.cohort}"
                f" --validation-patients {self.validation_patients}"
            )
        start = " --start" + " MODEL" * len(self.starts) if self.starts else ""
        rate = "" if self.learning_rate is None else f" --learning-rate {self.learning_rate:g}"
        return (
            f"bmlesionseg train {self.network.typed} --recipe {self.recipe}{rate}"
            f"{start} --steps {self.steps} --seed {self.seed} {data} --output DIR"
        )

    def _simulated(self, seed: int, first: int, count: int) -> Iterator[Case]:
        """Simulated patients, from the first number on."""
        numbers = range(first, first + count)
        return simulated_cases(seed, numbers, self.cohort, self.workers)
