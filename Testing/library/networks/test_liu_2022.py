"""The residual encoder: which blocks change the shape."""

import pytest
import torch

from BMLesionSegLib.networks.liu_2022 import BasicBlock, Liu2022


@pytest.mark.parametrize(
    ("channels_out", "shape"), [(4, (2, 4, 8, 8)), (8, (2, 8, 4, 4))], ids=["kept", "halved"]
)
def test_a_block_halves_where_it_widens(channels_out, shape):
    assert BasicBlock(4, channels_out)(torch.rand(2, 4, 8, 8)).shape == shape


def test_silent_convolutions_leave_the_map():
    block = BasicBlock(3, 3).eval()
    with torch.no_grad():
        for parameter in block.parameters():
            parameter.zero_()
    features = torch.rand(1, 3, 4, 4)
    torch.testing.assert_close(block(features), features)


def test_encoder_has_34_layers():
    with torch.device("meta"):
        encoder = Liu2022().encoder
    convolutions = sum(2 * len(stage) for stage in encoder)
    # The stem and, in the classifier, the last linear layer complete them.
    assert convolutions + 2 == 34
