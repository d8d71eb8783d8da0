"""Train and test the rows of an experiment, one after another; go on where an earlier call ended.

A row that another table has already is taken over, one that another process trains is left to it;
models that are tested as they are come last.

Under the output folder, ``rows/`` holds a file for every finished row, ``models/`` its model and
``curves/`` its course; ``training/`` the checkpoint of the one that was interrupted. The tables are
drawn from the rows that are there, so they grow over many short calls on whatever machine there is.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from BMLesionSegLib.errors import FolderBusy
from BMLesionSegLib.exporting.one_writer import only_writer
from BMLesionSegLib.inference.devices import training_device
from BMLesionSegLib.learning.experiments.experiment import Experiment
from BMLesionSegLib.learning.experiments.planned import (
    PlannedRow,
    Setting,
    planned_rows,
    planned_tests,
)
from BMLesionSegLib.learning.experiments.row import Row, read_row, take_over, write_row
from BMLesionSegLib.learning.experiments.tested import row_as_it_is
from BMLesionSegLib.learning.training.curve import still_rising
from BMLesionSegLib.learning.training.train import Trained, train
from BMLesionSegLib.learning.training.trainer import Progress
from BMLesionSegLib.learning.training.training_data import SharedData, TrainingData
from BMLesionSegLib.networks.facts import facts_of


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
