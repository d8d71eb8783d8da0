"""``bmlesionseg networks``: what each network is and costs."""

import argparse
import json
from dataclasses import asdict


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``networks``."""
    parser = commands.add_parser("networks", help="the networks, their size and source")
    parser.add_argument("--json", action="store_true", help="one JSON list")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the list."""
    from BMLesionSegLib.networks import networks_list

    networks = [asdict(network) for network in networks_list()]
    if arguments.json:
        print(json.dumps(networks))
        return 0
    print(f"{'name':28s} {'parameters':>12s} {'GMAC a tile':>12s}  source")
    for row in networks:
        print(f"{row['name']:28s} {row['parameters']:12,d} {row['gmac']:12.2f}  {row['source']}")
    return 0
