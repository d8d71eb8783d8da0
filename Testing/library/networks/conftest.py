"""One thread, and numbers that are the same with every torch."""

import numpy as np
import pytest
import torch
from torch import nn


@pytest.fixture(autouse=True, scope="module")
def _one_thread():
    """Tiny networks gain nothing from more, and a busy machine makes them wait."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def filled():
    """Fills a network with drawn numbers, normalised for these tiles, ready for evaluation."""

    def fill(network, tiles):
        rng = np.random.default_rng(7)
        with torch.no_grad():
            for name, parameter in network.named_parameters():
                parameter.copy_(torch.from_numpy(drawn(rng, name, tuple(parameter.shape))))
            network.eval()
            for module in network.modules():
                if isinstance(module, nn.BatchNorm2d):
                    module.momentum = 1.0
                    module.train()
            network(tiles)
        return network.eval()

    return fill


def drawn(rng, name, shape):
    """Numbers that keep the signal alive through a layer."""
    if len(shape) > 1:
        spread = (6 / np.prod(shape[1:])) ** 0.5
        return rng.uniform(-spread, spread, shape)
    if name.endswith("bias"):
        return rng.uniform(-0.1, 0.1, shape)
    return rng.uniform(0.5, 1.5, shape)
