"""A model whose answer is known: it calls lesion what is brighter than twice the bright bone."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import torch
from torch import nn

from BMLesionSegLib.bundles import Bundle, BundleInput, Manifest
from Testing.library.tiny_model import tiny_manifest

MANIFEST = tiny_manifest("pointwise", cap=None)
BOTH_VIEWS = replace(MANIFEST, input=BundleInput.BOTH_VIEWS)


class Pointwise(nn.Module):
    """Logit = steepness (x - 2), pixel by pixel of its own view; remembers each batch's size."""

    def __init__(self, steepness: float = 10.0) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.tensor(steepness))
        self.batches: list[int] = []

    def forward(self, x):
        self.batches.append(len(x))
        return self.scale * (x[:, :1] - 2)


class PointwisePair(Pointwise):
    """The same, shown both views at once."""

    tile_shape, views = (1024, 256), 2


@dataclass(frozen=True)
class PointwiseBundle(Bundle):
    """A bundle without files."""

    folder: Path = Path("pointwise")
    manifest: Manifest = MANIFEST
    module: nn.Module = field(default_factory=Pointwise)

    @property
    def sha256(self) -> str:
        return "0" * 64

    def network(self) -> nn.Module:
        return self.module
