"""CMUNeXt: the shortcut, the order of activation and normalisation, the fusion."""

import torch
from torch import nn

from BMLesionSegLib.networks.cmunext import LargeKernelBlock, activated, fusion


def test_the_shortcut_goes_round_the_depthwise_part_only():
    block = LargeKernelBlock(2, kernel=3).eval()
    block.pointwise = nn.Identity()
    with torch.no_grad():
        for parameter in block.parameters():
            parameter.zero_()
    features = torch.randn(1, 2, 5, 5)
    torch.testing.assert_close(block(features), features)


def test_normalised_after_the_activation():
    torch.manual_seed(0)
    out = activated(nn.Conv2d(1, 3, kernel_size=1))(torch.randn(8, 1, 16, 16))
    torch.testing.assert_close(out.mean((0, 2, 3)), torch.zeros(3), rtol=0, atol=1e-5)


def test_fusion_convolves_skip_and_raised_map_apart_before_mixing():
    block = fusion(3).eval()
    first = block[0]
    features = torch.randn(1, 6, 5, 5)
    changed = features.clone()
    changed[:, 3:] += 1
    same = (first(features) == first(changed)).all(3).all(2)[0]
    assert same.tolist() == [True] * 3 + [False] * 3
    assert block(features).shape == (1, 3, 5, 5)
