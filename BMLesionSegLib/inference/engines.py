"""How the network is computed: simplified by torch, by a library made for CPUs, or as it stands."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from BMLesionSegLib.errors import DeviceRefused
from BMLesionSegLib.inference.devices import Device

if TYPE_CHECKING:
    from torch import nn

ENGINES = ("torch", "openvino", "reference")
CHECKED_TILES = 2


def on_engine(
    network: "nn.Module", device: Device, engine: str, tolerance: float
) -> "tuple[nn.Module, Device]":
    """The network as an engine computes it, and the device in words.

    Args:
        network: in eval mode, on the CPU.
        device: chosen for the run.
        engine: one of ``ENGINES``.
        tolerance: largest difference of a probability from the network's own.

    Raises:
        DeviceRefused: an unknown engine, one that is not for this device, or that answers
            otherwise than the network itself.
        PackagesMissing: it is not installed.
    """
    from BMLesionSegLib.networks.simplified import simplified

    if engine not in ENGINES:
        expected = f"the engine is one of {', '.join(ENGINES)}"
        raise DeviceRefused(expected, f"{engine!r} came", "Use torch.")
    if engine == "reference":
        return network, device
    if engine == "torch":
        return simplified(network, own_maxima=device.kind == "cpu"), device
    if device.kind != "cpu":
        expected = f"{engine} computes on the CPU"
        raise DeviceRefused(expected, f"the device is {device.kind}", "Use --device cpu.")
    from BMLesionSegLib.networks.openvino_network import OpenVinoNetwork

    fast = OpenVinoNetwork(network, device.batch)
    check_parity(fast, network, tolerance)
    return fast, replace(device, text=f"{device.text}, OpenVINO {fast.version}")


def check_parity(fast: "nn.Module", network: "nn.Module", tolerance: float) -> None:
    """Refuse an engine whose probabilities are not the network's own.

    Raises:
        DeviceRefused: they differ by more than ``tolerance`` somewhere.
    """
    from BMLesionSegLib.networks.tile_check import input_shape

    difference = largest_difference(fast, network, input_shape(network))
    # Written so that NaN is refused.
    if not difference <= tolerance:
        raise DeviceRefused(
            f"an engine's probabilities differ from torch's by at most {tolerance:g}",
            f"they differ by {difference:g}",
            "Use the engine torch, and report this machine.",
        )


def largest_difference(
    fast: "Callable[..., object]",
    network: "Callable[..., object]",
    shape: tuple[int, int, int],
    seed: int = 0,
) -> float:
    """Of the probabilities that two networks give for tiles of noise and steps."""
    import torch

    random = np.random.default_rng(seed)
    tiles = random.gamma(1.0, 0.3, (CHECKED_TILES, *shape)).astype(np.float32)
    tiles[:, :, 64:128, 64:128] += 1
    given = torch.from_numpy(tiles)
    with torch.inference_mode():
        came, expected = (torch.sigmoid(one(given)) for one in (fast, network))  # type: ignore[arg-type]
    return float((came - expected).abs().max())
