"""The vision transformer at the bottom of the network (Xie et al. 2025, Eqs. 6-16, Table 1)."""

from typing import Literal, get_args

import torch
from torch import nn
from torch.nn import functional

from BMLesionSegLib.errors import BundleRefused

VitFusion = Literal["add", "gate", "tokens"]
VitNorm = Literal["paper", "pre"]


class VisionTransformer(nn.Module):
    """Each pixel of the bottom map is a patch; a CLS token gathers the whole tile.

    The paper does not say how the CLS vector returns to the map. ``fusion`` names the readings:
    ``add`` gives one value a channel, added everywhere (the default: it keeps the identity path
    and needs as many classes as channels, as Table 1 has); ``gate`` multiplies the map by the
    sigmoid of that vector; ``tokens`` adds the patch tokens as a map (ours, not the paper's).

    Args:
        channels: of the map.
        patches: pixels of the map.
        dim: of a token.
        depth: layers.
        heads: attention heads, ``dim // heads`` wide each.
        mlp_dim: hidden width of the feed-forward part; missing in Table 1.
        classes: "Num_classes" of Table 1; where it differs from ``channels``, one more linear
            layer follows.
        dropout: after the attention and inside the feed-forward part.
        fusion: how the result returns to the map.
        norm: ``paper`` as Eqs. 9-15 say, ``pre`` as in Dosovitskiy et al. 2020.

    Raises:
        BundleRefused: an unknown fusion or norm, or heads that do not divide ``dim``.
    """

    def __init__(
        self,
        channels: int,
        patches: int,
        dim: int,
        depth: int,
        heads: int,
        mlp_dim: int,
        classes: int,
        dropout: float,
        fusion: str,
        norm: str,
    ) -> None:
        super().__init__()
        check_choices(dim, heads, fusion, norm)
        self.fusion = fusion
        self.embedding = nn.Conv2d(channels, dim, kernel_size=1)
        self.cls_token = nn.Parameter(torch.empty(1, 1, dim))
        self.positions = nn.Parameter(torch.empty(1, 1 + patches, dim))
        nn.init.trunc_normal_(self.cls_token, std=0.02)
        nn.init.trunc_normal_(self.positions, std=0.02)
        layer = PaperLayer if norm == "paper" else PreNormLayer
        self.layers = nn.Sequential(*(layer(dim, heads, mlp_dim, dropout) for _ in range(depth)))
        self.head = nn.Sequential(nn.LayerNorm(dim), nn.Linear(dim, classes))
        if classes != channels:
            self.head.append(nn.Linear(classes, channels))

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """``[batch, channels, row, column]`` to the same shape; ``patches`` pixels."""
        embedded = self.embedding(features).flatten(2).transpose(1, 2)
        cls_token = self.cls_token.expand(embedded.shape[0], -1, -1)
        tokens = self.layers(torch.cat([cls_token, embedded], dim=1) + self.positions)
        returned: torch.Tensor
        if self.fusion == "tokens":
            returned = self.head(tokens[:, 1:]).transpose(1, 2).unflatten(2, features.shape[-2:])
        else:
            returned = self.head(tokens[:, 0])[:, :, None, None]
        return features * torch.sigmoid(returned) if self.fusion == "gate" else features + returned


class PaperLayer(nn.Module):
    """One encoder layer as printed: normalised before the attention and after both residuals."""

    def __init__(self, dim: int, heads: int, mlp_dim: int, dropout: float) -> None:
        super().__init__()
        self.norm_before = nn.LayerNorm(dim)
        self.attention = SelfAttention(dim, heads, dropout)
        self.norm_attended = nn.LayerNorm(dim)
        self.feed_forward = FeedForward(dim, mlp_dim, dropout)
        self.norm_after = nn.LayerNorm(dim)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        """``[batch, token, dim]`` to the same shape (Eqs. 9-15)."""
        attended = self.norm_attended(tokens + self.attention(self.norm_before(tokens)))
        normalised: torch.Tensor = self.norm_after(attended + self.feed_forward(attended))
        return normalised


class PreNormLayer(nn.Module):
    """One encoder layer of the original vision transformer: normalised before each part."""

    def __init__(self, dim: int, heads: int, mlp_dim: int, dropout: float) -> None:
        super().__init__()
        self.norm_before = nn.LayerNorm(dim)
        self.attention = SelfAttention(dim, heads, dropout)
        self.norm_attended = nn.LayerNorm(dim)
        self.feed_forward = FeedForward(dim, mlp_dim, dropout)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        """``[batch, token, dim]`` to the same shape."""
        attended = tokens + self.attention(self.norm_before(tokens))
        summed: torch.Tensor = attended + self.feed_forward(self.norm_attended(attended))
        return summed


class SelfAttention(nn.Module):
    """Multi-head self-attention (Eqs. 10-12)."""

    def __init__(self, dim: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.queries_keys_values = nn.Linear(dim, 3 * dim, bias=False)
        self.out = nn.Sequential(nn.Linear(dim, dim), nn.Dropout(dropout))

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        """``[batch, token, dim]`` to the same shape."""
        joined = self.queries_keys_values(tokens).unflatten(2, (3, self.heads, -1))
        queries, keys, values = joined.permute(2, 0, 3, 1, 4).unbind(0)
        attended = functional.scaled_dot_product_attention(queries, keys, values)
        joined_heads: torch.Tensor = self.out(attended.transpose(1, 2).flatten(2))
        return joined_heads


class FeedForward(nn.Sequential):
    """Two linear layers round a GELU, on each token alone (Eq. 14)."""

    def __init__(self, dim: int, mlp_dim: int, dropout: float) -> None:
        super().__init__(
            nn.Linear(dim, mlp_dim),
            nn.GELU(),
            nn.Dropout(dropout),
            nn.Linear(mlp_dim, dim),
            nn.Dropout(dropout),
        )


def check_choices(dim: int, heads: int, fusion: str, norm: str) -> None:
    """Refuse what the transformer cannot be built from."""
    remedy = "Correct the network's arguments."
    for name, value, choices in (
        ("vit_fusion", fusion, get_args(VitFusion)),
        ("vit_norm", norm, get_args(VitNorm)),
    ):
        if value not in choices:
            raise BundleRefused(f"{name} is one of {', '.join(choices)}", f"{value!r} came", remedy)
    if dim % heads:
        came = f"{heads} heads and a dim of {dim} came"
        raise BundleRefused("vit_heads divides vit_dim", came, remedy)
