"""Which device does the work, in which precision, and how it is named to the user."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from BMLesionSegLib.errors import DeviceRefused

if TYPE_CHECKING:
    import torch

CPU_BATCH = 2
ACCELERATOR_BATCH = 14


@dataclass(frozen=True)
class Device:
    """What a run will really use.

    Attributes:
        kind: "cpu", "cuda" or "mps", as torch names it.
        text: for the user, e.g. "CPU (2 threads)" or the card's own name.
        precision: "float32" or "bfloat16", of the network's convolutions.
        batch: tiles a call.
    """

    kind: str
    text: str
    precision: str
    batch: int


def choose_device(asked: str = "auto") -> Device:
    """The device for a run: the one asked for, or the best that works here.

    Args:
        asked: "auto", "cpu", "cuda" or "mps".

    Raises:
        DeviceRefused: an unknown name, or a device that this machine does not have.
    """
    import torch

    if asked not in ("auto", "cpu", "cuda", "mps"):
        expected = "the device is auto, cpu, cuda or mps"
        raise DeviceRefused(expected, f"{asked!r} came", "Use auto.")
    present = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if asked == "auto":
        asked = next((kind for kind, works in present.items() if works), "cpu")
    if not present.get(asked, True):
        expected = f"{asked} works on this machine"
        raise DeviceRefused(expected, "PyTorch finds none", "Use --device auto or cpu.")
    if asked == "cuda":
        # Only bfloat16 is used: float16 sums overflow (nnU-Net issues 1776, 2396).
        precision = "bfloat16" if torch.cuda.is_bf16_supported() else "float32"
        return Device("cuda", torch.cuda.get_device_name(), precision, ACCELERATOR_BATCH)
    if asked == "mps":
        return Device("mps", "Apple GPU", "float32", ACCELERATOR_BATCH)
    return Device("cpu", f"CPU ({thread_count()} threads)", "float32", CPU_BATCH)


def training_device(asked: str = "auto") -> Device:
    """The device for a training: as for a run, but a CPU too learns in bfloat16 where it can.

    A run on a CPU stays in float32, so that a scan has the same contours on every workstation.

    Raises:
        DeviceRefused: as for ``choose_device``.
    """
    device = choose_device(asked)
    if device.kind != "cpu" or not processor_has_bfloat16():
        return device
    text = f"CPU ({thread_count()} threads, bfloat16)"
    return replace(device, text=text, precision="bfloat16")


def processor_has_bfloat16() -> bool:
    """Whether the CPU multiplies bfloat16 by itself; False where torch is too old to tell."""
    import torch

    ask = getattr(torch.cpu, "get_capabilities", None)
    told = ask() if ask is not None else {}
    return bool(told.get("avx512_bf16") or told.get("amx_bf16"))


def thread_count() -> int:
    """CPU threads that torch uses."""
    import torch

    return torch.get_num_threads()


def is_out_of_memory(error: RuntimeError) -> bool:
    """Whether torch says that the device's memory is used up.

    CUDA and MPS raise OutOfMemoryError; the CPU allocator raises a plain RuntimeError.
    """
    import torch

    if isinstance(error, torch.cuda.OutOfMemoryError):
        return True
    text = str(error)
    return "out of memory" in text or "can't allocate memory" in text


def move(network: "torch.nn.Module", device: Device) -> "torch.nn.Module":
    """Put a network on a device, in the memory layout that is fast there.

    channels_last is mandatory on a CPU: the default layout is 5 to 14 times slower.
    """
    import torch

    network.to(device.kind)
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return network
