"""The tables of trainings in `docs` say what their rows measured."""

import csv
from pathlib import Path

import pytest

from BMLesionSegLib.learning.experiments.experiment import ABLATIONS, Experiment, networks
from BMLesionSegLib.learning.experiments.row import Row, read_row
from BMLesionSegLib.learning.experiments.summary import lines_of, table_row
from BMLesionSegLib.simulation import SIMULATION_VERSION
from BMLesionSegLib.simulation.frozen import TEST_SEED

FOLDER = Path(__file__).parents[2] / "docs" / "experiments"
TOLD = [
    experiment
    for experiment in (networks("paper"), *ABLATIONS.values())
    if (FOLDER / f"{experiment.name}.csv").exists()
]


@pytest.fixture(scope="module")
def rows():
    return [read_row(path) for path in sorted((FOLDER / "rows").iterdir())]


def in_table(row: Row, experiment: Experiment) -> bool:
    """Whether a row is a line of a table."""
    if not row.trained:
        return bool(experiment.models)
    return row.label in {contestant.label for contestant in experiment.contestants}


@pytest.mark.parametrize("experiment", TOLD, ids=lambda experiment: experiment.name)
def test_every_figure_is_a_rows(experiment, rows):
    with (FOLDER / f"{experiment.name}.csv").open(newline="", encoding="utf-8") as stream:
        told = list(csv.DictReader(stream))
    ours = [row for row in rows if in_table(row, experiment)]
    assert told == [table_row(line) for line in lines_of(experiment, ours)]


def test_every_row_is_told_in_a_table(rows):
    assert all(any(in_table(row, experiment) for experiment in TOLD) for row in rows)


def test_every_row_was_tested_on_the_frozen_cohort(rows):
    for row in rows:
        assert row.identity["test seed"] == TEST_SEED
        assert row.figures["scans"] == len(row.tally) == row.identity["test patients"] == 100
    trained = [row for row in rows if row.trained]
    assert {row.identity["simulation version"] for row in trained} == {SIMULATION_VERSION}
    assert {(row.identity["steps"], row.identity["patients"]) for row in trained} == {(80, 200)}
