"""The attention gate: one fraction a pixel, decided by both maps."""

import pytest
import torch

from BMLesionSegLib.networks.attention_gate import AttentionGate


@pytest.fixture
def gate():
    """One channel everywhere, all weights 1 and biases 0: normalisation is the identity."""
    block = AttentionGate(1, 1, 1).eval()
    with torch.no_grad():
        for name, parameter in block.named_parameters():
            parameter.fill_(0.0 if name.endswith("bias") else 1.0)
    return block


@pytest.mark.parametrize(
    ("coming_up", "skip", "expected"),
    [
        (0.0, 2.0, 2 * torch.sigmoid(torch.tensor(2.0))),
        (3.0, 2.0, 2 * torch.sigmoid(torch.tensor(5.0))),
        # Below zero together: the fraction is one half.
        (-9.0, 2.0, torch.tensor(1.0)),
    ],
)
def test_by_hand(gate, coming_up, skip, expected):
    with torch.no_grad():
        out = gate(torch.full((1, 1, 1, 1), coming_up), torch.full((1, 1, 1, 1), skip))
    assert float(out) == pytest.approx(float(expected), rel=1e-4)


def test_one_fraction_for_all_channels_of_a_pixel():
    torch.manual_seed(0)
    skip = torch.rand(2, 5, 4, 4) + 0.5
    fraction = AttentionGate(3, 5, 2).eval()(torch.randn(2, 3, 4, 4), skip) / skip
    torch.testing.assert_close(fraction, fraction[:, :1].expand_as(fraction))
    assert fraction.std() > 0
    assert 0 < fraction.min() < fraction.max() < 1
