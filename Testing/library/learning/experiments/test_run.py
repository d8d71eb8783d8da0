"""Rows one after another, resumed by row."""

import math
from dataclasses import replace
from types import SimpleNamespace

import pytest

from BMLesionSegLib.errors import FolderBusy, TrainingRefused
from BMLesionSegLib.exporting.one_writer import only_writer
from BMLesionSegLib.learning.experiments import planned, run
from BMLesionSegLib.learning.experiments.experiment import FIGURE_14, TABLE_8
from BMLesionSegLib.learning.experiments.report import write_report
from BMLesionSegLib.learning.experiments.row import read_row, write_row
from BMLesionSegLib.learning.training.network_choice import NetworkChoice
from BMLesionSegLib.learning.training.plan import Plan
from Testing.library.learning.experiments.rows import row

PLAN = Plan(NetworkChoice("u_net", "base32"), "paper", 4, 0, "paper", 2)
SETTING = planned.Setting(PLAN, seeds=(1, 2), learning_rates=(1e-3, 1e-4), narrow=2)
BETTER = {1e-3: 0.4, 1e-4: 0.5}


@pytest.fixture
def quick(monkeypatch):
    """Training replaced by a note of what was asked for; a time budget of two rows."""
    trained = []

    def train_row(folder, planned, minutes, device, data, progress):
        if quick.stop_after is not None and len(trained) >= quick.stop_after:
            return None
        trained.append(planned)
        rate = planned.plan.learning_rate
        finished = row(planned.label, planned.plan.seed, rate, validation=BETTER[rate])
        finished = finished.__class__(**finished.__dict__ | {"identity": planned.identity()})
        write_row(folder / "rows" / f"{planned.name}.json", finished)
        return finished

    quick = SimpleNamespace(trained=trained, stop_after=None)
    monkeypatch.setattr(run, "train_row", train_row)
    monkeypatch.setattr(run.SharedData, "of", lambda *_: SimpleNamespace(views=None, watch=None))
    return quick


def test_every_rate_is_tried_at_the_first_seed_and_the_best_at_the_others(quick, tmp_path):
    rows = list(run.run_experiment(tmp_path, TABLE_8, SETTING))
    assert len(rows) == planned.number_of_rows(TABLE_8, SETTING) == 3 * (2 + 1)
    assert [one.seed for one in rows] == [1] * 6 + [2] * 3, "a table is whole before it is repeated"
    assert [one.learning_rate for one in rows] == [1e-3, 1e-4] * 3 + [1e-4] * 3
    assert {one.plan.network.arguments["features"] for one in quick.trained} == {(16, 32, 64, 128)}
    assert len(list((tmp_path / "rows").iterdir())) == 9


def test_what_is_there_is_not_trained_again(quick, tmp_path):
    quick.stop_after = 5
    assert len(list(run.run_experiment(tmp_path, TABLE_8, SETTING))) == 5
    quick.stop_after = None
    assert len(list(run.run_experiment(tmp_path, TABLE_8, SETTING))) == 9
    assert len(quick.trained) == 9


def test_a_second_seed_waits_for_the_first(quick, tmp_path):
    later = replace(SETTING, seeds=(2,), learning_rates=(1e-4,))
    assert len(list(run.run_experiment(tmp_path, TABLE_8, later))) == 3
    quick.stop_after = 3 + 5
    rows = list(run.run_experiment(tmp_path, TABLE_8, SETTING))
    assert [one.seed for one in rows] == [1] * 5 + [2] * 2, "the last line's rate is not known"


def test_lines_trained_elsewhere_stay_in_the_table(quick, tmp_path):
    first, *others = TABLE_8.contestants
    for part in ([first], others):
        list(run.run_experiment(tmp_path, replace(TABLE_8, contestants=tuple(part)), SETTING))
    assert len(planned.finished_rows(tmp_path, TABLE_8, SETTING)) == 9


def test_a_training_that_another_table_has_is_taken_over(quick, tmp_path):
    list(run.run_experiment(tmp_path, TABLE_8, SETTING))
    rows = list(run.run_experiment(tmp_path, FIGURE_14, SETTING))
    assert len(quick.trained) == 9 + 6, "the whole network is a line of both tables"
    assert [one.label for one in rows[:2]] == ["1, 2, 4, 8"] * 2
    assert read_row(tmp_path / "rows" / "1-2-4-8-rate-0.001-seed-1.json") == rows[0]


def test_a_row_that_another_process_is_writing_is_not_read(quick, tmp_path):
    (tmp_path / "rows").mkdir()
    (tmp_path / "rows" / ".0a1b2c3d-half.json").write_text('{"label": "ha', "utf-8")
    assert len(list(run.run_experiment(tmp_path, TABLE_8, SETTING))) == 9


def test_a_row_that_another_process_trains_is_left_to_it(quick, tmp_path, monkeypatch):
    usual = run.train_row

    def train_row(folder, planned, *others):
        if planned.label == "1, 3" and planned.plan.learning_rate == 1e-3:
            raise FolderBusy("one process at a time trains in a folder", "another does", "Wait.")
        return usual(folder, planned, *others)

    monkeypatch.setattr(run, "train_row", train_row)
    rows = list(run.run_experiment(tmp_path, TABLE_8, SETTING))
    assert [one.label for one in rows].count("1, 3") == 1, "and its second seed waits for both"
    assert len(rows) == 9 - 2


def test_the_lines_of_one_training_are_held_together(tmp_path, monkeypatch):
    """The whole network is a line of both tables, under two labels."""
    monkeypatch.setattr(run.SharedData, "of", lambda *_: SimpleNamespace(views=None, watch=None))
    asked, others = [], []

    def train(place, plan, *_, **__):
        asked.append((plan.network, plan.learning_rate))
        with pytest.raises(FolderBusy), only_writer(place.parent):
            pass
        if len(asked) == 1:
            # Another call, of another table, while the whole network is being trained here.
            assert list(run.run_experiment(tmp_path, FIGURE_14, SETTING)) == []
            others.extend(asked[1:])

    monkeypatch.setattr(run, "train", train)
    assert list(run.run_experiment(tmp_path, TABLE_8, SETTING)) == []
    assert len(others) == 3 * 2 - 1
    assert asked[0] not in others


def test_a_row_that_came_while_patients_were_simulated_is_not_trained_again(tmp_path, monkeypatch):
    (first, *_) = planned.planned_rows(tmp_path, TABLE_8, SETTING)
    finished = replace(row(first.label, 1, 1e-3), identity=first.identity())
    write_row(first.file(tmp_path), finished)
    monkeypatch.setattr(run, "train", None)
    assert run.train_row(tmp_path, first, 1.0, "cpu", None, None) == finished
    assert not any((tmp_path / "training").iterdir())


def test_rows_of_other_settings_are_refused(quick, tmp_path):
    list(run.run_experiment(tmp_path, TABLE_8, SETTING))
    other = planned.Setting(PLAN, SETTING.seeds, SETTING.learning_rates, narrow=1)
    with pytest.raises(TrainingRefused, match="network's features was"):
        list(run.run_experiment(tmp_path, TABLE_8, other))


def test_no_minutes_no_training_but_a_report(quick, tmp_path):
    quick.stop_after = 4
    rows = list(run.run_experiment(tmp_path, TABLE_8, SETTING))
    text = write_report(tmp_path, TABLE_8, SETTING, rows)
    assert "**5 of 9 rows are missing.**" in text
    assert "widths divided by 2" in text
    assert "0.6461" in text
    for suffix in ("csv", "md", "png"):
        assert (tmp_path / f"table-8.{suffix}").stat().st_size > 100
    assert math.isinf(PLAN.minutes)
