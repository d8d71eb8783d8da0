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
OUR_RECIPE = FOLDER / "our-recipe"
OTHER_RATES = FOLDER / "other-rates"
TABLES = [(FOLDER, one) for one in (networks("paper"), *ABLATIONS.values())]
TOLD = [
    (folder, experiment)
    for folder, experiment in (*TABLES, (OUR_RECIPE, networks("ours")))
    if (folder / f"{experiment.name}.csv").exists()
]


def rows_in(folder: Path) -> list[Row]:
    """Every row of a folder."""
    return [read_row(path) for path in sorted((folder / "rows").iterdir())]


def in_table(row: Row, experiment: Experiment) -> bool:
    """Whether a row is a line of a table."""
    if not row.trained:
        return bool(experiment.models)
    return row.label in {contestant.label for contestant in experiment.contestants}


@pytest.mark.parametrize(
    ("folder", "experiment"), TOLD, ids=[f"{place.name}-{one.name}" for place, one in TOLD]
)
def test_every_figure_is_a_rows(folder, experiment):
    with (folder / f"{experiment.name}.csv").open(newline="", encoding="utf-8") as stream:
        told = list(csv.DictReader(stream))
    ours = [row for row in rows_in(folder) if in_table(row, experiment)]
    assert told == [table_row(line) for line in lines_of(experiment, ours)]


@pytest.mark.parametrize("folder", [FOLDER, OUR_RECIPE], ids=lambda folder: folder.name)
def test_every_row_is_told_in_a_table_and_was_tested_on_the_frozen_cohort(folder):
    tables = [experiment for place, experiment in TOLD if place == folder]
    for row in rows_in(folder):
        assert any(in_table(row, experiment) for experiment in tables)
        assert row.identity["test seed"] == TEST_SEED
        assert row.figures["scans"] == len(row.tally) == row.identity["test patients"] == 100
        if row.trained:
            assert row.identity["simulation version"] == SIMULATION_VERSION
            assert (row.identity["steps"], row.identity["patients"]) == (80, 200)


def test_the_other_rates_are_told_as_they_were_measured():
    told = (FOLDER.parent / "results.md").read_text("utf-8").splitlines()
    rows = rows_in(OTHER_RATES)
    assert rows
    for row in rows:
        assert row.identity["test seed"] == TEST_SEED
        assert (row.identity["steps"], row.identity["patients"]) == (80, 200)
        if row.seed == 1:
            figures = f"{row.validation_dsc:.3f}, {row.figures['pooled_dsc']:.3f}"
            lines = [line for line in told if line.startswith(f"| {row.label} |")]
            assert any(figures in line for line in lines), (row.label, row.learning_rate)
