"""Memory runs out, numbers are not finite, the user cancels: at every batch and step of a run."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from BMLesionSegLib.errors import BundleRefused, Cancelled, DeviceRefused
from BMLesionSegLib.inference import Segmenter
from Testing.library.pointwise import Pointwise, PointwiseBundle
from Testing.library.scans import body_pair, scan_of

BATCHES = 7
"""Of fourteen tiles by two."""


class FaultyAt(Pointwise):
    """Does as told at one call, counted from 0, or at all from there on."""

    def __init__(self, call: int, fault, always: bool = False) -> None:
        super().__init__()
        self.call, self.fault, self.always, self.calls = call, fault, always, 0

    def forward(self, x):
        now, self.calls = self.calls, self.calls + 1
        if now == self.call or (self.always and now > self.call):
            return self.fault(super().forward(x))
        return super().forward(x)


def out_of_memory(_):
    raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")


def not_a_number(logits):
    return logits * torch.nan


@pytest.fixture(scope="module")
def scan():
    return scan_of(body_pair())


@pytest.fixture(scope="module")
def undisturbed(scan):
    return Segmenter(PointwiseBundle(), device="cpu").segment(scan)


def segmenter_with(network, kind="cpu", batch=2, precision="float32"):
    segmenter = Segmenter(PointwiseBundle(module=network), device="cpu")
    tiles = segmenter._network
    tiles.device = replace(tiles.device, batch=batch, precision=precision)
    return segmenter


@pytest.mark.parametrize("call", range(BATCHES))
def test_memory_runs_out_at_one_batch(scan, undisturbed, call):
    came = segmenter_with(FaultyAt(call, out_of_memory)).segment(scan)
    assert came.record.notes == ("Memory ran out: 1 at a time.",)
    for one, other in zip(came.views, undisturbed.views, strict=True):
        np.testing.assert_allclose(one.probability, other.probability, atol=1e-6)
        np.testing.assert_array_equal(one.lesions.labels, other.lesions.labels)


@pytest.mark.parametrize("call", [0, 3, 6])
def test_memory_stays_out(scan, call):
    with pytest.raises(DeviceRefused, match="Close other programs"):
        segmenter_with(FaultyAt(call, out_of_memory, always=True)).segment(scan)


def test_the_next_scan_after_a_refusal_is_whole(scan, undisturbed):
    segmenter = segmenter_with(FaultyAt(3, not_a_number))
    with pytest.raises(BundleRefused, match="finite"):
        segmenter.segment(scan)
    came = segmenter.segment(scan)
    np.testing.assert_array_equal(came.views[0].probability, undisturbed.views[0].probability)


@pytest.mark.parametrize("call", range(BATCHES))
def test_a_batch_that_is_no_number_is_refused(scan, call):
    with pytest.raises(BundleRefused, match="gave NaN or infinity"):
        segmenter_with(FaultyAt(call, not_a_number, always=True)).segment(scan)


@pytest.mark.parametrize("call", range(BATCHES))
def test_a_fast_batch_that_is_no_number_is_repeated_in_full_precision(scan, call):
    segmenter = segmenter_with(FaultyAt(call, not_a_number), precision="bfloat16")
    came = segmenter.segment(scan)
    assert came.record.precision == "float32"
    assert any("float32" in note for note in came.record.notes)
    assert all(np.isfinite(view.probability).all() for view in came.views)


@pytest.mark.parametrize("step", range(BATCHES + 2))
def test_cancelled_at_a_step(scan, undisturbed, step):
    segmenter = Segmenter(PointwiseBundle(), device="cpu")
    asked = iter(range(100))
    with pytest.raises(Cancelled, match="Start it again"):
        segmenter.segment(scan, cancelled=lambda: next(asked) == step)
    came = segmenter.segment(scan)
    np.testing.assert_array_equal(came.views[0].probability, undisturbed.views[0].probability)
