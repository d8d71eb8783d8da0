"""``bmlesionseg train`` in CI size: from nothing to a bundle that segments."""

import shlex
import shutil
from dataclasses import replace
from types import SimpleNamespace

import pytest
import torch

from BMLesionSegLib.bundles import load_bundle
from BMLesionSegLib.cli.main import main
from BMLesionSegLib.errors import OutputRefused, TrainingRefused
from BMLesionSegLib.learning.training import train as training
from BMLesionSegLib.learning.training.network_choice import NetworkChoice
from BMLesionSegLib.learning.training.plan import Plan
from BMLesionSegLib.learning.training.trainer import Progress
from BMLesionSegLib.simulation import SIMULATION_VERSION
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
    assert said["command"].startswith("bmlesionseg train --network small --set features=4,4,4,8")
    assert "--recipe ours --steps 5 --seed 5 --patients 3" in said["command"]
    card = bundle.card()
    assert card.index("simulated bone scans alone") < card.index("What it scores")
    assert "pooled DSC" in card


def test_a_finished_training_is_not_overwritten(trained):
    folder, _ = trained
    with pytest.raises(OutputRefused, match="no finished model"):
        training.train(folder, PLAN, "cpu")


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
    assert said["start"] == f"{bundle.manifest.version}, weights {bundle.sha256[:12]}"
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

    def train(folder, plan, device, progress):
        asked.append((folder, plan, device))
        progress(Progress(5, 5, 0.25, 1.0))
        return SimpleNamespace(bundle=bundle)

    monkeypatch.setattr(training, "train", train)
    _, *command = shlex.split(PLAN.command().replace("DIR", str(tmp_path)))
    assert main([*command, "--device", "cpu"]) == 0
    defaults = {"validation_patients": 60, "test_patients": 60}
    assert asked == [(tmp_path, replace(PLAN, **defaults), "cpu")]
    assert capsys.readouterr().out == f"Model written to {bundle.folder}\n{bundle.card()}\n"


def test_a_second_process_of_a_team_says_nothing(tmp_path, capsys, monkeypatch):
    asked = []
    monkeypatch.setattr(training, "train", lambda *arguments: asked.append(arguments))
    assert main(["train", "--steps", "7", "--output", str(tmp_path)]) == 0
    ((folder, plan, device, _),) = asked
    assert (folder, plan.steps, device) == (tmp_path, 7, "auto")
    assert capsys.readouterr().out == ""
