"""A tiny bundle, written once and copied for each test that alters it."""

import shutil

import numpy as np
import pytest
import torch

from BMLesionSegLib.bundles import load_bundle, write_bundle
from BMLesionSegLib.networks import build_network
from Testing.library.tiny_model import TINY, tiny_manifest


@pytest.fixture(autouse=True, scope="module")
def _one_thread():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def manifest():
    return tiny_manifest()


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
