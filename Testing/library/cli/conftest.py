"""A tiny model on disk, random weights."""

import numpy as np
import pytest
import torch

from BMLesionSegLib.bundles import write_bundle
from BMLesionSegLib.networks import build_network
from Testing.library.tiny_model import TINY, tiny_manifest


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory):
    torch.manual_seed(1)
    network = build_network("multi_attention", TINY).eval()
    image = np.random.default_rng(0).random((256, 256), dtype=np.float32)
    folder = tmp_path_factory.mktemp("models") / "tiny"
    write_bundle(
        folder, network.state_dict(), tiny_manifest(), "# Tiny\n\nTrained on nothing.", image
    )
    return folder
