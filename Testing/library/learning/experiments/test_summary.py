"""Rows to lines: the best rate, the seeds together, the difference."""

import pytest

from BMLesionSegLib.learning.experiments.experiment import Contestant, Experiment
from BMLesionSegLib.learning.experiments.summary import best_rate, lines_of, table_row
from BMLesionSegLib.learning.training.network_choice import NetworkChoice
from Testing.library.learning.experiments.rows import row

NETWORK = NetworkChoice("u_net", "base32")
PAPER = {"DSC": 0.672, "recall": 0.6671, "precision": 0.6771}
EXPERIMENT = Experiment(
    "table",
    "Title",
    (Contestant("a", NETWORK, "paper", PAPER), Contestant("b", NETWORK, "paper")),
)
GOOD, BAD = (10, 0, 0, 1, 1, 0), (5, 5, 5, 1, 0, 2)


def test_the_best_rate_is_that_of_the_validation_patients():
    rows = [
        row("a", 1, 1e-4, 0.5),
        row("a", 2, 1e-4, 0.7),
        row("a", 1, 1e-3, 0.61),
        row("a", 2, 1e-3, 0.63),
    ]
    assert [(one.learning_rate, one.seed) for one in best_rate(rows)] == [(1e-3, 1), (1e-3, 2)]


def test_a_rate_that_was_not_repeated_does_not_win_afterwards():
    rows = [row("a", 1, 1e-4, 0.7), row("a", 2, 1e-4, 0.5), row("a", 1, 1e-3, 0.65)]
    assert [(one.learning_rate, one.seed) for one in best_rate(rows)] == [(1e-4, 1), (1e-4, 2)]


def test_seeds_are_summed_and_compared_on_the_same_patients():
    rows = [
        row("a", 1, tally=[GOOD, GOOD]),
        row("a", 2, tally=[BAD, BAD]),
        row("b", 2, tally=[GOOD, GOOD], rising=True),
    ]
    first, second = lines_of(EXPERIMENT, rows)
    assert first.figures["DSC"].value == pytest.approx(2 * 30 / (2 * 30 + 20))
    assert first.difference is None
    # Over seed 2 alone, which both have: 1 - 0.5.
    assert second.difference.value == pytest.approx(0.5)
    assert second.difference.low > 0
    assert second.still_rising
    assert not first.still_rising


def test_a_model_tested_as_it_is_stands_below_and_against_every_seed():
    rows = [
        row("a", 1, tally=[GOOD, GOOD]),
        row("a", 2, tally=[BAD, BAD]),
        row("shipped", 0, tally=[GOOD, GOOD], trained=False),
    ]
    line = lines_of(EXPERIMENT, rows)[-1]
    assert line.label == "shipped"
    assert line.figures["DSC"].value == 1
    # Both seeds of the first line together have 0.75.
    assert line.difference.value == pytest.approx(0.25)
    shown = table_row(line)
    assert (shown["rate"], shown["seeds"], shown["curve"]) == ("-", "-", "-")
    assert lines_of(EXPERIMENT, rows[2:])[0].difference is None


def test_the_papers_figures_stand_in_columns_of_their_own():
    lines = lines_of(EXPERIMENT, [row("a"), row("b", rising=True)])
    table = [table_row(line) for line in lines]
    assert table[0]["paper: DSC"] == "0.6720"
    assert table[1]["paper: DSC"] == "-"
    assert table[0]["DSC"].startswith("1.000")
    assert [line["curve"] for line in table] == ["flat", "still rising"]
    assert table[0]["false spots a view"] == "0.000 (0.000 to 0.000)"
    assert table[0]["a normal scan"] == "-"
    assert table[0]["DSC minus the first line's"] == "-"


def test_false_spots_of_views_and_of_normal_scans_with_their_intervals():
    """Three patients, two views each, two seeds; the second patient has no lesion."""
    tally = [(10, 0, 0, 1, 1, 0), (0, 5, 0, 0, 0, 3), (10, 0, 0, 1, 1, 0)]
    (line,) = lines_of(EXPERIMENT, [row("a", 1, tally=tally), row("a", 2, tally=tally)])
    assert line.spots.value == pytest.approx(6 / 12)
    assert (line.spots.low, line.spots.high) == pytest.approx((0, 3 * 6 / 12))
    # One normal scan is always drawn: nothing is known of other ones.
    assert str(line.on_normal) == "3.000 (3.000 to 3.000)"


def test_lines_without_a_row_are_left_out():
    assert [line.label for line in lines_of(EXPERIMENT, [row("b")])] == ["b"]
    assert lines_of(EXPERIMENT, [row("b")])[0].difference is None
    assert lines_of(EXPERIMENT, []) == []
