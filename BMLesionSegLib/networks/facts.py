"""What a network costs: parameters, and multiply-adds a tile."""

from collections.abc import Mapping
from dataclasses import dataclass

from BMLesionSegLib.networks.architectures import ARCHITECTURES
from BMLesionSegLib.networks.registry import (
    architecture_named,
    build_network,
    preset_arguments,
)


@dataclass(frozen=True)
class NetworkFacts:
    """One row of ``bmlesionseg networks``.

    Attributes:
        name: architecture id.
        parameters: learnt numbers.
        gmac: 10^9 multiply-adds a 256 x 256 tile: convolutions and matrix products. Every head of
            deep supervision counts (evaluation saves less than 0.01 of them), and both answers of a
            network that is asked twice; the transformer's fused attention does not (0.20 in the
            preset ``small``).
        source: where the network comes from, and whether it is exact or our reading.
    """

    name: str
    parameters: int
    gmac: float
    source: str


def network_facts(architecture: str, preset: str) -> NetworkFacts:
    """Parameters and cost of one preset.

    Raises:
        BundleRefused: an unknown architecture or preset.
    """
    return facts_of(architecture, preset_arguments(architecture, preset))


def facts_of(architecture: str, arguments: Mapping[str, object]) -> NetworkFacts:
    """Parameters and cost of a network with these arguments.

    Raises:
        BundleRefused: an unknown architecture, an unknown argument or an unfit value.
    """
    import torch

    from BMLesionSegLib.networks.tile_cost import multiply_adds

    with torch.device("meta"):
        network = build_network(architecture, arguments)
    asked = 2 if arguments.get("mirrored") else 1
    return NetworkFacts(
        name=architecture,
        parameters=sum(parameter.numel() for parameter in network.parameters()),
        gmac=round(asked * multiply_adds(network) / 1e9, 2),
        source=architecture_named(architecture).source,
    )


def networks_list() -> list[NetworkFacts]:
    """Every architecture in the preset that the project compares."""
    return [
        network_facts(name, next(iter(architecture.presets)))
        for name, architecture in ARCHITECTURES.items()
    ]
