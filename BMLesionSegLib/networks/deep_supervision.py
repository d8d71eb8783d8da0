"""Deep supervision: a head on several maps, all of them trained, the finest one used.

In training mode a deeply supervised network returns a tuple of logit maps, each of the tile's
size, the finest last; the loss is the mean over them. In evaluation mode it returns the finest
alone, as every other network does in either mode.
"""

import torch
from torch import nn
from torch.nn import functional

Logits = torch.Tensor | tuple[torch.Tensor, ...]


def every_head(logits: Logits) -> tuple[torch.Tensor, ...]:
    """What a network returned in training mode, as a tuple, the finest last."""
    return logits if isinstance(logits, tuple) else (logits,)


class DeepSupervision(nn.Module):
    """One 1 x 1 head a map.

    Args:
        widths: channels of the maps, the finest last.
    """

    def __init__(self, widths: tuple[int, ...]) -> None:
        super().__init__()
        self.heads = nn.ModuleList(nn.Conv2d(width, 1, kernel_size=1) for width in widths)

    def forward(self, maps: list[torch.Tensor]) -> Logits:
        """Maps ``[batch, channels, row, column]``, the finest last, to logits of its size."""
        if not self.training:
            finest: torch.Tensor = self.heads[-1](maps[-1])
            return finest
        size = maps[-1].shape[-2:]
        return tuple(
            functional.interpolate(head(features), size, mode="bilinear", align_corners=False)
            for head, features in zip(self.heads, maps, strict=True)
        )
