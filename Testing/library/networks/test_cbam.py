"""Block attention: fractions, channel by channel and pixel by pixel."""

import pytest
import torch

from BMLesionSegLib.networks.cbam import Cbam, ChannelAttention, SpatialAttention


def test_channels_from_their_mean_and_maximum():
    # Both layers pass the first channel's number on, so the sum is mean 1 plus maximum 4.
    block = ChannelAttention(2, reduction=2)
    with torch.no_grad():
        for parameter in block.parameters():
            parameter.zero_()
        block.layers[0].weight[0, 0] = 1.0
        block.layers[2].weight[1, 0] = 1.0
    features = torch.zeros(1, 2, 2, 2)
    features[0, 0, 0, 0] = 4.0
    assert block(features).flatten().tolist() == pytest.approx([0.5, 1 / (1 + 2.718281828**-5)])


def test_pixels_from_the_mean_and_the_maximum_over_channels():
    block = SpatialAttention()
    with torch.no_grad():
        block.conv.weight.zero_()
        block.conv.weight[0, :, 3, 3] = torch.tensor([1.0, 10.0])
    features = torch.zeros(1, 2, 1, 2)
    features[0, :, 0, 1] = torch.tensor([0.2, 0.0])
    expected = torch.sigmoid(torch.tensor([0.0, 0.1 + 2.0]))
    torch.testing.assert_close(block(features)[0, 0, 0], expected)


def test_only_ever_weakens():
    torch.manual_seed(0)
    features = torch.rand(2, 16, 8, 8) + 0.1
    out = Cbam(16)(features)
    assert (out > 0).all()
    assert (out < features).all()


@pytest.mark.parametrize(("channels", "hidden"), [(64, 8), (32, 4), (8, 4)])
def test_reduction(channels, hidden):
    assert Cbam(channels).channel.layers[0].out_features == hidden
