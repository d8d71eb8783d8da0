"""What a network costs: parameters, and multiply-adds a tile."""

from dataclasses import dataclass

from BMLesionSegLib.networks.registry import (
    ARCHITECTURES,
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
        gmac: 10^9 multiply-adds a 256 x 256 tile on the CPU: convolutions and matrix products.
            The transformer's fused attention is not counted (0.20 in the preset ``small``).
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
    import torch
    from torch.utils.flop_counter import FlopCounterMode

    from BMLesionSegLib.networks.tile_check import TILE_SIZE

    network = build_network(architecture, preset_arguments(architecture, preset)).eval()
    with torch.inference_mode(), FlopCounterMode(display=False) as counter:
        network(torch.zeros(1, 1, TILE_SIZE, TILE_SIZE))
    return NetworkFacts(
        name=architecture,
        parameters=sum(parameter.numel() for parameter in network.parameters()),
        gmac=round(counter.get_total_flops() / 2e9, 2),
        source=architecture_named(architecture).source,
    )


def networks_list() -> list[NetworkFacts]:
    """Every architecture in the preset that the project compares."""
    return [
        network_facts(name, next(iter(architecture.presets)))
        for name, architecture in ARCHITECTURES.items()
    ]
