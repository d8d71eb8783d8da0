"""The networks by name. Explicit: no file can name a class or an import path."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from BMLesionSegLib.errors import BundleRefused
from BMLesionSegLib.networks.architectures import ARCHITECTURES, Architecture
from BMLesionSegLib.networks.arguments import Argument, checked_arguments

if TYPE_CHECKING:
    from torch import nn


def architecture_named(name: str) -> Architecture:
    """The registry's entry.

    Raises:
        BundleRefused: a name that the registry does not have.
    """
    if name not in ARCHITECTURES:
        raise BundleRefused(
            f"an architecture is one of {', '.join(ARCHITECTURES)}",
            f"{name!r} came",
            "Update BMLesionSeg or take another model.",
        )
    return ARCHITECTURES[name]


def network_arguments(architecture: str, given: Mapping[str, object]) -> dict[str, Argument]:
    """Every argument of an architecture: the given ones checked, the others at their defaults.

    Raises:
        BundleRefused: an unknown architecture, an unknown argument or an unfit value.
    """
    return checked_arguments(architecture_named(architecture).network_class(), given)


def preset_arguments(architecture: str, preset: str) -> dict[str, Argument]:
    """Every argument of a preset, fit for a manifest.

    Raises:
        BundleRefused: an unknown architecture or preset.
    """
    presets = architecture_named(architecture).presets
    if preset not in presets:
        raise BundleRefused(
            f"a preset of {architecture} is one of {', '.join(presets)}",
            f"{preset!r} came",
            "Choose one of them.",
        )
    return network_arguments(architecture, presets[preset])


def build_network(architecture: str, arguments: Mapping[str, object]) -> "nn.Module":
    """A network with random weights, in training mode.

    Args:
        architecture: a name of the registry.
        arguments: of its class; what is left out has its default.

    Raises:
        BundleRefused: an unknown architecture, an unknown argument or an unfit value.
    """
    checked = network_arguments(architecture, arguments)
    return architecture_named(architecture).network_class()(**checked)
