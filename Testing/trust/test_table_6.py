"""The table of the networks in `docs` says what its rows measured."""

import csv
from pathlib import Path

import pytest

from BMLesionSegLib.learning.experiments.experiment import networks
from BMLesionSegLib.learning.experiments.row import read_row
from BMLesionSegLib.learning.experiments.summary import lines_of, table_row
from BMLesionSegLib.simulation import SIMULATION_VERSION
from BMLesionSegLib.simulation.frozen import TEST_SEED

FOLDER = Path(__file__).parents[2] / "docs" / "table-6"


@pytest.fixture(scope="module")
def rows():
    return [read_row(path) for path in sorted((FOLDER / "rows").iterdir())]


def test_every_figure_is_a_rows(rows):
    with (FOLDER / "table-6.csv").open(newline="", encoding="utf-8") as stream:
        told = list(csv.DictReader(stream))
    assert told == [table_row(line) for line in lines_of(networks("paper"), rows)]
    assert len(told) == len(rows)


def test_every_row_was_tested_on_the_frozen_cohort(rows):
    for row in rows:
        assert row.identity["test seed"] == TEST_SEED
        assert row.figures["scans"] == len(row.tally) == row.identity["test patients"] == 100
    trained = [row for row in rows if row.trained]
    assert {row.identity["simulation version"] for row in trained} == {SIMULATION_VERSION}
    assert {(row.identity["steps"], row.identity["patients"]) for row in trained} == {(80, 200)}
