"""What every network of the registry promises. A new network adds one line to ``TINY``."""

import re
from itertools import pairwise

import numpy as np
import pytest
import torch
from torch import nn

from BMLesionSegLib.errors import GeometryRefused
from BMLesionSegLib.networks import ARCHITECTURES, build_network
from BMLesionSegLib.networks.deep_supervision import every_head
from BMLesionSegLib.networks.inception import Inception
from BMLesionSegLib.networks.simplified import simplified

TINY = {
    "multi_attention": {
        "features": (4, 8, 8, 16),
        "vit_dim": 16,
        "vit_depth": 2,
        "vit_heads": 2,
        "vit_mlp": 32,
        "vit_classes": 32,
    },
    "u_net": {"features": (4, 8, 8)},
    "u_net_plus_plus": {"features": (4, 8, 8)},
    "attention_u_net": {"features": (4, 8, 8)},
    "res_u_net_a": {"width": 4},
    "amsunet": {"width": 4},
    "cmunext": {
        "features": (4, 8, 8),
        "depths": (1, 2, 1),
        "kernels": (3, 5, 5),
    },
    "multi_inception_u_net": {"features": (4, 8, 8)},
    "rar_u_net": {"features": (4, 8, 8)},
    "ic_u_net_plus_plus": {"features": (4, 8, 8)},
    "cao_2023": {"features": (4, 8, 8)},
    "liu_2022": {"width": 16},
}

HEADS = {"u_net_plus_plus": 2, "ic_u_net_plus_plus": 2, "cao_2023": 2}

NO_GRADIENT = {
    # One number added to all similarities of a row leaves the softmax as it is.
    "multi_attention": [r"non_local\.phi\.bias"],
    # All that adds one number to a channel which 1 x 1 convolutions and a normalisation follow;
    # and two maxima, one a tile, which a normalisation makes -1 and 1, whatever they were.
    "res_u_net_a": [
        r"(middle|last)\.grids\.\d\.1\.bias",
        r"(encoder\.5|decoder\.\d)\.branches\.\d\.5\.bias",
        r"up\.\d\.mix\.1\.bias",
        r"middle\.grids\.0\.0\.weight",
    ],
    # Straight before a normalisation, in the next block.
    "amsunet": [r".*\.attention\.4\.bias"],
    # As in res_u_net_a: every branch of an inception module begins with a 1 x 1 convolution.
    "multi_inception_u_net": [r"body\.up\.\d\.bias"],
}
"""Parameters without effect, apart from the biases that ``normalised_biases`` names."""


@pytest.fixture(params=list(ARCHITECTURES))
def name(request):
    return request.param


@pytest.fixture
def tiles():
    """Two tiles that differ at every scale, so that the deepest maps are not constant."""
    rows, columns = np.mgrid[0:256, 0:256]
    waves = np.sin(rows / 9) * np.cos(columns / 7)
    slope = np.sin(rows / 23 + columns / 31) * rows / 256
    return torch.from_numpy(np.stack([waves, slope])[:, None].astype(np.float32))


@pytest.fixture
def network(name, filled, tiles):
    """A narrow network whose logits spread over about 1: no part is silent."""
    return filled(build_network(name, TINY[name]), tiles)


def assert_same(came, expected):
    """Equal but for the rounding of one precision."""
    largest = float(expected.abs().max())
    torch.testing.assert_close(came, expected, rtol=0, atol=2e-4 * largest)


def test_every_network_is_in_the_contract():
    assert set(TINY) == set(ARCHITECTURES)


class TestContract:
    def test_tiles_to_logits_of_the_same_shape(self, network, tiles):
        with torch.inference_mode():
            logits = network(tiles)
        assert logits.shape == tiles.shape
        assert logits.dtype == torch.float32
        assert torch.isfinite(logits).all()

    @pytest.mark.parametrize(
        "shape", [(1, 256, 256), (1, 3, 256, 256), (1, 1, 256, 128), (1, 1, 1024, 256)]
    )
    def test_refuses_other_shapes(self, network, shape):
        with pytest.raises(GeometryRefused, match=r"\[batch, 1, 256, 256\]"):
            network(torch.zeros(shape))

    def test_tiles_of_a_batch_do_not_mix(self, network, tiles):
        with torch.inference_mode():
            together = network(tiles)
            alone = torch.cat([network(tile[None]) for tile in tiles])
        assert_same(together, alone)

    def test_channels_last_gives_the_same(self, network, tiles):
        with torch.inference_mode():
            plain = network(tiles)
            network.to(memory_format=torch.channels_last)
            last = network(tiles.contiguous(memory_format=torch.channels_last))
        assert_same(last, plain)

    def test_same_result_twice(self, network, tiles):
        with torch.inference_mode():
            assert torch.equal(network(tiles), network(tiles))

    def test_training_mode_takes_one_tile(self, network, tiles):
        for logits in every_head(network.train()(tiles[:1])):
            assert logits.shape == (1, 1, 256, 256)
            assert torch.isfinite(logits).all()

    def test_deep_supervision_trains_all_heads_and_uses_the_last(self, name, network, tiles):
        with torch.inference_mode():
            used = network(tiles)
            for module in network.modules():
                module.training = not isinstance(module, nn.BatchNorm2d | nn.Dropout)
            trained = every_head(network(tiles))
        assert len(trained) == HEADS.get(name, 1)
        assert_same(trained[-1], used)
        assert all(not torch.allclose(head, used, atol=1e-3) for head in trained[:-1])

    def test_gradients_reach_every_parameter(self, name, network, tiles):
        # In double precision: rounding would blur what has no gradient and what has a small one.
        heads = every_head(network.double().train()(tiles.double()))
        sum(logits.square().mean() for logits in heads).backward()
        gradients = {key: parameter.grad for key, parameter in network.named_parameters()}
        silent = {key for key, grad in gradients.items() if grad.abs().max() < 5e-10}
        explained = re.compile("|".join(NO_GRADIENT.get(name, ["none"])))
        expected = {key for key in gradients if explained.fullmatch(key)}
        assert silent == expected | normalised_biases(network)

    def test_exported_program_gives_the_same(self, network, tiles):
        with torch.inference_mode():
            expected = network(tiles)
        exported = torch.export.export(network, (tiles,)).module()
        with torch.inference_mode():
            came = exported(tiles)
        assert_same(came, expected)

    def test_compiles_as_one_graph(self, network, tiles):
        with torch.inference_mode():
            expected = network(tiles)
            came = torch.compile(network, fullgraph=True, backend="eager")(tiles)
        assert_same(came, expected)

    def test_weights_round_trip_through_the_state_dict(self, name, network, tiles):
        copy = build_network(name, TINY[name]).eval()
        copy.load_state_dict(network.state_dict())
        with torch.inference_mode():
            assert torch.equal(copy(tiles), network(tiles))

    def test_stored_logits(self, name, network, tiles):
        with torch.inference_mode():
            logits = network(tiles)
        came = [float(logits[1, 0, row, column]) for row, column in PIXELS]
        assert came == pytest.approx(STORED[name], abs=1e-3)

    def test_can_be_laid_out_without_numbers(self, name, network):
        with torch.device("meta"):
            empty = build_network(name, TINY[name])
        shapes = {key: tensor.shape for key, tensor in empty.state_dict().items()}
        assert shapes == {key: tensor.shape for key, tensor in network.state_dict().items()}


def normalised_biases(network):
    """Biases of convolutions straight before a normalisation, which subtracts them again."""
    return {
        f"{name}.{index}.bias"
        for name, block in network.named_modules()
        if isinstance(block, nn.Sequential)
        for index, (layer, following) in enumerate(pairwise(block))
        if isinstance(layer, nn.Conv2d) and layer.bias is not None
        if isinstance(following, nn.BatchNorm2d)
    }


PIXELS = [(0, 0), (17, 200), (128, 128), (255, 3), (255, 255)]
STORED = {
    "multi_attention": [0.60256, 0.76191, 0.79173, -2.80056, -1.80688],
    "u_net": [1.66856, -0.01264, 1.97794, -0.14844, -0.01264],
    "u_net_plus_plus": [-0.4189, -0.68908, -0.73892, 5.20633, -1.30154],
    "attention_u_net": [-0.29526, -0.23079, 0.05241, -0.05208, 0.05208],
    "res_u_net_a": [0.67271, -0.76842, 3.04212, 0.12768, -0.49185],
    "amsunet": [-0.16805, -0.42586, -0.33143, -2.92566, -0.08806],
    "cmunext": [-0.94184, -0.24684, -0.23874, -11.61794, 0.43648],
    "multi_inception_u_net": [-1.10423, -0.09499, 0.15262, -0.13052, -0.17756],
    "rar_u_net": [0.08062, 0.36688, 0.10598, -0.15926, -0.04187],
    "ic_u_net_plus_plus": [-0.18948, 0.181, -0.047, 1.23848, -0.21568],
    "cao_2023": [0.49495, -0.05144, 1.26033, -0.14436, -0.05144],
    "liu_2022": [0.2684, -0.11116, -0.49417, -0.99563, 0.16161],
}


@pytest.mark.parametrize("own_maxima", [True, False])
def test_simplified_it_says_the_same(name, network, tiles, own_maxima):
    network.eval()
    fast = simplified(network, own_maxima)
    with torch.inference_mode():
        assert_same(fast(tiles), network(tiles))
    assert not any(isinstance(module, Inception) for module in fast.modules())
    pools = [module for module in fast.modules() if isinstance(module, nn.MaxPool2d)]
    if own_maxima and name != "liu_2022":
        assert not pools
