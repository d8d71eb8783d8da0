"""The device that will really be used."""

import pytest
import torch

from BMLesionSegLib.errors import DeviceRefused
from BMLesionSegLib.inference.devices import choose_device, is_out_of_memory


def test_auto_on_a_machine_without_a_card(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    device = choose_device()
    assert (device.kind, device.precision, device.batch) == ("cpu", "float32", 2)
    assert "threads" in device.text
    for absent in ("cuda", "mps"):
        with pytest.raises(DeviceRefused, match="finds none"):
            choose_device(absent)


def test_auto_prefers_the_card(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda: "A card")
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: True)
    device = choose_device()
    assert (device.kind, device.text, device.precision, device.batch) == (
        "cuda",
        "A card",
        "bfloat16",
        14,
    )
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: False)
    assert choose_device("cuda").precision == "float32"


def test_unknown_device():
    with pytest.raises(DeviceRefused, match="auto, cpu, cuda or mps"):
        choose_device("tpu")


@pytest.mark.parametrize(
    ("error", "memory"),
    [
        (torch.cuda.OutOfMemoryError("CUDA out of memory"), True),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory"), True),
        (RuntimeError("shape mismatch"), False),
    ],
)
def test_out_of_memory_is_told_from_other_errors(error, memory):
    assert is_out_of_memory(error) is memory


def test_an_apple_card_calculates_in_full_precision(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    device = choose_device()
    assert (device.kind, device.text, device.precision) == ("mps", "Apple GPU", "float32")
