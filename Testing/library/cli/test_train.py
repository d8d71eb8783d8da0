"""``bmlesionseg train`` in CI size: from nothing to a bundle that segments."""

import json
import shlex
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import torch

from BMLesionSegLib.bundles import BundleInput, load_bundle
from BMLesionSegLib.cli.main import main
from BMLesionSegLib.errors import OutputRefused, TrainingRefused
from BMLesionSegLib.exporting.one_writer import only_writer
from BMLesionSegLib.learning.training import train as training
from BMLesionSegLib.learning.training.network_choice import NetworkChoice
from BMLesionSegLib.learning.training.plan import Plan
from BMLesionSegLib.learning.training.trainer import Progress
from BMLesionSegLib.learning.training.training_data import TrainingData
from BMLesionSegLib.simulation import SIMULATION_VERSION
from Testing.library.learning.data.case_folders import volumes_case
from Testing.library.tiny_model import TINY
from Testing.trust.watch import watched

PLAN = Plan(
    network=NetworkChoice("multi_attention", "small", TINY),
    recipe="ours",
    steps=5,
    seed=5,
    cohort="paper",
    patients=3,
    validation_patients=1,
    test_patients=1,
)


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    folder = tmp_path_factory.mktemp("training")
    with watched("socket"):
        return folder, training.train(folder, PLAN, "cpu").bundle


def test_the_bundle_says_how_it_was_made(trained):
    _, bundle = trained
    said = load_bundle(bundle.folder).manifest.training
    assert (said["data"], said["seed"], said["steps"]) == ("simulated", 5, 5)
    assert said["simulation_version"] == SIMULATION_VERSION
    today = datetime.now(UTC)
    assert bundle.manifest.version == f"{today.year}.{today.month}.{today.day}"
    assert said["command"].startswith("bmlesionseg train --network small --set features=4,4,4,8")
    assert "--recipe ours --steps 5 --seed 5 --patients 3" in said["command"]
    card = bundle.card()
    assert card.index("simulated bone scans alone") < card.index("What it scores")
    assert "pooled DSC" in card


def test_a_finished_training_is_not_overwritten(trained):
    folder, _ = trained
    with pytest.raises(OutputRefused, match="no finished model"):
        training.train(folder, PLAN, "cpu")


def test_a_training_whose_minutes_end_writes_a_model_and_goes_on(trained, tmp_path, monkeypatch):
    """Two minutes fit two steps here; the clock of the training is replaced."""
    told = []
    clock = SimpleNamespace(monotonic=lambda: 60.0 * len(told))
    monkeypatch.setattr("BMLesionSegLib.learning.training.trainer.time", clock)
    first = training.train(tmp_path, replace(PLAN, minutes=2), "cpu", told.append)
    assert (first.bundle.manifest.training["steps"], len(told)) == (2, 2)
    card = first.bundle.folder / "MODEL_CARD.md"
    written = card.stat().st_mtime_ns
    again = training.train(tmp_path, PLAN, "cpu", told.append)
    assert again.bundle.manifest.training["steps"] == 5
    assert again.bundle.sha256 == trained[1].sha256, "as if it had run through"
    assert card.stat().st_mtime_ns > written
    assert not list(tmp_path.glob(".*-small*"))
    with pytest.raises(OutputRefused, match="no finished model"):
        training.train(tmp_path, PLAN, "cpu")


def test_test_patients_are_not_learnt_from(tmp_path):
    with pytest.raises(TrainingRefused, match="of two seeds"):
        training.train(tmp_path, replace(PLAN, seed=PLAN.test_seed), "cpu")


def test_a_model_that_learnt_nothing_is_not_written(tmp_path):
    with pytest.raises(TrainingRefused, match="at least one step"):
        training.train(tmp_path, replace(PLAN, minutes=0), "cpu")
    assert not (tmp_path / PLAN.network.name).exists()


def test_the_folder_is_held_until_the_bundle_is_written(tmp_path, monkeypatch):
    def ship(*_):
        with only_writer(tmp_path):
            pass

    monkeypatch.setattr(training, "ship", ship)
    with pytest.raises(OutputRefused, match="one process at a time"):
        training.train(tmp_path, PLAN, "cpu")


def test_a_finished_checkpoint_is_only_shipped(trained, tmp_path, monkeypatch):
    folder, bundle = trained
    shutil.copy(folder / "checkpoint.pt", tmp_path)
    monkeypatch.setattr(training.Trainer, "run", None)
    assert training.train(tmp_path, PLAN, "cpu").bundle.sha256 == bundle.sha256


def test_the_course_stands_beside_the_bundle(trained):
    folder, _ = trained
    lines = (folder / "curve.csv").read_text("utf-8").splitlines()
    assert lines[0] == "step,loss,dsc"
    assert [line.split(",")[0] for line in lines[1:]] == ["1", "2", "3", "4", "5"]
    assert (folder / "curve.png").read_bytes().startswith(b"\x89PNG")


def test_another_training_in_the_same_folder_is_refused_by_name(trained, tmp_path):
    folder, _ = trained
    shutil.copy(folder / "checkpoint.pt", tmp_path)
    with pytest.raises(TrainingRefused, match="seed was 5 and is 6"):
        training.train(tmp_path, replace(PLAN, seed=6), "cpu")


def test_a_model_is_trained_further(trained, tmp_path):
    _, bundle = trained
    further = replace(PLAN, starts=(bundle,), learning_rate=1e-9, seed=6)
    later = training.train(tmp_path, further, "cpu").bundle
    before, after = bundle.network().state_dict(), later.network().state_dict()
    # The head is calibrated anew, on other patients.
    weights = [n for n in before if n.endswith("weight") and not n.startswith("head")]
    assert len(weights) > 50
    assert all(torch.allclose(before[name], after[name], atol=1e-6) for name in weights)
    said = later.manifest.training
    start = f"{bundle.manifest.name} {bundle.manifest.version}, weights {bundle.sha256[:12]}"
    assert said["start"] == start
    assert " --start MODEL " in said["command"]


def test_a_start_of_another_network_is_refused(trained):
    _, bundle = trained
    with pytest.raises(TrainingRefused, match="is of another one"):
        replace(PLAN, starts=(bundle,), network=NetworkChoice("u_net", "base32")).first_network()


def test_the_command_refuses_a_folder_without_cases(tmp_path, capsys):
    arguments = ["train", "--cases", str(tmp_path), "--steps", "1", "--output", str(tmp_path / "o")]
    assert main(arguments) == 1
    assert "PATIENT/scan.dcm" in capsys.readouterr().err


def test_the_command_of_a_card_is_that_training_and_shows_its_card(
    trained, tmp_path, capsys, monkeypatch
):
    """Trained already: only what is asked for and what is said are looked at."""
    _, bundle = trained
    asked = []

    def train(folder, plan, device, progress, data):
        asked.append((folder, plan, device))
        progress(Progress(5, 5, 0.25, 1.0))
        return SimpleNamespace(bundle=bundle)

    monkeypatch.setattr(training, "train", train)
    _, *command = shlex.split(PLAN.command().replace("DIR", str(tmp_path)))
    assert main([*command, "--device", "cpu"]) == 0
    assert asked == [(tmp_path, replace(PLAN, test_patients=60), "cpu")]
    assert capsys.readouterr().out == f"Model written to {bundle.folder}\n{bundle.card()}\n"


def test_a_second_process_of_a_team_says_nothing(tmp_path, capsys, monkeypatch):
    asked = []
    monkeypatch.setattr(training, "train", lambda *arguments: asked.append(arguments))
    assert main(["train", "--steps", "7", "--output", str(tmp_path)]) == 0
    ((folder, plan, device, *_),) = asked
    assert (folder, plan.steps, device) == (tmp_path, 7, "auto")
    assert capsys.readouterr().out == ""


SMALL = ["train", "--network", "small", "--set", *PLAN.network.typed.split(" --set ")[1].split()]
SMALL += ["--recipe", "paper", "--cohort", "paper", "--patients", "1", "--device", "cpu"]
SMALL += ["--validation-patients", "1", "--test-patients", "1"]


def test_the_command_from_nothing_to_a_model_that_is_evaluated(tmp_path, capsys):
    assert main([*SMALL, "--epochs", "1", "--output", str(tmp_path)]) == 0
    model = tmp_path / PLAN.network.name
    tiles = len(TrainingData(replace(PLAN, patients=1, seed=1)).views.grid(lesion_only=True))
    assert load_bundle(model).manifest.training["steps"] == -(-tiles // 16)
    assert f"Model written to {model}" in capsys.readouterr().out
    measure = ["evaluate", "--model", str(model), "--patients", "1", "--cohort", "paper"]
    assert main(measure) == 0
    output = capsys.readouterr()
    assert "intervals_95_percent:" in output.out
    assert output.err == ""
    assert main([*measure, "--seed", "1"]) == 0
    assert "learnt from some of these patients; choose another --seed" in capsys.readouterr().err


def test_epochs_are_refused_where_tiles_lie_anywhere(tmp_path, capsys):
    assert main([*SMALL, "--recipe", "ours", "--epochs", "1", "--output", str(tmp_path)]) == 1
    assert "the tiles of the recipe ours lie anywhere" in capsys.readouterr().err


def test_of_labelled_cases_the_test_part_alone_may_be_measured(tmp_path, capsys):
    cases = tmp_path / "cases"
    for number in range(4):
        volumes_case(cases / f"P{number}", seed=number)
    arguments = [*SMALL, "--cases", str(cases), "--steps", "1", "--output", str(tmp_path / "o")]
    assert main(arguments) == 0
    measure = ["evaluate", "--model", str(tmp_path / "o" / PLAN.network.name), "--json"]
    capsys.readouterr()
    for part, scans in (("all", 4), ("test", 1)):
        assert main([*measure, "--cases", str(cases), "--part", part]) == 0
        output = capsys.readouterr()
        assert json.loads(output.out)["scans"] == scans
        assert ("--part test leaves them out" in output.err) is (part == "all")


def test_the_kind_that_ships_is_trained_whole(tmp_path):
    """Both views at once, asked twice; in the smallest width."""
    pair = [text if text != "small" else "small-pair" for text in SMALL]
    arguments = [*pair, "--recipe", "views", "--steps", "1", "--output", str(tmp_path)]
    assert main(arguments) == 0
    (model,) = tmp_path.glob("small-pair*")
    bundle = load_bundle(model)
    assert bundle.manifest.input is BundleInput.BOTH_VIEWS
    assert bundle.network().mirrored
    bundle.check_golden()


def test_simulated_patients_have_no_test_part(tmp_path, capsys):
    assert main(["evaluate", "--part", "test"]) == 1
    assert "--part test goes with --cases" in capsys.readouterr().err
