"""Writing a model: whole and tested, or nothing."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from BMLesionSegLib.bundles import load_bundle, write_bundle, writing
from BMLesionSegLib.errors import BMLesionSegError, BundleRefused, OutputRefused
from BMLesionSegLib.networks import network_arguments

CARD = "# Tiny\n\nTrained on nothing. Research use only. Not a medical device.\n"


@pytest.fixture
def write(manifest, network, image, tmp_path):
    def run(folder="new", weights=None, manifest=manifest, card=CARD, image=image):
        weights = network.state_dict() if weights is None else weights
        return write_bundle(tmp_path / folder, weights, manifest, card, image)

    return run


def test_what_is_written_loads(write, manifest):
    bundle = write("новая папка/модель")
    assert load_bundle(bundle.folder).manifest == bundle.manifest
    assert bundle.manifest.training == manifest.training
    assert bundle.card() == CARD
    assert [path.name for path in bundle.folder.parent.iterdir()] == ["модель"]


def test_every_argument_is_written(write, manifest):
    came = write(manifest=manifest).manifest.arguments
    assert network_arguments("multi_attention", came) == network_arguments(
        "multi_attention", manifest.arguments
    )
    assert came["vit_fusion"] == "add"


def test_the_same_model_gives_the_same_bytes(write):
    first, second = write("first").folder, write("second").folder
    for path in first.rglob("*.*"):
        assert path.read_bytes() == (second / path.relative_to(first)).read_bytes()


def test_channels_last_weights_are_stored_alike(write, network):
    turned = {
        name: tensor.contiguous(memory_format=torch.channels_last) if tensor.ndim == 4 else tensor
        for name, tensor in network.state_dict().items()
    }
    assert write("plain").sha256 == write("turned", weights=turned).sha256


def test_an_existing_folder_is_left_alone(write, tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "mine").touch()
    with pytest.raises(OutputRefused, match="Remove it first"):
        write()
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["mine"]


def too_large(weights):
    return weights | {"head.weight": torch.full_like(weights["head.weight"], 1e5)}


def not_finite(weights):
    return weights | {"head.bias": torch.full_like(weights["head.bias"], torch.nan)}


def incomplete(weights):
    return {name: tensor for name, tensor in weights.items() if name != "head.bias"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (too_large, "head.weight has others"),
        (not_finite, "head.bias has others"),
        (incomplete, "the first is 'head.bias'"),
    ],
)
def test_unfit_weights_leave_nothing(write, network, tmp_path, change, words):
    with pytest.raises(BundleRefused, match=words):
        write(weights=change(network.state_dict()))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "fault",
    [
        {"image": np.zeros((128, 256), np.float32)},
        {"image": np.full((256, 256), np.nan, np.float32)},
    ],
)
def test_an_unfit_image_leaves_nothing(write, tmp_path, fault):
    with pytest.raises(BMLesionSegError):
        write(**fault)
    assert list(tmp_path.iterdir()) == []


def test_unknown_arguments_leave_nothing(write, manifest, tmp_path):
    with pytest.raises(BundleRefused, match="'width' came"):
        write(manifest=replace(manifest, arguments={"width": 1}))
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_nothing(write, tmp_path, monkeypatch):
    def full(folder):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "list_folder", full)
    with pytest.raises(OutputRefused, match="No space left on device"):
        write()
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_a_file(write, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OutputRefused, match="Choose a folder"):
        write("file/new")
