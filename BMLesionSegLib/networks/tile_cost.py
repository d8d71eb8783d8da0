"""Multiply-adds of one tile, counted from shapes alone."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import torch
from torch import nn
from torch.nn import functional
from torch.overrides import TorchFunctionMode
from torch.utils.flop_counter import FlopCounterMode

from BMLesionSegLib.networks.tile_check import TILE_SIZE


class FusedAttentionUncounted(TorchFunctionMode):
    """Leaves fused attention out, as a count on the CPU does: there it is one opaque call."""

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """The queries' shape for fused attention, the call itself for all else."""
        if func is functional.scaled_dot_product_attention:
            return torch.empty_like(args[0])
        return func(*args, **(kwargs or {}))


def multiply_adds(network: nn.Module) -> int:
    """Convolutions and matrix products of one tile.

    Args:
        network: on the device ``meta``, so that nothing is computed.
    """
    tile = torch.zeros(1, 1, TILE_SIZE, TILE_SIZE, device="meta")
    counter = FlopCounterMode(display=False)
    with torch.inference_mode(), FusedAttentionUncounted(), counter:
        network(tile)
    return int(counter.get_total_flops()) // 2
