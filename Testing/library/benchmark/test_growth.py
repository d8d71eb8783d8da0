"""Many scans in one process and in two."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import torch

from BMLesionSegLib.benchmark import growth as room
from BMLesionSegLib.benchmark.growth import growth
from BMLesionSegLib.resources import resource
from Testing.library.nm_files import nm_file
from Testing.library.scans import body_pair
from Testing.library.tiny_model import write_tiny_model


@pytest.fixture
def scan_file(tmp_path):
    return nm_file(tmp_path / "scan.dcm", counts=body_pair((256, 64)), spacing=(9.04, 9.04))


@pytest.fixture(autouse=True)
def _threads():
    """A measurement sets torch's threads; other tests get theirs back."""
    threads = torch.get_num_threads()
    yield
    torch.set_num_threads(threads)


@pytest.mark.slow
@pytest.mark.parametrize("processes", [1, 2])
def test_a_row_a_count(tmp_path, processes):
    file = resource("SampleData", "simulated-patient", "scan.dcm")
    model = write_tiny_model(tmp_path / "tiny")
    rows = list(growth(file, str(model), "torch", [2, 1], processes))
    assert [row["scans"] for row in rows] == [1, 2]
    for row in rows:
        assert row["processes"] == processes
        assert row["cpu_s_a_scan"] > 0


def test_the_row_of_a_count_in_this_process(tmp_path, scan_file):
    model = write_tiny_model(tmp_path / "tiny")
    (row,) = growth(scan_file, str(model), "torch", [2, 2], 1)
    assert (row["scans"], row["processes"]) == (2, 1)
    assert row["cpu_s_a_scan"] == row["cpu_s_a_scan_now"] > 0
    assert row["seconds"] > 0
    assert row["peak_mb"] > 100


def test_rows_of_several_processes_are_their_means(monkeypatch):
    """Threads stand in for the processes, and each brings its own table."""
    row = {"scans": 1, "cpu_s_a_scan": 1.0, "seconds": 4.0, "peak_mb": 200.0}
    other = {"scans": 1, "cpu_s_a_scan": 2.0, "seconds": 5.0, "peak_mb": None}
    rows = iter([row, other])
    asked = []

    def one_process(*job):
        asked.append(job)
        yield next(rows)

    monkeypatch.setattr(room, "in_one_process", one_process)
    monkeypatch.setattr(room, "ProcessPoolExecutor", lambda number, _: ThreadPoolExecutor(number))
    monkeypatch.setattr(torch, "get_num_threads", lambda: 5)
    (came,) = growth(Path("scan.dcm"), None, "torch", [1], 2)
    assert came == {
        "processes": 2,
        "scans": 1,
        "cpu_s_a_scan": 1.5,
        "seconds": 4.5,
        "peak_mb": None,
    }
    assert asked == [(Path("scan.dcm"), None, "torch", [1], 2)] * 2, "5 threads, 2 for each"
