"""The vision transformer: what each fusion does to the map."""

import pytest
import torch

from BMLesionSegLib.networks.vision_transformer import (
    PaperLayer,
    PreNormLayer,
    SelfAttention,
    VisionTransformer,
)


def transformer(fusion, norm="paper", classes=8):
    torch.manual_seed(0)
    return VisionTransformer(
        channels=8,
        patches=16,
        dim=12,
        depth=2,
        heads=3,
        mlp_dim=24,
        classes=classes,
        dropout=0.1,
        fusion=fusion,
        norm=norm,
    ).eval()


@pytest.fixture
def features():
    return torch.rand(2, 8, 4, 4, generator=torch.Generator().manual_seed(1)) + 0.5


@pytest.mark.parametrize("classes", [8, 5])
def test_add_gives_one_value_a_channel(features, classes):
    added = transformer("add", classes=classes)(features) - features
    torch.testing.assert_close(added, added.mean((2, 3), keepdim=True).expand_as(added))
    assert added.abs().min() > 0


def test_gate_multiplies_by_one_fraction_a_channel(features):
    gate = transformer("gate")(features) / features
    torch.testing.assert_close(gate, gate.mean((2, 3), keepdim=True).expand_as(gate))
    assert (gate > 0).all()
    assert (gate < 1).all()


def test_tokens_differ_from_pixel_to_pixel(features):
    added = transformer("tokens")(features) - features
    assert added.std((2, 3)).min() > 1e-4


def test_a_token_returns_to_its_own_pixel():
    # Without attention, feed-forward part and positions, a token knows only its own pixel.
    network = transformer("tokens")
    with torch.no_grad():
        network.positions.zero_()
        for layer in network.layers:
            for parameter in (*layer.attention.parameters(), *layer.feed_forward.parameters()):
                parameter.zero_()
    features = torch.zeros(1, 8, 4, 4)
    plain = network(features)
    features[0, :, 1, 2] = torch.arange(8.0)
    changed = (network(features) - features - plain).abs().sum((0, 1)) > 1e-6
    assert changed.nonzero().tolist() == [[1, 2]]


def test_paper_norm_normalises_the_result_and_pre_norm_does_not():
    torch.manual_seed(0)
    tokens = torch.randn(1, 17, 12) * 5
    paper = PaperLayer(12, 3, 24, 0.0)(tokens)
    torch.testing.assert_close(paper.std(-1, unbiased=False), torch.ones(1, 17), rtol=0, atol=1e-3)
    assert PreNormLayer(12, 3, 24, 0.0)(tokens).std() > 3


def test_attention_is_the_scaled_softmax_of_the_paper():
    torch.manual_seed(0)
    attention = SelfAttention(dim=6, heads=2, dropout=0.0)
    tokens = torch.randn(1, 5, 6)
    queries, keys, values = attention.queries_keys_values(tokens)[0].split(6, dim=1)
    heads = [
        torch.softmax(queries[:, head] @ keys[:, head].T / 3**0.5, dim=1) @ values[:, head]
        for head in (slice(0, 3), slice(3, 6))
    ]
    torch.testing.assert_close(attention(tokens)[0], attention.out(torch.cat(heads, dim=1)))
