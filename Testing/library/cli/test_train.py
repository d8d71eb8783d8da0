"""``bmlesionseg train`` in CI size: from nothing to a bundle that segments."""

import pytest

from BMLesionSegLib.bundles import load_bundle
from BMLesionSegLib.cli.main import main
from BMLesionSegLib.errors import OutputRefused
from BMLesionSegLib.learning import shipping
from BMLesionSegLib.learning import train as training
from BMLesionSegLib.learning.plan import Plan
from BMLesionSegLib.networks import network_arguments
from BMLesionSegLib.simulation import SIMULATION_VERSION
from Testing.library.tiny_model import TINY

PLAN = Plan(
    preset="small",
    recipe="ours",
    steps=2,
    seed=5,
    cohort="paper",
    patients=3,
    validation_patients=1,
    test_patients=1,
)


@pytest.fixture(scope="module", autouse=True)
def _tiny():
    """The preset's name with a network that a test can train."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (training, shipping):
            patch.setattr(
                module, "preset_arguments", lambda *_: network_arguments("multi_attention", TINY)
            )
        yield


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    folder = tmp_path_factory.mktemp("training")
    return folder, training.train(folder, PLAN, "cpu")


def test_the_bundle_says_how_it_was_made(trained):
    _, bundle = trained
    said = load_bundle(bundle.folder).manifest.training
    assert (said["data"], said["seed"], said["steps"]) == ("simulated", 5, 2)
    assert said["simulation_version"] == SIMULATION_VERSION
    assert said["command"].startswith("bmlesionseg train --network small --recipe ours --steps 2")
    card = bundle.card()
    assert card.index("simulated bone scans alone") < card.index("What it scores")
    assert "pooled DSC" in card


def test_a_finished_training_is_not_overwritten(trained):
    folder, _ = trained
    with pytest.raises(OutputRefused, match="no finished model"):
        training.train(folder, PLAN, "cpu")


def test_a_finished_checkpoint_is_only_shipped(trained, tmp_path, monkeypatch):
    folder, bundle = trained
    (folder / "checkpoint.pt").rename(tmp_path / "checkpoint.pt")
    monkeypatch.setattr(training, "TilePool", None)
    assert training.train(tmp_path, PLAN, "cpu").sha256 == bundle.sha256


def test_the_command_refuses_a_folder_without_cases(tmp_path, capsys):
    arguments = ["train", "--cases", str(tmp_path), "--steps", "1", "--output", str(tmp_path / "o")]
    assert main(arguments) == 1
    assert "PATIENT/scan.dcm" in capsys.readouterr().err
