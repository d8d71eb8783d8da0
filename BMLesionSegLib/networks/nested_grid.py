"""The triangle of nodes that U-Net++ hangs between encoder and decoder (Zhou et al. 2018)."""

from collections.abc import Callable
from itertools import pairwise

import torch
from torch import nn


class NestedGrid(nn.Module):
    """A tile to the full-size nodes of the grid, with the nodes left open.

    Node (level, 0) is the encoder. Node (level, column) takes all earlier nodes of its level and
    the one below to the left, up-sampled.

    Args:
        features: channels of the levels, the finest first.
        entry: makes a node of the encoder, from its channels in and out.
        node: makes another node, from the channels of its level, of the level below and the
            number of earlier nodes in its level; it is called with those nodes' maps,
            concatenated, and the up-sampled map from below.
    """

    def __init__(
        self,
        features: tuple[int, ...],
        entry: Callable[[int, int], nn.Module],
        node: Callable[[int, int, int], nn.Module],
    ) -> None:
        super().__init__()
        self.pool = nn.MaxPool2d(kernel_size=2)
        self.up = nn.Upsample(scale_factor=2, mode="bilinear", align_corners=True)
        self.encoder = nn.ModuleList(map(entry, (1, *features[:-1]), features))
        pairs = list(pairwise(features))
        self.columns = nn.ModuleList(
            nn.ModuleList(
                node(width, below, column) for width, below in pairs[: len(features) - column]
            )
            for column in range(1, len(features))
        )

    def forward(self, tiles: torch.Tensor) -> list[torch.Tensor]:
        """``[batch, 1, row, column]`` to the nodes (0, 1), (0, 2), ... of the tile's size."""
        levels = [[self.encoder[0](tiles)]]
        for entry in self.encoder[1:]:
            levels.append([entry(self.pool(levels[-1][0]))])
        for column in self.columns:
            for level, node in enumerate(column.children()):
                below = self.up(levels[level + 1][-1])
                levels[level].append(node(torch.cat(levels[level], dim=1), below))
        return levels[0][1:]
