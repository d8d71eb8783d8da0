"""The device that will really be used."""

import pytest
import torch

from BMLesionSegLib.errors import DeviceRefused
from BMLesionSegLib.inference.devices import (
    choose_device,
    is_out_of_memory,
    processor_has_bfloat16,
    training_device,
)


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


@pytest.mark.parametrize(
    ("told", "precision"),
    [
        ({"avx512_bf16": True}, "bfloat16"),
        ({"amx_bf16": True, "avx512_bf16": False}, "bfloat16"),
        ({"avx512_bf16": False, "avx2": True}, "float32"),
        ({}, "float32"),
    ],
)
def test_a_cpu_learns_in_the_precision_that_it_has_and_runs_in_full(monkeypatch, told, precision):
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: told, raising=False)
    device = training_device("cpu")
    assert (device.kind, device.precision) == ("cpu", precision)
    assert (precision in device.text) == (precision == "bfloat16")
    assert choose_device("cpu").precision == "float32"


def test_an_older_torch_cannot_tell(monkeypatch):
    monkeypatch.delattr(torch.cpu, "get_capabilities", raising=False)
    assert not processor_has_bfloat16()


def test_a_card_learns_as_it_runs(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda: "A card")
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: False)
    assert training_device() == choose_device()
