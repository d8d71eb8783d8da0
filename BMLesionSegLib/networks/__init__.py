"""The networks: one file each over shared blocks, one explicit registry."""

from BMLesionSegLib.networks.architectures import ARCHITECTURES, Architecture
from BMLesionSegLib.networks.facts import NetworkFacts, network_facts, networks_list
from BMLesionSegLib.networks.registry import (
    build_network,
    network_arguments,
    preset_arguments,
)

__all__ = [
    "ARCHITECTURES",
    "Architecture",
    "NetworkFacts",
    "build_network",
    "network_arguments",
    "network_facts",
    "networks_list",
    "preset_arguments",
]
