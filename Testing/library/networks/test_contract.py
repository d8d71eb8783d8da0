"""What every network of the registry promises. A new network adds one line to ``TINY``."""

import pytest
import torch

from BMLesionSegLib.errors import GeometryRefused
from BMLesionSegLib.networks import ARCHITECTURES, build_network

TINY = {
    "multi_attention": {
        "features": (4, 8, 8, 16),
        "vit_dim": 16,
        "vit_depth": 2,
        "vit_heads": 2,
        "vit_mlp": 32,
        "vit_classes": 32,
    },
}

NO_GRADIENT = {
    "multi_attention": {
        # One number added to all similarities of a row leaves the softmax as it is.
        "non_local.phi.bias",
    },
}


@pytest.fixture(params=list(ARCHITECTURES))
def name(request):
    return request.param


@pytest.fixture
def network(name):
    """A narrow network, every learnt number drawn: no part is silent as after initialisation."""
    torch.manual_seed(0)
    network = build_network(name, TINY[name]).eval()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(torch.randn_like(parameter), alpha=0.1)
    return network


@pytest.fixture
def tiles():
    return torch.rand(2, 1, 256, 256, generator=torch.Generator().manual_seed(1))


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
        torch.testing.assert_close(together, alone, rtol=1e-5, atol=1e-5)

    def test_channels_last_gives_the_same(self, network, tiles):
        with torch.inference_mode():
            plain = network(tiles)
            network.to(memory_format=torch.channels_last)
            last = network(tiles.contiguous(memory_format=torch.channels_last))
        torch.testing.assert_close(last, plain, rtol=1e-5, atol=1e-5)

    def test_same_result_twice(self, network, tiles):
        with torch.inference_mode():
            assert torch.equal(network(tiles), network(tiles))

    def test_training_mode_takes_one_tile(self, network, tiles):
        assert torch.isfinite(network.train()(tiles[:1])).all()

    def test_gradients_reach_every_parameter(self, name, network, tiles):
        network.train()(tiles).square().mean().backward()
        silent = {
            parameter_name
            for parameter_name, parameter in network.named_parameters()
            if parameter.grad is None or parameter.grad.abs().max() < 1e-9
        }
        assert silent <= NO_GRADIENT.get(name, set())

    def test_exported_program_gives_the_same(self, network, tiles):
        with torch.inference_mode():
            expected = network(tiles)
        exported = torch.export.export(network, (tiles,)).module()
        with torch.inference_mode():
            came = exported(tiles)
        torch.testing.assert_close(came, expected, rtol=1e-5, atol=1e-5)

    def test_compiles_as_one_graph(self, network, tiles):
        with torch.inference_mode():
            expected = network(tiles)
            came = torch.compile(network, fullgraph=True, backend="eager")(tiles)
        torch.testing.assert_close(came, expected, rtol=1e-5, atol=1e-5)

    def test_weights_round_trip_through_the_state_dict(self, name, network, tiles):
        copy = build_network(name, TINY[name]).eval()
        copy.load_state_dict(network.state_dict())
        with torch.inference_mode():
            assert torch.equal(copy(tiles), network(tiles))

    def test_can_be_laid_out_without_numbers(self, name, network):
        with torch.device("meta"):
            empty = build_network(name, TINY[name])
        shapes = {key: tensor.shape for key, tensor in empty.state_dict().items()}
        assert shapes == {key: tensor.shape for key, tensor in network.state_dict().items()}
