"""Attention U-Net: gates on all four skips."""

import torch

from BMLesionSegLib.networks.attention_u_net import AttentionUNet


def test_inner_widths_of_the_gates():
    with torch.device("meta"):
        network = AttentionUNet()
    assert [gate.fraction[0].in_channels for gate in network.gates] == [256, 128, 64, 32]


def test_closed_gates_keep_the_encoder_from_the_decoder():
    torch.manual_seed(0)
    network = AttentionUNet((2, 2, 2, 2, 2)).eval()
    network.up[-1] = Nothing()
    with torch.inference_mode():
        for gate in network.gates:
            gate.fraction[1].weight.zero_()
            gate.fraction[1].bias.fill_(-200.0)
        logits = network(torch.rand(1, 1, 256, 256))
        assert torch.equal(logits, network(torch.rand(1, 1, 256, 256)))
        network.gates[-1].fraction[1].bias.fill_(200.0)
        assert not torch.equal(logits, network(torch.rand(1, 1, 256, 256)))


class Nothing(torch.nn.Module):
    """Keeps the deeper levels silent."""

    def forward(self, features):
        return torch.zeros(features.shape[0], 2, 256, 256)
