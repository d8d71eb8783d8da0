"""A tiny bundle, written once and copied for each test that alters it."""

import shutil

import numpy as np
import pytest
import torch

from BMLesionSegLib.bundles import BundleInput, Manifest, load_bundle, write_bundle
from BMLesionSegLib.networks import build_network

TINY = {
    "features": (4, 4, 4, 8),
    "vit_dim": 8,
    "vit_depth": 1,
    "vit_heads": 2,
    "vit_mlp": 8,
    "vit_classes": 16,
}


@pytest.fixture(autouse=True, scope="module")
def _one_thread():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def manifest():
    return Manifest(
        name="tiny",
        version="1.0.0",
        architecture="multi_attention",
        arguments=TINY,
        input=BundleInput.TILES,
        normalisation={"percentile": 99.0, "cap": 3.0},
        tile=256,
        stride=128,
        threshold=0.5,
        minimum_area_mm2=25.0,
        labels=("metastasis",),
        training={"data": "none", "seed": 0, "command": "none", "steps": 0},
    )


@pytest.fixture(scope="session")
def network():
    torch.manual_seed(0)
    network = build_network("multi_attention", TINY)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(torch.randn_like(parameter), alpha=0.1)
    return network.eval()


@pytest.fixture(scope="session")
def image():
    return np.random.default_rng(0).random((256, 256), dtype=np.float32)


@pytest.fixture(scope="session")
def written(tmp_path_factory, manifest, network, image):
    """The folder as written; read only."""
    folder = tmp_path_factory.mktemp("models") / "tiny"
    write_bundle(folder, network.state_dict(), manifest, "# Tiny\n\nTrained on nothing.", image)
    return folder


@pytest.fixture
def folder(written, tmp_path):
    """A copy that a test may alter."""
    return shutil.copytree(written, tmp_path / "tiny")


@pytest.fixture
def bundle(folder):
    return load_bundle(folder)
