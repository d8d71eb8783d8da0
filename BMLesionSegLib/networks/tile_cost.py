"""Multiply-adds of one tile, counted from shapes alone."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import torch
from torch import nn
from torch.nn import functional
from torch.overrides import TorchFunctionMode

from BMLesionSegLib.networks.tile_check import input_shape

SHAPE_KEPT = (functional.batch_norm, functional.layer_norm, functional.gelu, functional.relu)
"""Skipped, because even their shapes take long to work out."""


class MultiplyAdds(TorchFunctionMode):
    """Counts convolutions and matrix products while it is entered.

    The transformer's fused attention is one opaque call and is not counted.

    Attributes:
        total: multiply-adds so far.
    """

    def __init__(self) -> None:
        super().__init__()
        self.total = 0

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """The call itself, its multiply-adds counted."""
        if func in SHAPE_KEPT:
            return args[0]
        result = func(*args, **(kwargs or {}))
        if func in (functional.conv2d, functional.linear):
            self.total += result.numel() * args[1][0].numel()
        elif func is functional.conv_transpose2d:
            self.total += args[0].numel() * args[1][0].numel()
        elif func in (torch.Tensor.matmul, torch.Tensor.__matmul__):
            self.total += result.numel() * args[0].shape[-1]
        return result


def multiply_adds(network: nn.Module) -> int:
    """Convolutions and matrix products of one tile.

    Args:
        network: on the device ``meta``, so that nothing is computed.
    """
    tile = torch.zeros(1, *input_shape(network), device="meta")
    counter = MultiplyAdds()
    with torch.inference_mode(), counter:
        network(tile)
    return counter.total
