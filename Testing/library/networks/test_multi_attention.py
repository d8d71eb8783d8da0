"""The paper's network: parameter counts part by part, and ablations."""

import pytest
import torch

from BMLesionSegLib.errors import BundleRefused, GeometryRefused
from BMLesionSegLib.networks import build_network, preset_arguments
from BMLesionSegLib.networks.multi_attention import MultiAttentionNet
from BMLesionSegLib.networks.tile_cost import multiply_adds

BASE32 = (32, 64, 128, 256)
BASE64 = (64, 128, 256, 512)
NONE = {"vit": False, "multi_scale": False, "non_local": False, "multi_pool": False}
TINY = {
    "features": (4, 8, 8, 16),
    "vit_dim": 16,
    "vit_depth": 2,
    "vit_heads": 2,
    "vit_mlp": 32,
    "vit_classes": 32,
}


def parameters(module):
    return sum(parameter.numel() for parameter in module.parameters())


def on_meta(**arguments):
    """A network without numbers: enough to count."""
    with torch.device("meta"):
        return MultiAttentionNet(**arguments)


def test_a_whole_view_folded_in_squares_costs_what_a_tile_does():
    tile, view = (preset_arguments("multi_attention", name) for name in ("small", "small-view"))
    with torch.device("meta"):
        networks = [build_network("multi_attention", arguments) for arguments in (tile, view)]
    assert list(map(parameters, networks)) == [7_357_057, 7_357_057 + 16 * 3 * 9 + 16 * 3 + 3]
    gmac = [multiply_adds(network) / 1e9 for network in networks]
    assert gmac[1] == pytest.approx(gmac[0], rel=0.01)


def test_the_other_view_costs_little():
    view, pair = (
        preset_arguments("multi_attention", name) | {"mirrored": False}
        for name in ("small-view", "small-pair")
    )
    with torch.device("meta"):
        networks = [build_network("multi_attention", arguments) for arguments in (view, pair)]
    assert parameters(networks[1]) == parameters(networks[0]) + 16 * 4 * 9
    gmac = [multiply_adds(network) / 1e9 for network in networks]
    assert gmac[0] < gmac[1] < 1.02 * gmac[0]


def test_the_other_view_is_seen_and_no_third_one(filled):
    pair = torch.rand(1, 2, 64, 32, generator=torch.Generator().manual_seed(1))
    network = filled(MultiAttentionNet((64, 32), fold=2, views=2, **TINY), pair)
    alone = torch.cat([pair[:, :1], torch.zeros(1, 1, 64, 32)], dim=1)
    with torch.inference_mode():
        assert network(pair).shape == (1, 1, 64, 32)
        assert not torch.allclose(network(pair), network(alone), atol=1e-3)
    with pytest.raises(GeometryRefused, match=r"\[batch, 2, 64, 32\]"):
        network(pair[:, :1])
    with pytest.raises(BundleRefused, match="views are 1, or 2"):
        on_meta(views=3)


def test_asked_twice_a_network_cannot_tell_left_from_right(filled):
    tiles = torch.rand(2, 1, 32, 32, generator=torch.Generator().manual_seed(1))
    once = filled(MultiAttentionNet((32, 32), **TINY), tiles)
    twice = MultiAttentionNet((32, 32), mirrored=True, **TINY).eval()
    twice.load_state_dict(once.state_dict())
    with torch.inference_mode():
        straight, turned = once(tiles), once(tiles.flip(-1)).flip(-1)
        assert not torch.allclose(straight, turned, atol=1e-2)
        torch.testing.assert_close(twice(tiles), (straight + turned) / 2)
        torch.testing.assert_close(twice(tiles.flip(-1)).flip(-1), twice(tiles))


def test_it_is_asked_once_while_it_is_trained():
    asked = []
    network = MultiAttentionNet((32, 32), mirrored=True, **TINY)
    network.head.register_forward_hook(lambda *_: asked.append(1))
    tiles = torch.rand(2, 1, 32, 32)
    network(tiles)
    assert len(asked) == 1
    network.eval()(tiles)
    assert len(asked) == 3


def test_folded_pixels_keep_their_place():
    """Without encoder and decoder: what goes in at a pixel comes out there."""
    network = MultiAttentionNet((64, 32), fold=2, **TINY).eval()
    image = torch.arange(64 * 32, dtype=torch.float32).reshape(1, 1, 64, 32)
    seen = []
    network.encoder[0].register_forward_pre_hook(lambda _, given: seen.append(given[0]))
    network.head.register_forward_hook(lambda *_: seen[0])
    assert torch.equal(network(image), image)
    assert seen[0].shape == (1, 4, 32, 16)
    assert seen[0][0, :, 0, 0].tolist() == [0, 1, 32, 33]


@pytest.mark.parametrize("shape", [(256,), (256, 256, 1), (250, 256), (256, 16)])
def test_tiles_that_cannot_be_halved_to_the_bottom_are_refused(shape):
    with pytest.raises(BundleRefused, match="each a multiple of 32"):
        MultiAttentionNet(shape, fold=2, **TINY)


def test_parts_have_the_published_counts():
    parts = {name: parameters(part) for name, part in on_meta().named_children()}
    assert parts == {
        "pool": 0,
        "multi_pool": 1_056,
        "encoder": 1_191_072,
        "encoder_scales": 273_440,
        "bottom": 3_540_992,
        "bottom_scales": 820_736,
        "vit": 19_569_664,
        "non_local": 525_568,
        "up": 696_800,
        "decoder": 2_352_000,
        "decoder_scales": 273_440,
        "head": 33,
    }


@pytest.mark.parametrize(
    ("switches", "base32", "base64"),
    [
        (NONE, 7_762_465, 31_036_481),
        (NONE | {"vit": True}, 27_332_129, 51_393_601),
        (NONE | {"vit": True, "multi_scale": True}, 28_699_745, 56_855_233),
        ({"multi_pool": False}, 29_225_313, 58_954_945),
        ({}, 29_244_801, 59_032_833),
        ({"scale_in_decoder": False}, 28_971_361, 57_941_953),
        ({"scale_reduction": False}, 31_806_145, 69_281_153),
    ],
)
def test_ablation_rows(switches, base32, base64):
    assert parameters(on_meta(features=BASE32, **switches)) == base32
    assert parameters(on_meta(features=BASE64, **switches)) == base64


@pytest.mark.parametrize(
    ("kernels", "count"),
    [((1, 3), 28_748_965), ((1, 3, 5), 29_244_801), ((1, 3, 5, 7), 29_747_021)],
)
def test_kernel_sets(kernels, count):
    assert parameters(on_meta(kernels=kernels)) == count


@pytest.mark.parametrize(
    ("pools", "count"),
    [((1, 2, 4), 29_243_583), ((1, 2, 4, 8), 29_244_801), ((1, 2, 3, 6), 29_244_801)],
)
def test_pool_sets(pools, count):
    assert parameters(on_meta(pools=pools)) == count


@pytest.mark.parametrize("vit_fusion", ["add", "gate", "tokens"])
@pytest.mark.parametrize("vit_norm", ["paper", "pre"])
def test_every_reading_of_the_transformer_gives_logits(vit_fusion, vit_norm):
    torch.manual_seed(0)
    network = MultiAttentionNet(**TINY, vit_fusion=vit_fusion, vit_norm=vit_norm).eval()
    with torch.inference_mode():
        logits = network(torch.rand(1, 1, 256, 256))
    assert logits.shape == (1, 1, 256, 256)
    assert torch.isfinite(logits).all()


@pytest.mark.parametrize("switch", list(NONE))
def test_every_switch_changes_the_result(switch, filled):
    tile = torch.rand(1, 1, 256, 256, generator=torch.Generator().manual_seed(1))
    with torch.inference_mode():
        whole = filled(MultiAttentionNet(**TINY), tile)(tile)
        ablated = filled(MultiAttentionNet(**TINY, **{switch: False}), tile)(tile)
    assert not torch.allclose(whole, ablated, atol=1e-3)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"features": (32, 64, 128)}, "channels of 4 levels"),
        ({"features": (3, 64, 128, 256)}, "for each of 4 branches"),
        ({"kernels": (1, 4)}, "kernels are odd"),
        ({"vit_fusion": "concat"}, "vit_fusion is one of add, gate, tokens"),
        ({"vit_norm": "post"}, "vit_norm is one of paper, pre"),
        ({"vit_heads": 7}, "vit_heads divides vit_dim"),
    ],
)
def test_refuses_what_cannot_be_built(arguments, words):
    with pytest.raises(BundleRefused, match=words):
        on_meta(**arguments)
