"""The unit: convolved, normalised, cut off at zero."""

import pytest
import torch

from BMLesionSegLib.networks.conv_unit import ConvUnit
from BMLesionSegLib.networks.double_conv import DoubleConv


@pytest.mark.parametrize(("bias", "count"), [(False, 54 + 6), (True, 54 + 6 + 3)])
def test_counts(bias, count):
    unit = ConvUnit(2, 3, kernel=3, bias=bias)
    assert sum(parameter.numel() for parameter in unit.parameters()) == count


@pytest.mark.parametrize("kernel", [1, 3, 5])
def test_keeps_the_size_and_is_never_negative(kernel):
    out = ConvUnit(2, 3, kernel)(torch.randn(2, 2, 9, 7))
    assert out.shape == (2, 3, 9, 7)
    assert out.min() == 0


def test_two_units_reach_two_pixels():
    block = DoubleConv(1, 1).eval()
    with torch.no_grad():
        for parameter in block.parameters():
            parameter.fill_(0.0 if parameter is block[0][1].bias else 1.0)
        block[1][1].bias.zero_()
    impulse = torch.zeros(1, 1, 9, 9)
    impulse[0, 0, 4, 4] = 1.0
    assert int((block(impulse) > 0).sum()) == 25
