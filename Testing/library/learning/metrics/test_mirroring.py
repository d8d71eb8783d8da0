"""A network asked twice."""

import torch
from torch import nn

from BMLesionSegLib.bundles import load_bundle
from BMLesionSegLib.learning.metrics.mirroring import Mirrored, mirrored


class LeftIsLesion(nn.Module):
    """Sure of the left half, whatever it sees."""

    def forward(self, tiles):
        logits = torch.full_like(tiles, -20.0)
        logits[..., : tiles.shape[-1] // 2] = 20.0
        return logits


def test_a_one_sided_network_becomes_undecided():
    logits = Mirrored(LeftIsLesion())(torch.zeros(1, 1, 4, 8))
    torch.testing.assert_close(torch.sigmoid(logits), torch.full((1, 1, 4, 8), 0.5))


def test_a_network_that_does_not_care_is_unchanged():
    image = torch.randn(2, 1, 8, 8, generator=torch.Generator().manual_seed(0))
    torch.testing.assert_close(Mirrored(nn.Identity())(image), image, rtol=1e-4, atol=1e-4)


def test_a_bundle_asked_twice_is_symmetric(tiny_model):
    bundle = load_bundle(tiny_model)
    network = mirrored(bundle).network()
    image = torch.rand(1, 1, 256, 256, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        straight, turned = network(image), network(image.flip(-1)).flip(-1)
        plain = bundle.network()(image)
    torch.testing.assert_close(straight, turned, rtol=1e-4, atol=1e-4)
    assert not torch.allclose(straight, plain, atol=1e-3)
