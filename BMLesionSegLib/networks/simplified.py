"""A trained network with the same answer from less work, for inference alone.

Three rewritings, each equal to the original up to rounding: a batch normalisation goes into the
convolution before it; the 1 x 1 convolutions at the entry of an inception module become one; and a
max-pooling, for which torch also writes down where each maximum lay, becomes a few element-wise
maxima that a CPU computes many at a time.
"""

import copy

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from BMLesionSegLib.networks.inception import Inception


def simplified(network: nn.Module, own_maxima: bool = True) -> nn.Module:
    """A copy of a network in eval mode that computes the same with fewer and cheaper steps.

    Args:
        network: in eval mode; it is left as it is.
        own_maxima: replace max-poolings; it pays on a CPU.
    """
    fast = copy.deepcopy(network)
    for module in list(fast.modules()):
        if isinstance(module, nn.Sequential):
            fold_normalisations(module)
    for module in list(fast.modules()):
        for name, child in list(module.named_children()):
            if isinstance(child, Inception) and any(map(begins_narrow, child.branches)):
                setattr(module, name, InceptionOneEntry(child))
    if own_maxima:
        replace_poolings(fast)
    return fast.eval().requires_grad_(requires_grad=False)


def fold_normalisations(chain: nn.Sequential) -> None:
    """Multiply each batch normalisation into the convolution before it."""
    for place in range(len(chain) - 1):
        conv, normalisation = chain[place], chain[place + 1]
        if isinstance(conv, nn.Conv2d) and isinstance(normalisation, nn.BatchNorm2d):
            chain[place] = fuse_conv_bn_eval(conv, normalisation)
            chain[place + 1] = nn.Identity()


def replace_poolings(network: nn.Module) -> None:
    """Put element-wise maxima in the place of the usual max-poolings."""
    for module in list(network.modules()):
        for name, child in list(module.named_children()):
            if isinstance(child, nn.MaxPool2d):
                window = (child.kernel_size, child.stride, child.padding)
                if window == (3, 1, 1):
                    setattr(module, name, NeighbourhoodMaximum())
                elif window == (2, 2, 0):
                    setattr(module, name, QuadMaximum())


class NeighbourhoodMaximum(nn.Module):
    """Max-pooling of 3 x 3 at stride 1: the maximum of all neighbours, along columns, then rows."""

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """``[batch, channels, row, column]`` to the same shape."""
        return highest_of_three(highest_of_three(features, 3), 2)


class QuadMaximum(nn.Module):
    """Max-pooling of 2 x 2 at stride 2."""

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """``[batch, channels, row, column]`` to half as many; an odd last is dropped."""
        rows, columns = (size // 2 * 2 for size in features.shape[-2:])
        even = features[:, :, :rows, :columns]
        taller = torch.maximum(even[:, :, ::2], even[:, :, 1::2])
        return torch.maximum(taller[..., ::2], taller[..., 1::2])


def highest_of_three(features: torch.Tensor, axis: int) -> torch.Tensor:
    """Each element or one of its two neighbours along an axis, whichever is highest."""
    highest = features.clone()
    inner = features.shape[axis] - 1
    for to, source in ((1, 0), (0, 1)):
        part = highest.narrow(axis, to, inner)
        torch.maximum(part, features.narrow(axis, source, inner), out=part)
    return highest


class InceptionOneEntry(nn.Module):
    """An inception module whose branches share one 1 x 1 convolution at their entry.

    Args:
        inception: its normalisations already folded.
    """

    def __init__(self, inception: Inception) -> None:
        super().__init__()
        self.shares = [begins_narrow(branch) for branch in inception.branches]
        chains = list(map(convolutions, inception.branches))
        entries = [chain[0] for chain, shared in zip(chains, self.shares, strict=True) if shared]
        self.entry = joined(entries)
        self.widths = [entry.out_channels for entry in entries]
        # A branch is what follows its share of the entry, or all of it where it has none.
        self.branches = nn.ModuleList(
            nn.Sequential(*chain[shared:])
            for chain, shared in zip(chains, self.shares, strict=True)
        )
        self.pool = inception.pooled_branch[0]
        (self.after_pool,) = convolutions(inception.pooled_branch)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """``[batch, channels_in, row, column]`` to ``[batch, channels_out, row, column]``."""
        parts = iter(torch.split(torch.relu_(self.entry(features)), self.widths, dim=1))
        scales = [
            branch(next(parts) if shared else features)
            for branch, shared in zip(self.branches, self.shares, strict=True)
        ]
        scales.append(self.after_pool(self.pool(features)))
        return torch.relu_(torch.cat(scales, dim=1))


def begins_narrow(branch: nn.Module) -> bool:
    """Whether the branch's first convolution is 1 x 1."""
    return convolutions(branch)[0].kernel_size == (1, 1)


def convolutions(branch: nn.Module) -> list[nn.Conv2d]:
    """The convolutions of a branch; each is followed by a ReLU."""
    return [module for module in branch.modules() if isinstance(module, nn.Conv2d)]


def joined(convs: list[nn.Conv2d]) -> nn.Conv2d:
    """Convolutions of 1 x 1 on one map as a single one."""
    channels = sum(conv.out_channels for conv in convs)
    together = nn.Conv2d(convs[0].in_channels, channels, kernel_size=1)
    together.weight = nn.Parameter(torch.cat([conv.weight for conv in convs]))
    together.bias = nn.Parameter(torch.cat([conv.bias for conv in convs if conv.bias is not None]))
    return together
