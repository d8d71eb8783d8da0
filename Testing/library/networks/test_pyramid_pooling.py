"""Pyramid pooling: maxima of grids, spread as constants, then the map."""

import torch

from BMLesionSegLib.networks.pyramid_pooling import PyramidPooling


def test_grids_are_maxima_spread_over_the_map():
    block = PyramidPooling(1, 4).eval()
    with torch.no_grad():
        for name, parameter in block.named_parameters():
            parameter.fill_(0.0 if name.endswith("bias") else 1.0)
        # The mixing passes grids 1, 2, 4 and 8 on, one an output channel, and drops the map.
        block.mix[0].weight.copy_(torch.eye(4, 5)[:, :, None, None])
    features = torch.zeros(1, 1, 16, 16)
    features[0, 0, 0, 0] = 4.0
    reached = [int((context > 1).sum()) for context in block(features)[0]]
    assert reached == [256, 64, 16, 4]


def test_widths():
    block = PyramidPooling(8, 4)
    assert block(torch.rand(2, 8, 8, 16)).shape == (2, 4, 8, 16)
    assert block.mix[0].in_channels == 12


def test_one_tile_can_be_trained():
    assert torch.isfinite(PyramidPooling(4, 4)(torch.rand(1, 4, 8, 8))).all()
