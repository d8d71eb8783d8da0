"""The residual block: a shortcut round two convolutions."""

import torch

from BMLesionSegLib.networks.residual_block import ResidualBlock


def test_without_convolutions_the_shortcut_is_left():
    torch.manual_seed(0)
    block = ResidualBlock(3, 5).eval()
    with torch.no_grad():
        for parameter in block.convs.parameters():
            parameter.zero_()
    features = torch.randn(2, 3, 6, 4)
    torch.testing.assert_close(block(features), torch.relu(block.shortcut(features)))


def test_without_a_shortcut_the_convolutions_are_left():
    torch.manual_seed(0)
    block = ResidualBlock(3, 5).eval()
    with torch.no_grad():
        for parameter in block.shortcut.parameters():
            parameter.zero_()
    features = torch.randn(2, 3, 6, 4)
    torch.testing.assert_close(block(features), torch.relu(block.convs(features)))
    assert block(features).shape == (2, 5, 6, 4)
