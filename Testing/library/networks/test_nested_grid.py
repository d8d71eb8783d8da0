"""The grid of U-Net++: which node hears which."""

import pytest
import torch
from torch import nn

from BMLesionSegLib.networks.nested_grid import NestedGrid


class Entry(nn.Module):
    """A node of the encoder that adds one and repeats."""

    def __init__(self, channels_in, channels_out):
        super().__init__()
        self.channels = (channels_in, channels_out)

    def forward(self, features):
        return features[:, :1].expand(-1, self.channels[1], -1, -1) + 1


class Node(nn.Module):
    """A node that keeps what came and gives the last of its level plus the one below."""

    def __init__(self, width, below, earlier):
        super().__init__()
        self.widths = (width, below, earlier)

    def forward(self, skips, raised):
        width, below, earlier = self.widths
        assert skips.shape[1] == earlier * width
        assert raised.shape[1] == below
        assert skips.shape[-2:] == raised.shape[-2:]
        return skips[:, -width:] + raised[:, :1]


def test_triangle_of_nodes():
    grid = NestedGrid((2, 3, 5), Entry, Node)
    assert [entry.channels for entry in grid.encoder] == [(1, 2), (2, 3), (3, 5)]
    columns = [[node.widths for node in column] for column in grid.columns]
    assert columns == [[(2, 3, 1), (3, 5, 1)], [(2, 3, 2)]]


def test_values_by_hand():
    # Constant maps: the encoder holds 1, 2, 3; the next column 1 + 2 and 2 + 3; the last 3 + 5.
    nodes = NestedGrid((2, 3, 5), Entry, Node)(torch.zeros(1, 1, 16, 8))
    assert [features.shape for features in nodes] == [(1, 2, 16, 8)] * 2
    assert [float(features.mean()) for features in nodes] == pytest.approx([3.0, 8.0])
    assert all(features.std() < 1e-6 for features in nodes)
