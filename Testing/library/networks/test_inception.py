"""Inception: any width in, any width out."""

import pytest
import torch

from BMLesionSegLib.networks.inception import DoubleInception, Inception


@pytest.mark.parametrize(("channels_in", "channels_out"), [(1, 4), (1, 10), (12, 8)])
def test_widths(channels_in, channels_out):
    features = torch.rand(2, channels_in, 9, 7)
    block = Inception(channels_in, channels_out)
    assert block(features).shape == (2, channels_out, 9, 7)
    widths = [branch(features).shape[1] for branch in block.branches]
    assert widths == [channels_out - 3 * (channels_out // 4)] + [channels_out // 4] * 2


def test_double_inception_has_biases_and_counts_as_on_paper():
    # C = 8, branches of 2: 1 x 1; 1 x 1, 3 x 3; 1 x 1, 5 x 5; pooled 1 x 1. Twice.
    first = 4 * 3 * 2 + 2 * 2 * 9 + 2 * 2 * 25
    second = 4 * 8 * 2 + 2 * 2 * 9 + 2 * 2 * 25
    biases_and_norms = 2 * 6 * (2 + 2 * 2)
    block = DoubleInception(3, 8)
    counted = sum(parameter.numel() for parameter in block.parameters())
    assert counted == first + second + biases_and_norms
