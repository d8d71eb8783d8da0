"""Heads: all of them at full size in training, the last one in use."""

import torch

from BMLesionSegLib.networks.deep_supervision import DeepSupervision, every_head


def test_all_in_training_one_in_evaluation():
    heads = DeepSupervision((3, 2))
    maps = [torch.rand(2, 3, 4, 4), torch.rand(2, 2, 8, 8)]
    trained = heads(maps)
    assert [logits.shape for logits in trained] == [(2, 1, 8, 8)] * 2
    assert torch.equal(heads.eval()(maps), trained[-1])


def test_a_coarse_head_is_spread_evenly():
    heads = DeepSupervision((1, 1))
    with torch.no_grad():
        for parameter in heads.parameters():
            parameter.fill_(1.0)
    coarse = torch.tensor([[[[0.0, 4.0]]]])
    spread, _ = heads([coarse, torch.zeros(1, 1, 1, 4)])
    assert spread.flatten().tolist() == [1.0, 2.0, 4.0, 5.0]


def test_every_head_takes_a_map_or_several():
    logits = torch.zeros(1, 1, 2, 2)
    assert every_head(logits) == (logits,)
    assert every_head((logits, logits)) == (logits, logits)
