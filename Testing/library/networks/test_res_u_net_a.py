"""ResUNet-a: dilated units and the way up."""

import torch

from BMLesionSegLib.networks.res_u_net_a import DilatedUnit, Joining, ResUNetA


def test_a_unit_adds_to_its_map():
    unit = DilatedUnit(2, (1, 3)).eval()
    with torch.no_grad():
        for parameter in unit.parameters():
            parameter.zero_()
        unit.branches[0][-1].bias.fill_(2.0)
        unit.branches[1][-1].bias.fill_(3.0)
    features = torch.randn(1, 2, 8, 8)
    torch.testing.assert_close(unit(features), features + 5.0)


def test_a_branch_reaches_twice_its_dilation():
    unit = DilatedUnit(1, (3,)).eval()
    with torch.no_grad():
        for name, parameter in unit.named_parameters():
            parameter.fill_(0.0 if name.endswith("bias") else 1.0)
    impulse = torch.zeros(1, 1, 17, 17)
    impulse[0, 0, 8, 8] = 1.0
    rows = (unit(impulse)[0, 0] != 0).any(1).nonzero().flatten().tolist()
    assert rows == [2, 5, 8, 11, 14]


def test_one_level_up():
    joined = Joining(4)(torch.rand(2, 8, 4, 6), torch.rand(2, 4, 8, 12))
    assert joined.shape == (2, 4, 8, 12)


def test_dilations_of_d6():
    with torch.device("meta"):
        network = ResUNetA()
    assert [len(unit.branches) for unit in network.encoder] == [4, 4, 3, 3, 1, 1]
    assert [len(unit.branches) for unit in network.decoder] == [3, 3, 4, 4, 4]
    dilations = [branch[2].dilation[0] for branch in network.decoder[0].branches]
    assert dilations == [1, 3, 5]
