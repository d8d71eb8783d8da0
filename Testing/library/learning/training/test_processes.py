"""Several processes learn what one learns."""

import socket

import pytest
import torch
from torch import distributed, multiprocessing, nn

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.learning.training.losses import cross_entropy_and_tversky
from BMLesionSegLib.learning.training.processes import ALONE, Team, joined_team
from BMLesionSegLib.networks import build_network

WIDTHS = {
    "features": (16, 16, 16, 16),
    "vit_dim": 16,
    "vit_depth": 1,
    "vit_heads": 2,
    "vit_mlp": 16,
    "vit_classes": 32,
    "vit_dropout": 0.0,
}


def gradients(team):
    """Of a tiny network on a fixed batch of four, batch normalisation frozen, no dropout."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    network = build_network("multi_attention", WIDTHS)
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.eval()
    images = torch.rand(4, 1, 256, 256)
    truth = (torch.rand(4, 1, 256, 256) > 0.9).float()
    logits = network(images[team.share(4)])
    # Pooled over the batch: a mean of each process's own loss would be another number.
    loss = cross_entropy_and_tversky(team.whole(logits), truth, torch.ones_like(truth))
    loss.backward()
    team.sum_gradients(network.parameters())
    return {name: p.grad for name, p in network.named_parameters() if p.grad is not None}, loss


def work(rank, port, path):
    distributed.init_process_group(
        "gloo", init_method=f"tcp://127.0.0.1:{port}", rank=rank, world_size=2
    )
    team = Team(rank, 2)
    found, loss = gradients(team)
    agreed = team.agree(rank == 0)
    torch.save((found, loss.detach(), agreed), f"{path}/{rank}.pt")
    distributed.destroy_process_group()


def test_gradients_of_two_processes_equal_those_of_one(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    multiprocessing.spawn(work, (port, str(tmp_path)), nprocs=2)
    alone, loss = gradients(ALONE)
    for rank in range(2):
        found, their_loss, agreed = torch.load(tmp_path / f"{rank}.pt")
        assert agreed, "process 0 decides"
        assert their_loss == pytest.approx(loss.item(), abs=1e-6)
        assert found.keys() == alone.keys()
        for name, gradient in alone.items():
            torch.testing.assert_close(found[name], gradient, rtol=0, atol=1e-6, msg=name)


def test_a_batch_is_shared_evenly_or_refused():
    assert [Team(rank, 2).share(8) for rank in range(2)] == [slice(0, 4), slice(4, 8)]
    with pytest.raises(TrainingRefused, match="evenly"):
        Team(0, 3).share(8)


def test_without_torchrun_a_process_is_alone(monkeypatch):
    monkeypatch.delenv("WORLD_SIZE", raising=False)
    with joined_team("cpu") as team:
        assert team is ALONE
        assert team.leads
    assert not Team(1, 2).leads
