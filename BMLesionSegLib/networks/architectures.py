"""The twelve networks: what each is called, where it comes from, which sizes it has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from BMLesionSegLib.networks.arguments import Argument

if TYPE_CHECKING:
    from torch import nn


@dataclass(frozen=True)
class Architecture:
    """One network of the registry.

    Attributes:
        network_class: imports torch and gives the class, whose arguments all have defaults.
        source: where the network comes from, and whether it is exact or our reading.
        presets: named arguments; the first preset is the one that the project compares.
        width_step: of what number its widths stay multiples when they are divided.
    """

    network_class: "Callable[[], type[nn.Module]]"
    source: str
    presets: Mapping[str, Mapping[str, Argument]]
    width_step: int = 16


def multi_attention_net() -> "type[nn.Module]":
    """The paper's network."""
    from BMLesionSegLib.networks.multi_attention import MultiAttentionNet

    return MultiAttentionNet


def u_net() -> "type[nn.Module]":
    """The plain U-Net."""
    from BMLesionSegLib.networks.u_net import UNet

    return UNet


def u_net_plus_plus() -> "type[nn.Module]":
    """The nested U-Net."""
    from BMLesionSegLib.networks.u_net_plus_plus import UNetPlusPlus

    return UNetPlusPlus


def attention_u_net() -> "type[nn.Module]":
    """The U-Net with gated skips."""
    from BMLesionSegLib.networks.attention_u_net import AttentionUNet

    return AttentionUNet


def res_u_net_a() -> "type[nn.Module]":
    """The residual U-Net with dilations."""
    from BMLesionSegLib.networks.res_u_net_a import ResUNetA

    return ResUNetA


def amsunet() -> "type[nn.Module]":
    """The U-Net with strip attention."""
    from BMLesionSegLib.networks.amsunet import AMSUnet

    return AMSUnet


def cmunext() -> "type[nn.Module]":
    """The light U-Net with large kernels."""
    from BMLesionSegLib.networks.cmunext import CMUNeXt

    return CMUNeXt


def multi_inception_u_net() -> "type[nn.Module]":
    """The U-Net of inception modules."""
    from BMLesionSegLib.networks.multi_inception_u_net import MultiInceptionUNet

    return MultiInceptionUNet


def rar_u_net() -> "type[nn.Module]":
    """The residual U-Net with block attention."""
    from BMLesionSegLib.networks.rar_u_net import RarUNet

    return RarUNet


def ic_u_net_plus_plus() -> "type[nn.Module]":
    """The nested U-Net of inception modules."""
    from BMLesionSegLib.networks.ic_u_net_plus_plus import ICUNetPlusPlus

    return ICUNetPlusPlus


def cao_2023() -> "type[nn.Module]":
    """The deeply supervised U-Net."""
    from BMLesionSegLib.networks.cao_2023 import Cao2023

    return Cao2023


def liu_2022() -> "type[nn.Module]":
    """The U-Net on a residual encoder."""
    from BMLesionSegLib.networks.liu_2022 import Liu2022

    return Liu2022


SMALL: Mapping[str, Argument] = {
    "features": (16, 32, 64, 128),
    "vit_dim": 256,
    "vit_heads": 8,
    "vit_mlp": 1024,
    "vit_classes": 256,
}
WHOLE_VIEW: Mapping[str, Argument] = {"tile_shape": (1024, 256), "fold": 2}

ARCHITECTURES: Mapping[str, Architecture] = {
    "multi_attention": Architecture(
        network_class=multi_attention_net,
        source="Xie et al. 2025, our reading of the text",
        presets={
            "base32": {"features": (32, 64, 128, 256)},
            "base32-view": {"features": (32, 64, 128, 256), **WHOLE_VIEW},
            "base64": {"features": (64, 128, 256, 512)},
            "small": SMALL,
            "small-view": {**SMALL, **WHOLE_VIEW},
            "small-pair": {**SMALL, **WHOLE_VIEW, "views": 2, "mirrored": True},
        },
    ),
    "u_net": Architecture(
        network_class=u_net,
        source="Ronneberger et al. 2015, exact but for padding and batch normalisation",
        presets={
            "base64": {"features": (64, 128, 256, 512, 1024)},
            "base32": {"features": (32, 64, 128, 256, 512)},
        },
    ),
    "u_net_plus_plus": Architecture(
        network_class=u_net_plus_plus,
        source="Zhou et al. 2018, exact",
        presets={"base32": {"features": (32, 64, 128, 256, 512)}},
    ),
    "attention_u_net": Architecture(
        network_class=attention_u_net,
        source="Oktay et al. 2018, exact to the usual two-dimensional form",
        presets={"base64": {"features": (64, 128, 256, 512, 1024)}},
    ),
    "res_u_net_a": Architecture(
        network_class=res_u_net_a,
        source="Diakogiannis et al. 2020, exact but for the head, our reading",
        presets={"d6": {"width": 32}},
        width_step=4,
    ),
    "amsunet": Architecture(
        network_class=amsunet,
        source="Yin et al. 2023, exact",
        presets={"base32": {"width": 32}},
        width_step=4,
    ),
    "cmunext": Architecture(
        network_class=cmunext,
        source="Tang et al. 2024, exact",
        presets={
            "base": {
                "features": (16, 32, 128, 160, 256),
                "depths": (1, 1, 1, 3, 1),
                "kernels": (3, 3, 7, 7, 7),
            },
            "small": {
                "features": (8, 16, 32, 64, 128),
                "depths": (1, 1, 1, 1, 1),
                "kernels": (3, 3, 7, 7, 9),
            },
            "large": {
                "features": (32, 64, 128, 256, 512),
                "depths": (1, 1, 1, 6, 3),
                "kernels": (3, 3, 7, 7, 7),
            },
        },
    ),
    "multi_inception_u_net": Architecture(
        network_class=multi_inception_u_net,
        source="Latif et al. 2021, our reading of the title",
        presets={"base64": {"features": (64, 128, 256, 512, 1024)}},
    ),
    "rar_u_net": Architecture(
        network_class=rar_u_net,
        source="Wang et al. 2021, our reading of the abstract",
        presets={
            "base64": {"features": (64, 128, 256, 512, 1024)},
            "base32": {"features": (32, 64, 128, 256, 512)},
        },
    ),
    "ic_u_net_plus_plus": Architecture(
        network_class=ic_u_net_plus_plus,
        source="Li et al. 2023, our reading of the abstract",
        presets={"base32": {"features": (32, 64, 128, 256, 512)}},
    ),
    "cao_2023": Architecture(
        network_class=cao_2023,
        source="Cao et al. 2023, our reading of the abstract",
        presets={"base64": {"features": (64, 128, 256, 512, 1024)}},
    ),
    "liu_2022": Architecture(
        network_class=liu_2022,
        source="Liu et al. 2022, our reading of the abstract",
        presets={"resnet34": {"width": 64}},
    ),
}
