"""AMSUnet: strips, skips, and one shortcut a block."""

import torch
from torch.nn import functional

from BMLesionSegLib.networks.amsunet import (
    AMSUnet,
    SkipAttention,
    StripAttention,
    StripAttentionBlock,
)


def test_strip_attention_multiplies_its_map():
    block = StripAttention(2, dilation=1)
    with torch.no_grad():
        for parameter in block.parameters():
            parameter.zero_()
        block.mix.bias.copy_(torch.tensor([2.0, 3.0]))
    features = torch.rand(1, 2, 5, 5)
    expected = features * torch.tensor([2.0, 3.0])[None, :, None, None]
    torch.testing.assert_close(block(features), expected)


def test_weights_see_as_far_as_the_longest_strip():
    # Two 3 x 3, the second dilated by 3, then 11 x 1 and 1 x 11: 1 + 3 + 5 = 9 to each side.
    block = StripAttention(1, dilation=3).double()
    with torch.no_grad():
        for name, parameter in block.named_parameters():
            parameter.fill_(0.0 if name.endswith("bias") else 1.0)
    features = torch.ones(1, 1, 31, 31, dtype=torch.float64)
    plain = block(features)
    features[0, 0, 15, 15] = 2.0
    changed = (block(features) != plain)[0, 0].any(1).nonzero().flatten().tolist()
    assert changed == list(range(6, 25))


def test_silent_block_keeps_its_map():
    block = StripAttentionBlock(2, dilation=1).eval()
    with torch.no_grad():
        for parameter in block.parameters():
            parameter.zero_()
    features = torch.randn(1, 2, 5, 5)
    torch.testing.assert_close(block(features), functional.gelu(features))


def test_skip_by_hand():
    # All weights zero: both fractions are one half, so s + (s / 2) (s / 2).
    block = SkipAttention(4)
    with torch.no_grad():
        for parameter in block.parameters():
            parameter.zero_()
    skip = torch.full((1, 4, 2, 2), 4.0)
    torch.testing.assert_close(block(skip), torch.full((1, 4, 2, 2), 8.0))


def test_dilations_grow_with_the_depth():
    with torch.device("meta"):
        network = AMSUnet()
    spread = [down[2].attention[3].spread.dilation[0] for down in network.down]
    assert spread == [1, 1, 3, 5]
