"""A tiny model on disk, random weights."""

import numpy as np
import pytest
import torch

from BMLesionSegLib.bundles import BundleInput, Manifest, write_bundle
from BMLesionSegLib.networks import build_network

TINY = {
    "features": (4, 4, 4, 8),
    "vit_dim": 8,
    "vit_depth": 1,
    "vit_heads": 2,
    "vit_mlp": 8,
    "vit_classes": 16,
}


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory):
    torch.manual_seed(1)
    network = build_network("multi_attention", TINY).eval()
    manifest = Manifest(
        name="tiny",
        version="1.0.0",
        architecture="multi_attention",
        arguments=TINY,
        input=BundleInput.TILES,
        normalisation={"percentile": 99.0, "cap": 3.0},
        tile=256,
        stride=128,
        threshold=0.5,
        minimum_area_mm2=30.0,
        labels=("metastasis",),
        training={"data": "none", "seed": 0, "command": "none", "steps": 0},
    )
    image = np.random.default_rng(0).random((256, 256), dtype=np.float32)
    folder = tmp_path_factory.mktemp("models") / "tiny"
    write_bundle(folder, network.state_dict(), manifest, "# Tiny\n\nTrained on nothing.", image)
    return folder
