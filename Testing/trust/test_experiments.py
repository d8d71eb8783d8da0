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
TABLE_6 = networks("paper")
TABLES = [(FOLDER, one) for one in (TABLE_6, *ABLATIONS.values())]
TOLD = [
    (folder, experiment)
    for folder, experiment in (*TABLES, (OUR_RECIPE, networks("ours")))
    if (folder / f"{experiment.name}.csv").exists()
]
IDS = [f"{place.name}-{one.name}" for place, one in TOLD]
CELLS = ("", "DSC", "lesions found", "false spots a view", "DSC minus the first line's")


def rows_in(folder: Path) -> list[Row]:
    """Every row of a folder."""
    return [read_row(path) for path in sorted((folder / "rows").iterdir())]


def in_table(row: Row, experiment: Experiment) -> bool:
    """Whether a row is a line of a table."""
    if not row.trained:
        return bool(experiment.models)
    return row.label in {contestant.label for contestant in experiment.contestants}


def table_of(folder: Path, experiment: Experiment) -> list[dict[str, str]]:
    """A table's lines as they lie in `docs`."""
    with (folder / f"{experiment.name}.csv").open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def told_lines() -> list[str]:
    """What the page of results says, line by line."""
    return (FOLDER.parent / "results.md").read_text("utf-8").splitlines()


@pytest.mark.parametrize(("folder", "experiment"), TOLD, ids=IDS)
def test_every_figure_is_a_rows(folder, experiment):
    ours = [row for row in rows_in(folder) if in_table(row, experiment)]
    assert table_of(folder, experiment) == [table_row(line) for line in lines_of(experiment, ours)]


@pytest.mark.parametrize(("folder", "experiment"), TOLD, ids=IDS)
def test_the_page_of_results_has_every_line(folder, experiment):
    for line in table_of(folder, experiment):
        cells = {line[name] for name in CELLS}
        told = [set(map(str.strip, one.split("|"))) for one in told_lines()]
        assert any(cells <= one for one in told), line[""]


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
            assert row.identity["validation patients"] == 10


def test_every_learning_rate_is_told_as_it_was_measured():
    rows = [row for row in rows_in(FOLDER) if in_table(row, TABLE_6) and row.seed == 1]
    assert len(rows) == 3 * len(TABLE_6.contestants), "three rates each"
    for row in rows:
        figures = f"{row.validation_dsc:.3f}, {row.figures['pooled_dsc']:.3f}"
        lines = [line for line in told_lines() if line.startswith(f"| {row.label} |")]
        assert any(figures in line for line in lines), (row.label, row.learning_rate)
