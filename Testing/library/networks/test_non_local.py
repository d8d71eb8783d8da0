"""Non-local attention on maps small enough to work out by hand."""

import torch

from BMLesionSegLib.networks.non_local import NonLocal


def with_identity_projections():
    """Two channels, one of them used: theta, phi, g and out are all 1 on the first channel."""
    block = NonLocal(2)
    with torch.no_grad():
        for parameter in block.parameters():
            parameter.zero_()
        for convolution in (block.theta, block.phi, block.g):
            convolution.weight[0, 0] = 1.0
        block.out.weight[0, 0] = 1.0
    return block.eval()


def test_starts_as_the_identity():
    features = torch.rand(2, 8, 5, 3)
    assert torch.equal(NonLocal(8)(features), features)


def test_two_pixels_by_hand():
    # Pixels 0 and 1: similarities of pixel 1 are 0 and 1, softmax e / (1 + e) on itself.
    features = torch.tensor([[[[0.0, 1.0]], [[5.0, 7.0]]]])
    out = with_identity_projections()(features)
    on_itself = torch.e / (1 + torch.e)
    expected = torch.tensor([[[[0.5, 1.0 + on_itself]], [[5.0, 7.0]]]])
    torch.testing.assert_close(out, expected)


def test_moves_with_its_pixels():
    torch.manual_seed(0)
    block = with_identity_projections()
    features = torch.rand(1, 2, 4, 4)
    torch.testing.assert_close(block(features.flip(3)), block(features).flip(3))
