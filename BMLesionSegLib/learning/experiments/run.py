"""Train and test the rows of an experiment, one after another; go on where an earlier call ended.

A row that another table has already is taken over, one that another process trains is left to it;
models that are tested as they are come last.

Under the output folder, ``rows/`` holds a file for every finished row, ``models/`` its model and
``curves/`` its course; ``training/`` the checkpoint of the one that was interrupted. The tables are
drawn from the rows that are there, so they grow over many short calls on whatever machine there is.
"""

import hashlib
import json
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from BMLesionSegLib.errors import FolderBusy
from BMLesionSegLib.exporting.one_writer import only_writer
from BMLesionSegLib.inference.devices import training_device
from BMLesionSegLib.learning.experiments.experiment import Contestant, Experiment
from BMLesionSegLib.learning.experiments.row import Row, read_row, row_name, take_over, write_row
from BMLesionSegLib.learning.experiments.summary import best_rate
from BMLesionSegLib.learning.experiments.tested import (
    PlannedTest,
    patients_tested,
    planned_test,
    row_as_it_is,
)
from BMLesionSegLib.learning.training.checkpoint import Identity, completed
from BMLesionSegLib.learning.training.curve import still_rising
from BMLesionSegLib.learning.training.network_choice import narrowed
from BMLesionSegLib.learning.training.plan import Plan
from BMLesionSegLib.learning.training.train import Trained, train
from BMLesionSegLib.learning.training.trainer import Progress
from BMLesionSegLib.learning.training.training_data import SharedData, TrainingData
from BMLesionSegLib.networks.facts import facts_of


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


def run_experiment(
    folder: Path,
    experiment: Experiment,
    setting: Setting,
    progress: Callable[[PlannedRow, Progress], None] | None = None,
    shared: SharedData | None = None,
) -> Iterator[Row]:
    """Train what is not there yet, until all is there or the plan's minutes are used up.

    Args:
        folder: of the output.
        experiment: which contestants.
        setting: how.
        progress: told after every step.
        shared: data that experiments of the same setting hand on to each other.

    Yields:
        Every row that is there, in order.

    Raises:
        TrainingRefused: a row of other settings is there.
    """
    began = time.monotonic()
    shared = shared or SharedData()
    for row in planned_rows(folder, experiment, setting):
        there = row_that_is_there(row.file(folder), row)
        if there is not None:
            yield there
            continue
        if time.monotonic() - began >= 60 * setting.plan.minutes:
            continue
        data = shared.of(row.plan)
        # Simulated here, so that it counts as part of the minutes.
        _ = data.views, data.watch
        left = setting.plan.minutes - (time.monotonic() - began) / 60
        finished = None
        with suppress(FolderBusy):
            finished = train_row(folder, row, left, setting.device, data, progress)
        if finished is not None:
            yield finished
    for test in planned_tests(experiment, setting):
        if test.file(folder).exists():
            yield read_row(test.file(folder), test.identity())
        elif time.monotonic() - began < 60 * setting.plan.minutes:
            data = shared.last or shared.of(setting.plan)
            yield row_as_it_is(folder, test, setting.device, data)


def train_row(
    folder: Path,
    row: PlannedRow,
    minutes: float,
    device: str,
    data: TrainingData,
    progress: Callable[[PlannedRow, Progress], None] | None,
) -> Row | None:
    """One row from its checkpoint, if there is one; None where the minutes ended first.

    Raises:
        FolderBusy: another process trains it.
    """
    spent = 0.0

    def show(step: Progress) -> None:
        nonlocal spent
        spent = step.minutes
        if progress is not None:
            progress(row, step)

    held, path = folder / "training" / row.training, row.file(folder)
    with only_writer(held):
        # Another process may have finished it while this one simulated patients.
        finished = row_that_is_there(path, row)
        if finished is None:
            plan = replace(row.plan, minutes=minutes)
            trained = train(held / "run", plan, device, show, data, only_whole=True)
            if trained is None:
                return None
            finished = finished_row(row, trained, spent, training_device(device).text)
            write_row(path, finished)
            keep_model(folder, row.name, held / "run", trained)
    shutil.rmtree(held, ignore_errors=True)
    return finished


def row_that_is_there(path: Path, row: PlannedRow) -> Row | None:
    """A row that is there, under its own label or another."""
    if path.exists():
        return read_row(path, row.identity())
    return take_over(path.parent, path, row.label, row.identity())


def finished_row(row: PlannedRow, trained: Trained, minutes: float, device: str) -> Row:
    """A row from its training."""
    manifest = trained.bundle.manifest
    facts = facts_of(manifest.architecture, manifest.arguments)
    return Row(
        identity=row.identity(),
        label=row.label,
        learning_rate=row.plan.settings().learning_rate,
        seed=row.plan.seed,
        parameters=facts.parameters,
        gmac=facts.gmac,
        device=device,
        date=datetime.now(UTC).date().isoformat(),
        minutes=round(minutes, 2),
        validation_dsc=manifest.training["validation_pooled_dsc"],
        threshold=manifest.threshold,
        still_rising=still_rising(trained.trainer.curve),
        figures=trained.evaluation.figures(),
        tally=trained.evaluation.tally().tolist(),
    )


def keep_model(folder: Path, name: str, place: Path, trained: Trained) -> None:
    """Move the model and its curve out of the folder ``place`` that they were trained in."""
    model, curves = folder / "models" / name, folder / "curves"
    shutil.rmtree(model, ignore_errors=True)
    for parent in (model.parent, curves):
        parent.mkdir(parents=True, exist_ok=True)
    for curve in place.glob("curve.*"):
        curve.replace(curves / f"{name}{curve.suffix}")
    trained.bundle.folder.replace(model)
