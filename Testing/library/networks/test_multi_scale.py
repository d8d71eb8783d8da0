"""Multi-scale: channels kept, one reach a branch."""

import pytest
import torch

from BMLesionSegLib.networks.multi_scale import MultiScale


@pytest.mark.parametrize("channels", [8, 10, 32])
@pytest.mark.parametrize("kernels", [(1, 3), (1, 3, 5), (1, 3, 5, 7)])
@pytest.mark.parametrize("reduce", [True, False])
def test_keeps_the_channels(channels, kernels, reduce):
    block = MultiScale(channels, kernels, reduce)
    assert block(torch.rand(2, channels, 9, 7)).shape == (2, channels, 9, 7)


def test_the_first_branch_takes_the_remainder():
    features = torch.rand(2, 32, 3, 3)
    widths = [branch(features).shape[1] for branch in MultiScale(32, (1, 3), True).branches]
    assert widths == [12, 10]


def test_each_branch_reaches_as_far_as_its_kernel():
    block = MultiScale(4, (1, 3, 5), True).eval()
    with torch.no_grad():
        for name, parameter in block.named_parameters():
            parameter.fill_(0.0 if name.endswith("bias") else 1.0)
    impulse = torch.zeros(1, 4, 9, 9)
    impulse[:, :, 4, 4] = 1.0
    reached = [int((scale > scale.min()).sum()) for scale in block(impulse)[0]]
    assert reached == [1, 9, 25, 9]
