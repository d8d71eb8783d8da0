"""Several processes that train one network together, started by ``torchrun``.

Every process draws the whole batch and passes its share through the network. The logits of all
shares are gathered, so that each process computes the loss of the whole batch, also where the loss
is pooled over it, and learns from its own share; the gradients are then summed. So they equal those
of one process, but for two things that each process does for its own share: the statistics of batch
normalisation, and dropout. Process 0 writes; the running statistics that ship are its own.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, distributed, nn

from BMLesionSegLib.errors import TrainingRefused


@dataclass(frozen=True)
class Team:
    """Processes that train together.

    Attributes:
        rank: of this process, from 0.
        size: how many.
    """

    rank: int = 0
    size: int = 1

    @property
    def leads(self) -> bool:
        """Whether this process writes and speaks."""
        return self.rank == 0

    def share(self, batch: int) -> slice:
        """The part of a batch that is this process's.

        Raises:
            TrainingRefused: the batch cannot be shared out evenly.
        """
        if batch % self.size:
            expected = f"{self.size} processes share a batch of {batch} evenly"
            came = "some would have more than others"
            raise TrainingRefused(expected, came, "Start a number of processes that divides it.")
        part = batch // self.size
        return slice(self.rank * part, (self.rank + 1) * part)

    def whole(self, share: Tensor) -> Tensor:
        """The batch of all processes, in order; gradients flow to this process's share alone."""
        if self.size == 1:
            return share
        parts = [torch.empty_like(share) for _ in range(self.size)]
        distributed.all_gather(parts, share.detach().contiguous())
        parts[self.rank] = share
        return torch.cat(parts)

    def sum_gradients(self, parameters: Iterable[nn.Parameter]) -> None:
        """Add up every gradient over the processes."""
        if self.size == 1:
            return
        gradients = [one.grad for one in parameters if one.grad is not None]
        flat = torch.cat([gradient.flatten() for gradient in gradients])
        distributed.all_reduce(flat)
        parts = torch.split(flat, [gradient.numel() for gradient in gradients])
        for gradient, part in zip(gradients, parts, strict=True):
            gradient.copy_(part.view_as(gradient))

    def agree(self, mine: bool) -> bool:
        """What process 0 says."""
        if self.size == 1:
            return mine
        said = torch.tensor([int(mine)], device=self._device())
        distributed.broadcast(said, src=0)
        return bool(said.item())

    def _device(self) -> str:
        """Where messages lie."""
        return "cuda" if distributed.get_backend() == "nccl" else "cpu"


ALONE = Team()


@contextmanager
def joined_team(device: str) -> Iterator[Team]:
    """The team that ``torchrun`` started this process in; alone without it.

    Args:
        device: "cuda" speaks over NCCL, one card a process; all else over gloo.
    """
    if int(os.environ.get("WORLD_SIZE", "1")) == 1:
        yield ALONE
        return
    if device == "cuda":
        torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
    distributed.init_process_group("nccl" if device == "cuda" else "gloo")
    try:
        yield Team(distributed.get_rank(), distributed.get_world_size())
    finally:
        distributed.destroy_process_group()
