"""Test-time mirroring: a tile and its left-right mirror image, averaged. An idea on trial."""

from dataclasses import dataclass

import torch
from torch import nn

from BMLesionSegLib.bundles import Bundle
from BMLesionSegLib.networks.tile_check import input_shape


class Mirrored(nn.Module):
    """A network asked twice: the mean probability of a tile and of its mirror image.

    Args:
        network: in eval mode, giving logits.
    """

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network
        self.views, rows, columns = input_shape(network)
        self.tile_shape = rows, columns

    def forward(self, tiles: torch.Tensor) -> torch.Tensor:
        """``[batch, view, row, column]`` to logits ``[batch, 1, row, column]``."""
        straight = torch.sigmoid(self.network(tiles).float())
        turned = torch.sigmoid(self.network(tiles.flip(-1)).float()).flip(-1)
        return torch.logit((straight + turned) / 2, eps=1e-6)


@dataclass(frozen=True)
class MirroredBundle(Bundle):
    """A model that is asked twice."""

    def network(self) -> nn.Module:
        """The network with its weights, in eval mode, on the CPU."""
        return Mirrored(super().network()).eval()


def mirrored(bundle: Bundle) -> Bundle:
    """The same model, asked twice."""
    return MirroredBundle(bundle.folder, bundle.manifest)
