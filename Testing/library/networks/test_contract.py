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
    "liu_2022": {"width": 4},
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
    return torch.rand(2, 1, 256, 256, generator=torch.Generator().manual_seed(1))


@pytest.fixture
def network(name, filled, tiles):
    """A narrow network whose logits spread over about 1: no part is silent."""
    return filled(build_network(name, TINY[name]), tiles[:1])


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
        torch.testing.assert_close(together, alone, rtol=0, atol=1e-4)

    def test_channels_last_gives_the_same(self, network, tiles):
        with torch.inference_mode():
            plain = network(tiles)
            network.to(memory_format=torch.channels_last)
            last = network(tiles.contiguous(memory_format=torch.channels_last))
        torch.testing.assert_close(last, plain, rtol=0, atol=1e-4)

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
        torch.testing.assert_close(trained[-1], used, rtol=0, atol=1e-4)
        assert all(not torch.allclose(head, used, atol=1e-3) for head in trained[:-1])

    def test_gradients_reach_every_parameter(self, name, network, tiles):
        sum(head.square().mean() for head in every_head(network.train()(tiles))).backward()
        silent = {
            parameter_name
            for parameter_name, parameter in network.named_parameters()
            if parameter.grad is None or parameter.grad.abs().max() < 1e-9
        }
        explained = re.compile("|".join(NO_GRADIENT.get(name, ["none"])))
        unexplained = {key for key in silent if not explained.fullmatch(key)}
        assert unexplained <= normalised_biases(network)

    def test_exported_program_gives_the_same(self, network, tiles):
        with torch.inference_mode():
            expected = network(tiles)
        exported = torch.export.export(network, (tiles,)).module()
        with torch.inference_mode():
            came = exported(tiles)
        torch.testing.assert_close(came, expected, rtol=0, atol=1e-4)

    def test_compiles_as_one_graph(self, network, tiles):
        with torch.inference_mode():
            expected = network(tiles)
            came = torch.compile(network, fullgraph=True, backend="eager")(tiles)
        torch.testing.assert_close(came, expected, rtol=0, atol=1e-4)

    def test_weights_round_trip_through_the_state_dict(self, name, network, tiles):
        copy = build_network(name, TINY[name]).eval()
        copy.load_state_dict(network.state_dict())
        with torch.inference_mode():
            assert torch.equal(copy(tiles), network(tiles))

    def test_stored_logits(self, name, filled):
        rows, columns = np.mgrid[0:256, 0:256]
        waves = (np.sin(rows / 9) * np.cos(columns / 7)).astype(np.float32)
        tile = torch.from_numpy(waves)[None, None]
        with torch.inference_mode():
            logits = filled(build_network(name, TINY[name]), tile)(tile)
        came = [float(logits[0, 0, row, column]) for row, column in PIXELS]
        assert came == pytest.approx(STORED[name], abs=1e-4)

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
        if isinstance(layer, nn.Conv2d) and isinstance(following, nn.BatchNorm2d)
    }


PIXELS = [(0, 0), (17, 200), (128, 128), (255, 3), (255, 255)]
STORED = {
    "multi_attention": [0.81225, 0.12804, -0.74772, -0.02389, 1.00135],
    "u_net": [1.19931, 0.04781, 2.62507, 0.77178, -0.01264],
    "u_net_plus_plus": [-0.14555, 0.68112, -0.93988, -0.40315, -0.75912],
    "attention_u_net": [-0.51084, 0.61721, -0.26874, -0.03692, -0.0125],
    "res_u_net_a": [-0.20478, 1.36067, 0.94515, -0.24276, -0.45824],
    "amsunet": [-0.9865, -3.31023, -0.84253, -2.70829, -0.46868],
    "cmunext": [-0.38735, -0.3382, 1.174, -3.83791, 0.1659],
    "multi_inception_u_net": [-0.51548, -0.11075, 0.33084, -0.44668, -1.04471],
    "rar_u_net": [-1.04855, -0.28548, -0.55083, -0.06961, -0.07029],
    "ic_u_net_plus_plus": [-2.03458, -1.22862, 0.49894, -0.04941, -0.58707],
    "cao_2023": [0.17532, -0.20248, 2.43138, 0.20416, -0.05144],
    "liu_2022": [0.03404, 0.03404, 1.48636, 0.03404, 0.03404],
}
