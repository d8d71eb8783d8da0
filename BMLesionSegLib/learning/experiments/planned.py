"""What an experiment has to train and test: its rows before they are there, and those that are."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from BMLesionSegLib.learning.experiments.experiment import Contestant, Experiment
from BMLesionSegLib.learning.experiments.row import Row, read_row, row_name
from BMLesionSegLib.learning.experiments.summary import best_rate
from BMLesionSegLib.learning.experiments.tested import PlannedTest, patients_tested, planned_test
from BMLesionSegLib.learning.training.checkpoint import Identity, completed
from BMLesionSegLib.learning.training.network_choice import narrowed
from BMLesionSegLib.learning.training.plan import Plan


@dataclass(frozen=True)
class Setting:
    """What all rows of an experiment have in common.

    Attributes:
        plan: cohort, steps, patients, test; its network, recipe, rate and seed are each row's own.
        seeds: every contestant is trained with each, on patients of that seed.
        learning_rates: every contestant is trained with each at the first seed, and with the best
            on validation patients at the others; empty for each recipe's own.
        narrow: widths are divided by it (``narrowed``).
        device: "auto", "cpu", "cuda" or "mps".
    """

    plan: Plan
    seeds: tuple[int, ...]
    learning_rates: tuple[float, ...] = ()
    narrow: int = 1
    device: str = "auto"


@dataclass(frozen=True)
class PlannedRow:
    """A row before it is trained."""

    label: str
    plan: Plan

    @property
    def training(self) -> str:
        """Of the folder that it trains in: one for all lines that are the same training."""
        known = json.dumps(completed(self.identity()), sort_keys=True)
        digest = hashlib.sha256(known.encode()).hexdigest()
        return f"{self.plan.network.architecture}-seed-{self.plan.seed}-{digest[:12]}"

    @property
    def name(self) -> str:
        """Of its file."""
        return row_name(self.label, self.plan.settings().learning_rate, self.plan.seed)

    def file(self, folder: Path) -> Path:
        """Its file under the output folder."""
        return folder / "rows" / f"{self.name}.json"

    def identity(self) -> Identity:
        """By which a finished row is known again."""
        chosen_on: Identity = {}
        if self.plan.cases is None:
            chosen_on = {"validation patients": self.plan.validation_patients}
        return {**self.plan.identity(), **chosen_on, **patients_tested(self.plan)}


def planned_rows(folder: Path, experiment: Experiment, setting: Setting) -> Iterator[PlannedRow]:
    """Every row whose rate is known, seed by seed, so that a table is whole before it is repeated.

    Raises:
        TrainingRefused: a row of other settings is there.
    """
    for seed in setting.seeds:
        for contestant in experiment.contestants:
            for rate in rates_of(folder, contestant, setting, seed):
                yield PlannedRow(contestant.label, row_plan(contestant, setting, seed, rate))


def number_of_rows(experiment: Experiment, setting: Setting) -> int:
    """Of the whole experiment."""
    rates = max(1, len(setting.learning_rates))
    trained = len(experiment.contestants) * (rates + len(setting.seeds) - 1)
    return trained + len(experiment.models)


def rates_of(
    folder: Path, contestant: Contestant, setting: Setting, seed: int
) -> Sequence[float | None]:
    """The learning rates of a contestant at a seed; none while its best one is not known.

    Raises:
        TrainingRefused: a row of other settings is there.
    """
    rates = setting.learning_rates or (None,)
    first = setting.seeds[0]
    if seed == first or len(rates) == 1:
        return rates
    tried = [
        PlannedRow(contestant.label, row_plan(contestant, setting, first, rate)) for rate in rates
    ]
    if not all(one.file(folder).exists() for one in tried):
        return ()
    best = best_rate([read_row(one.file(folder), one.identity()) for one in tried])
    return (best[0].learning_rate,)


def row_plan(contestant: Contestant, setting: Setting, seed: int, rate: float | None) -> Plan:
    """The plan of one row."""
    network = narrowed(contestant.network, setting.narrow)
    return replace(
        setting.plan, network=network, recipe=contestant.recipe, seed=seed, learning_rate=rate
    )


def finished_rows(folder: Path, experiment: Experiment, setting: Setting) -> list[Row]:
    """The rows of an experiment that are there.

    Raises:
        TrainingRefused: a row of other settings is there.
    """
    planned: list[PlannedRow | PlannedTest] = [
        *planned_rows(folder, experiment, setting),
        *planned_tests(experiment, setting),
    ]
    return [
        read_row(one.file(folder), one.identity()) for one in planned if one.file(folder).exists()
    ]


def planned_tests(experiment: Experiment, setting: Setting) -> list[PlannedTest]:
    """The models that are tested as they are.

    Raises:
        BundleRefused: one is not there.
    """
    return [planned_test(name, setting.plan) for name in experiment.models]
