"""The smallest network of the project, and the manifest of a model made of it."""

from dataclasses import replace
from pathlib import Path

import numpy as np

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


def tiny_manifest(name: str = "tiny", cap: float | None = 3.0) -> Manifest:
    """A manifest without files."""
    return Manifest(
        name=name,
        version="1.0.0",
        architecture="multi_attention",
        arguments=TINY,
        input=BundleInput.TILES,
        normalisation={"percentile": 99.0, "cap": cap},
        tile=256,
        stride=128,
        threshold=0.5,
        extent=1.0,
        minimum_area_mm2=25.0,
        labels=("metastasis",),
        training={"data": "none", "seed": 0, "command": "none", "steps": 0},
    )


def write_tiny_model(folder: Path) -> Path:
    """A tiny model on disk, random weights; the same every time."""
    return write(folder, tiny_manifest())


def write_tiny_pair(folder: Path) -> Path:
    """The same for both views at once."""
    arguments = TINY | {"tile_shape": (1024, 256), "fold": 2, "views": 2}
    both = replace(tiny_manifest("pair"), input=BundleInput.BOTH_VIEWS, arguments=arguments)
    return write(folder, both)


def write(folder: Path, manifest: Manifest) -> Path:
    """A model of random weights and noise for its self-test."""
    import torch

    torch.manual_seed(1)
    network = build_network("multi_attention", manifest.arguments).eval()
    planes = [manifest.views] if manifest.views > 1 else []
    shape = (*planes, *manifest.tile_shape)
    image = np.random.default_rng(0).random(shape, dtype=np.float32)
    card = "# Tiny\n\nTrained on nothing."
    write_bundle(folder, network.state_dict(), manifest, card, image)
    return folder
