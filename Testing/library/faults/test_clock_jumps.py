"""The clock is set, or the computer sleeps: results do not depend on it."""

import itertools
import re
import time
from datetime import datetime
from pathlib import Path

import numpy as np
import pydicom
import pytest
import torch

import BMLesionSegLib
from BMLesionSegLib.exporting.export import export_dicom
from BMLesionSegLib.inference import Segmenter
from Testing.library.dicom_sources import source_and_result
from Testing.library.learning.training.test_trainer import trainer
from Testing.library.pointwise import PointwiseBundle
from Testing.library.scans import body_pair, scan_of

JUMPS = {
    "back": itertools.count(1e6, -3600.0),
    "ahead": itertools.count(0.0, 86_400.0),
    "to and fro": itertools.cycle([0.0, 1e9, -1e9]),
    "still": itertools.repeat(0.0),
}
CLOCKS = ("time", "monotonic", "perf_counter")


@pytest.mark.parametrize("jump", list(JUMPS))
def test_a_run_finds_the_same(monkeypatch, jump):
    scan = scan_of(body_pair())
    before = Segmenter(PointwiseBundle(), device="cpu").segment(scan)
    for clock in CLOCKS:
        monkeypatch.setattr(time, clock, lambda: next(JUMPS[jump]))
    after = Segmenter(PointwiseBundle(), device="cpu").segment(scan)
    monkeypatch.undo()
    assert len(after.findings) == len(before.findings) == 1
    for one, other in zip(after.views, before.views, strict=True):
        np.testing.assert_array_equal(one.lesions.labels, other.lesions.labels)


@pytest.mark.parametrize("jump", list(JUMPS))
def test_a_training_takes_its_steps_and_ends_with_a_checkpoint(
    phantom_views, tmp_path, monkeypatch, jump
):
    undisturbed = trainer(3)
    undisturbed.run(phantom_views)
    one = trainer(3)
    monkeypatch.setattr(time, "monotonic", lambda times=JUMPS[jump]: next(times))
    one.run(phantom_views, checkpoint=tmp_path / "checkpoint.pt")
    assert one.step == 3
    again = trainer(3)
    again.resume(tmp_path / "checkpoint.pt")
    for name, value in undisturbed.weights().items():
        assert torch.equal(again.weights()[name], value)


def test_minutes_that_a_jump_uses_up_end_the_training_resumably(
    phantom_views, tmp_path, monkeypatch
):
    one = trainer(3)
    times = itertools.chain([0.0, 0.0, 0.0], itertools.repeat(1e9))
    monkeypatch.setattr(time, "monotonic", lambda: next(times))
    one.run(phantom_views, minutes=5, checkpoint=tmp_path / "checkpoint.pt")
    assert one.step == 1
    again = trainer(3)
    again.resume(tmp_path / "checkpoint.pt")
    assert again.step == 1


@pytest.mark.parametrize("year", [1970, 2038, 2100, 9999])
def test_objects_of_another_time_are_written_and_read(tmp_path, year):
    _, result = source_and_result(tmp_path, "two frames", "one")
    for path in export_dicom(tmp_path / "out", result, datetime(year, 1, 1)):
        assert pydicom.dcmread(path).InstanceCreationDate == f"{year}0101"


def test_nothing_is_measured_by_the_clock_on_the_wall():
    sources = Path(BMLesionSegLib.__file__).parent.rglob("*.py")
    assert not [path for path in sources if re.search(r"\btime\.time\(", path.read_text("utf-8"))]
