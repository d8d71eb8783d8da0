"""Multi-pooling: the map first, then the means of its grids."""

import pytest
import torch

from BMLesionSegLib.networks.multi_pooling import MultiPooling


def test_grids_are_means_spread_over_the_map():
    block = MultiPooling(2, (1, 2))
    with torch.no_grad():
        for parameter in block.parameters():
            parameter.fill_(0.0)
        for _, convolution in block.grids:
            convolution.weight[0, 0] = 1.0
    features = torch.zeros(1, 2, 8, 8)
    features[0, 0, :4] = 4.0
    out = block(features)
    assert torch.equal(out[:, :2], features)
    torch.testing.assert_close(out[0, 2], torch.full((8, 8), 2.0))
    # The 2 x 2 grid keeps head and foot apart: the quarter points hold the halves' means.
    torch.testing.assert_close(out[0, 3, [0, 7], 0], torch.tensor([4.0, 0.0]))


@pytest.mark.parametrize(("sizes", "added"), [((1, 2, 4, 8), 32), ((1, 2, 4), 30)])
def test_channels_added(sizes, added):
    assert MultiPooling(32, sizes)(torch.rand(1, 32, 24, 24)).shape == (1, 32 + added, 24, 24)
