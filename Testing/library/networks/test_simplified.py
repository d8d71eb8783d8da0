"""Each rewriting alone, against torch's own module."""

import pytest
import torch
from torch import nn

from BMLesionSegLib.networks.inception import Inception
from BMLesionSegLib.networks.simplified import (
    InceptionOneEntry,
    NeighbourhoodMaximum,
    QuadMaximum,
    simplified,
)


@pytest.fixture
def features():
    """Negative values too: a maximum must not take the padding for one."""
    return torch.randn(2, 3, 7, 10, generator=torch.Generator().manual_seed(0)) - 2


@pytest.mark.parametrize(
    ("own", "theirs"),
    [
        (NeighbourhoodMaximum(), nn.MaxPool2d(3, stride=1, padding=1)),
        (QuadMaximum(), nn.MaxPool2d(2)),
    ],
)
@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
def test_maxima_are_those_of_max_pooling(own, theirs, layout, features):
    given = features.contiguous(memory_format=layout)
    assert torch.equal(own(given), theirs(given))
    assert torch.equal(given, features)


@pytest.mark.parametrize("reduce", [True, False])
@pytest.mark.parametrize("kernels", [(1, 3, 5), (3, 5)])
def test_one_entry_says_what_many_say(reduce, kernels):
    network = nn.Sequential(Inception(6, 11, kernels, reduce))
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.normal_(module.running_mean)
            nn.init.uniform_(module.running_var, 0.5, 2)
            nn.init.normal_(module.weight)
            nn.init.normal_(module.bias)
    network.eval()
    fast = simplified(network)
    one_entry = reduce or 1 in kernels
    assert isinstance(fast[0], InceptionOneEntry if one_entry else Inception)
    assert not any(isinstance(module, nn.BatchNorm2d) for module in fast.modules())
    given = torch.randn(2, 6, 9, 9)
    with torch.inference_mode():
        torch.testing.assert_close(fast(given), network(given), rtol=1e-5, atol=1e-5)


def test_the_original_stays_as_it_is():
    network = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.MaxPool2d(2)).eval()
    before = {name: value.clone() for name, value in network.state_dict().items()}
    simplified(network)
    assert isinstance(network[1], nn.BatchNorm2d)
    assert all(torch.equal(value, before[name]) for name, value in network.state_dict().items())
